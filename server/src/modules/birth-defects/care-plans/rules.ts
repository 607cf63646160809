import type { NewHighRiskPlan } from '@youyu/shared/birth-defects/care-plans'
import { needsPlan } from '@youyu/shared/birth-defects/risk'
import type { RiskColour } from '@youyu/shared/population/value-sets'
import type { CivilDate } from '@youyu/shared/values'
import type { WrongField } from '../../../refused.ts'

type Care = { riskColour: RiskColour; isPurple: boolean; firstOn: CivilDate }

/** A plan is for orange, red and purple (专案管理); it begins no earlier than her care and not in the future. */
export function openingFaults(
  { openedOn, contacts }: Pick<NewHighRiskPlan, 'openedOn' | 'contacts'>,
  { riskColour: colour, isPurple, firstOn }: Care,
  today: CivilDate,
): WrongField[] {
  const isWrongDay = openedOn > today || openedOn < firstOn
  return [
    ...(needsPlan({ colour, isPurple }) ? [] : [{ pointer: '/pregnancyId', code: 'invalid-value' as const }]),
    ...(isWrongDay ? [{ pointer: '/openedOn', code: 'invalid-date' as const }] : []),
    ...contactFaults(contacts, openedOn),
  ]
}

export function contactFaults(contacts: readonly { dueOn: CivilDate }[], openedOn: CivilDate): WrongField[] {
  return contacts.flatMap(({ dueOn }, index) =>
    dueOn < openedOn ? [{ pointer: `/contacts/${index}/dueOn`, code: 'invalid-date' as const }] : [],
  )
}

export function closingFaults(closedOn: CivilDate, openedOn: CivilDate, today: CivilDate): WrongField[] {
  return closedOn > today || closedOn < openedOn ? [{ pointer: '/closedOn', code: 'invalid-date' }] : []
}
