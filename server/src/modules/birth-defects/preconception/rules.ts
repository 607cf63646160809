import type { CheckItemSet } from '@youyu/shared/birth-defects/check-item-sets'
import type { FollowedUp, PreconceptionContact } from '@youyu/shared/birth-defects/preconception'
import type { CivilDate } from '@youyu/shared/values'
import type { WrongField } from '../../../refused.ts'

export type FollowUpDays = CheckItemSet['followUp']

function dayAfter(day: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** When the early pregnancy is asked for: first after the check, then after each time that she was not pregnant. */
export function earlyWindow(from: CivilDate, { earlyFrom, earlyTo }: FollowUpDays): [CivilDate, CivilDate] {
  return [dayAfter(from, earlyFrom), dayAfter(from, earlyTo)]
}

/** After the expected day, 280 days from the last menstruation. */
function outcomeWindow(
  lastMenstruationOn: CivilDate,
  { outcomeFrom, outcomeTo }: FollowUpDays,
): [CivilDate, CivilDate] {
  const expected = dayAfter(lastMenstruationOn, 280)
  return [dayAfter(expected, outcomeFrom), dayAfter(expected, outcomeTo)]
}

/** She is asked for a pregnancy four times, and no more (E3). */
const contactsAsked = 4

/** What a contact leads to: another, or none. Whoever declines or cannot be reached is not asked again. */
export function nextContact(
  contact: PreconceptionContact,
  ordinal: number,
  { state, contactedOn, isPregnant, lastMenstruationOn }: FollowedUp,
  days: FollowUpDays,
): { contact: PreconceptionContact; ordinal: number; window: [CivilDate, CivilDate] } | null {
  if (contact !== 'EARLY_PREGNANCY' || state !== 'DONE') return null
  if (isPregnant)
    return {
      ...{ contact: 'OUTCOME', ordinal: 1 },
      window: outcomeWindow(lastMenstruationOn ?? contactedOn, days),
    }
  return ordinal < contactsAsked
    ? { contact, ordinal: ordinal + 1, window: earlyWindow(contactedOn, days) }
    : null
}

export function followUpFaults(
  contact: PreconceptionContact,
  checkedOn: CivilDate,
  body: FollowedUp,
  today: CivilDate,
): WrongField[] {
  const faults: WrongField[] = []
  const { state, contactedOn, isPregnant, lastMenstruationOn, outcome, outcomeOn } = body
  if (contactedOn > today || contactedOn < checkedOn)
    faults.push({ pointer: '/contactedOn', code: 'invalid-date' })
  if (state !== 'DONE') return faults
  if (contact === 'EARLY_PREGNANCY') {
    if (isPregnant === null) faults.push({ pointer: '/isPregnant', code: 'required' })
    if (isPregnant && lastMenstruationOn === null)
      faults.push({ pointer: '/lastMenstruationOn', code: 'required' })
    if (
      lastMenstruationOn &&
      (lastMenstruationOn > contactedOn || lastMenstruationOn < dayAfter(contactedOn, -300))
    )
      faults.push({ pointer: '/lastMenstruationOn', code: 'invalid-date' })
    if (outcome !== null) faults.push({ pointer: '/outcome', code: 'invalid-value' })
  } else {
    if (outcome === null) faults.push({ pointer: '/outcome', code: 'required' })
    if (outcomeOn && outcomeOn > contactedOn) faults.push({ pointer: '/outcomeOn', code: 'invalid-date' })
  }
  return faults
}
