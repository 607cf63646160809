import { assessCchd, type CchdAnswer } from '@youyu/shared/birth-defects/newborn-rules'
import type { Parameters, ScreeningParameter } from '@youyu/shared/birth-defects/screening-parameters'

export type CchdFigures = Record<
  'murmurGrade' | 'hand' | 'foot' | 'repeatHand' | 'repeatFoot' | 'minutes',
  string
>

export const noFigures = (): CchdFigures => ({
  ...{ murmurGrade: '0', hand: '', foot: '', repeatHand: '', repeatFoot: '', minutes: '' },
})

/** The parameters in force of the county, as the algorithm asks them. */
export function parametersIn(rows: readonly ScreeningParameter[] | undefined): Parameters | null {
  if (!rows) return null
  const set = Object.fromEntries(
    rows
      .filter(({ inForce, laboratory }) => inForce && laboratory === null)
      .map(({ item, value, criticalValue }) => [item, { value, critical: criticalValue }]),
  )
  return 'CCHD_LOW' in set ? (set as Parameters) : null
}

/** The answer to what is filled in so far; null while a figure is missing. */
export function answerTo(figures: CchdFigures, set: Parameters | null): CchdAnswer | null {
  const number = (key: keyof CchdFigures) => (figures[key] === '' ? null : Number(figures[key]))
  const [hand, foot] = [number('hand'), number('foot')]
  if (set === null || hand === null || foot === null) return null
  const [repeatHand, repeatFoot] = [number('repeatHand'), number('repeatFoot')]
  const repeat =
    repeatHand === null || repeatFoot === null
      ? undefined
      : { minutes: number('minutes') ?? set.CCHD_REPEAT_FROM.value, hand: repeatHand, foot: repeatFoot }
  return assessCchd({ murmurGrade: number('murmurGrade') ?? 0, first: { hand, foot }, repeat }, set)
}
