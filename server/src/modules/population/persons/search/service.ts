import type { MatchKind, PersonFilter, PersonRow } from '@youyu/shared/population/persons'
import type { Page } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { reading } from '../../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { shownRow } from '../person-row.ts'
import { findPersons } from './queries.ts'
import { readingsOf, similarReadingsOf, type Reading } from './readings.ts'

type Search = { question: string; filter: PersonFilter; limit: number; cursor: string | undefined }
type Found = Page<PersonRow & { match: MatchKind }>

const TYPED = 'typed'
const SIMILAR = 'similar'

/** What was typed, in all its meanings; only where that finds nobody, what is similar to it. */
export async function search(
  { db, ciphers, now }: Office,
  access: Access,
  { question, filter, limit, cursor }: Search,
): Promise<Found> {
  const key = keyIn(cursor, ['string', 'number', 'string', 'string'])
  return await reading(db, access, async (tx) => {
    if (key) return await pageBy(key[0])
    const typed = await pageBy(TYPED)
    return typed.items.length > 0 ? typed : await pageBy(SIMILAR)

    async function pageBy(way: string): Promise<Found> {
      const readings = way === TYPED ? readingsOf(question) : similarReadingsOf(question)
      const after = key && ([key[1], key[2], key[3]] as const)
      if (readings.length <= (after?.[0] ?? 0)) return { items: [], nextCursor: null }
      const hits = await findPersons(tx, access, ciphers, {
        readings,
        filter,
        today: todayOf(now()),
        after,
        limit: limit + 1,
      })
      return pageOf(
        hits,
        limit,
        (hit) => ({ ...shownRow(hit, access), match: (readings[hit.branch] as Reading).kind }),
        (hit) => [way, hit.branch, hit.key, hit.id],
      )
    }
  })
}
