import type { ChainItem } from '@youyu/shared/birth-defects/chain-values'
import type { ChainLink, NewChainLink } from '@youyu/shared/birth-defects/chains'

/** What can be said of an item without a record of its own. */
export type Said = NewChainLink['event']

/** Done with no more record than that it was done. */
const recordless: readonly ChainItem[] = ['EDUCATION', 'POSTNATAL_VISIT', 'DELIVERY']

/** What may be said of it now; a decline holds for good (E3). */
export function eventsPossible({ item, state, offeredOn, acceptedOn }: ChainLink): Said[] {
  if (state === 'DONE' || state === 'DECLINED' || state === 'NOT_APPLICABLE') return []
  const done: Said[] = ['DONE']
  if (state === 'OVERDUE') return ['MISSED', ...done, 'DECLINED']
  const offer: Said[] = offeredOn === null ? ['OFFERED'] : acceptedOn === null ? ['ACCEPTED'] : []
  return [...offer, ...(recordless.includes(item) ? done : []), 'DECLINED', 'NOT_APPLICABLE']
}

export const isRecordless = (item: ChainItem) => recordless.includes(item)

/** Declines, offers and reasons are said here and taken back here; a record is corrected where it is kept. */
export const isSaidHere = ({ item, state }: ChainLink) =>
  state === 'DECLINED' ||
  state === 'OFFERED' ||
  state === 'NOT_APPLICABLE' ||
  (state === 'DONE' && isRecordless(item))
