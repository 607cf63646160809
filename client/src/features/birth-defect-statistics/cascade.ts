import type { CascadeItem } from '@youyu/shared/birth-defects/cascades'

/** Stations on the way, each a part of the cohort. */
export const stations = ['cohort', 'offered', 'accepted', 'done', 'positive', 'followed'] as const
export type Station = (typeof stations)[number]

/** Where links end that were not done. */
export const endings = ['declined', 'overdue', 'notApplicable', 'waiting', 'due', 'notDue'] as const

const FEWEST = 20
const SMALLEST = 50

/** Percent of those for whom it applies, as a point; null where it is withheld or nobody is there. */
export function shareAt(item: CascadeItem | undefined, station: Station) {
  const of = applicable(item)
  const count = item?.[station] ?? null
  if (!item || of === null || of === 0 || count === null) return { value: null }
  // Where nothing was found there is nothing to follow up, and that is no drop-off.
  if ((station === 'positive' || station === 'followed') && !item.positive) return { value: null }
  const share = station === 'cohort' ? 100 : (100 * count) / of
  return { value: share, isSmall: count < FEWEST || of < SMALLEST }
}

/** Whoever it does not apply to is no drop-off. */
function applicable(item: CascadeItem | undefined): number | null {
  if (!item || item.cohort === null) return null
  return item.cohort - (item.notApplicable ?? 0)
}
