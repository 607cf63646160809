import type { Choice } from '@youyu/shared/contraception/choices'

type Counted = Pick<
  Choice,
  'channel' | 'decision' | 'chosenMethod' | 'methodsExplained' | 'sideEffectsExplained' | 'followUpExplained'
>

/** Three methods or more beside "no method" (the first part of the Method Information Index). */
function isWellTold({ methodsExplained }: Pick<Choice, 'methodsExplained'>): boolean {
  return methodsExplained.filter((method) => method !== 'M00').length >= 3
}

/** What a choice adds to the month's counts: who is in none of them. */
export function measuresOf(choice: Counted, sex: string): { measure: string; item: string }[] {
  const told = [
    ...(isWellTold(choice) ? ['THREE_METHODS'] : []),
    ...(choice.sideEffectsExplained ? ['SIDE_EFFECTS'] : []),
    ...(choice.followUpExplained ? ['FOLLOW_UP'] : []),
  ]
  return [
    { measure: 'choice', item: choice.channel },
    { measure: 'choice-sex', item: sex === '1' ? '1' : '2' },
    ...told.map((item) => ({ measure: 'choice-told', item })),
    ...(told.length === 3 ? [{ measure: 'choice-told', item: 'ALL_THREE' }] : []),
    ...(choice.methodsExplained.includes('M20') ? [{ measure: 'choice-explained', item: 'M20' }] : []),
    ...decisionMeasures(choice),
  ]
}

export function decisionMeasures({
  decision,
  chosenMethod,
}: Pick<Choice, 'decision' | 'chosenMethod'>): { measure: string; item: string }[] {
  return [
    { measure: 'choice-decision', item: decision ?? 'OPEN' },
    ...(decision === 'ACCEPT' && chosenMethod ? [{ measure: 'choice-chosen', item: chosenMethod }] : []),
  ]
}
