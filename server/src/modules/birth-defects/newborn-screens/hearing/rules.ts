import { addMonths } from '@youyu/shared/calendar'
import type { HearingOutcome, NewHearingScreen } from '@youyu/shared/birth-defects/hearing-screens'
import { daysAfter, hearingOutcome } from '@youyu/shared/birth-defects/newborn-rules'
import type { Parameters } from '@youyu/shared/birth-defects/screening-parameters'
import type { CivilDate } from '@youyu/shared/values'
import type { WrongField } from '../../../../refused.ts'

type Given = Omit<NewHearingScreen, 'childId'>

export function hearingFaults(given: Given, bornOn: CivilDate, today: CivilDate): WrongField[] {
  const { stage, occurredOn, left, right, finding, diagnosisCodes = [] } = given
  const faults: WrongField[] = []
  if (occurredOn < bornOn || occurredOn > today) faults.push({ pointer: '/occurredOn', code: 'invalid-date' })
  if (stage === 'FIRST' || stage === 'RESCREEN') {
    if (!left) faults.push({ pointer: '/left', code: 'required' })
    if (!right) faults.push({ pointer: '/right', code: 'required' })
  }
  if (stage === 'DIAGNOSIS' && !finding) faults.push({ pointer: '/finding', code: 'required' })
  if (stage !== 'DIAGNOSIS' && finding) faults.push({ pointer: '/finding', code: 'invalid-value' })
  if (diagnosisCodes.length > 0 && finding !== 'LOSS')
    faults.push({ pointer: '/diagnosisCodes', code: 'invalid-value' })
  return faults
}

export type Heard = { outcome: HearingOutcome; dueBy: CivilDate | null }

/** Two stages, then the diagnosis by three months and help by six (domain §3.4 link 11). */
export function heard({ stage, left, right, finding }: Given, bornOn: CivilDate, set: Parameters): Heard {
  switch (stage) {
    case 'FIRST':
    case 'RESCREEN': {
      const outcome = hearingOutcome(left!, right!)
      if (outcome === 'PASS') return { outcome, dueBy: null }
      const dueBy =
        stage === 'FIRST'
          ? daysAfter(bornOn, set.HEARING_RESCREEN_DAY.value)
          : addMonths(bornOn, set.HEARING_DIAGNOSIS_MONTHS.value)
      return { outcome, dueBy }
    }
    case 'DIAGNOSIS': {
      const outcome = finding!
      if (outcome === 'NORMAL') return { outcome, dueBy: null }
      const months = outcome === 'LOSS' ? set.HEARING_INTERVENTION_MONTHS : set.HEARING_DIAGNOSIS_MONTHS
      return { outcome, dueBy: addMonths(bornOn, months.value) }
    }
    case 'INTERVENTION':
      return { outcome: 'STARTED', dueBy: null }
  }
}
