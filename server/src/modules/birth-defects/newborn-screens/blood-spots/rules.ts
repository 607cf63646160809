import { spotWays, type SpotState } from '@youyu/shared/birth-defects/newborn'
import { daysAfter } from '@youyu/shared/birth-defects/newborn-rules'
import type { Parameters } from '@youyu/shared/birth-defects/screening-parameters'
import type { CivilDate } from '@youyu/shared/values'

export const mayFollow = (from: SpotState, to: SpotState): boolean => spotWays[from].includes(to)

/** By when the next step of a sample is due; null where nothing is. */
export function dueBy(state: SpotState, on: CivilDate, bornOn: CivilDate, set: Parameters): CivilDate | null {
  switch (state) {
    case 'UNSAT':
    case 'SUSPECT':
      return daysAfter(on, set.SPOT_RECALL_DAYS.value)
    case 'RECALL':
    case 'CONFIRMED_POS':
    case 'TREATED':
      return daysAfter(on, set.SPOT_TREAT_DAYS.value)
    case 'NO_SAMPLE':
      return daysAfter(bornOn, set.SPOT_LATEST_DAY.value)
    default:
      return null
  }
}

/** A sample may be taken first, after one that could not be read, or after none. */
export const maySample = (last: SpotState | undefined): boolean =>
  last === undefined || last === 'NO_SAMPLE' || last === 'UNSAT'
