import type { ChainItem } from '@youyu/shared/birth-defects/chain-values'
import type { ChainWorklist } from '@youyu/shared/birth-defects/worklists'

/** A list by the state of links, in the order of a day of theirs. */
export type StateList = {
  kind: 'state'
  state: 'DUE' | 'OFFERED' | 'OVERDUE'
  order: 'ascending' | 'descending'
}
/** A list of one item that stands open so many days after its window began. */
export type ItemList = { kind: 'item'; item: ChainItem; days: number | 'asked' }
/** A list that follows from the records of another owner. */
export type RecordList = { kind: 'records' }

export const worklists: Record<ChainWorklist, StateList | ItemList | RecordList> = {
  due: { kind: 'state', state: 'DUE', order: 'ascending' },
  // The newest first: of those that went by long ago there is little left to do.
  overdue: { kind: 'state', state: 'OVERDUE', order: 'descending' },
  offered: { kind: 'state', state: 'OFFERED', order: 'ascending' },
  'positive-without-diagnosis': { kind: 'item', item: 'DIAGNOSIS', days: 'asked' },
  // Due from day 3 (domain §3.4, link 11): day 20 is 17 days later.
  'no-blood-spot': { kind: 'item', item: 'BLOOD_SPOT', days: 17 },
  'high-risk-without-plan': { kind: 'item', item: 'HIGH_RISK_PLAN', days: 0 },
  'folic-acid-not-refilled': { kind: 'records' },
  'hearing-without-diagnosis': { kind: 'records' },
}
