import type { DivisionCode } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { applyFitting, findEpisodes } from '../persons/residence/queries.ts'
import type { Episode, Fitting } from '../persons/residence/rules.ts'
import type { Known } from './judging.ts'
import type { KeptMove } from './queries.ts'
import { findBegun } from './queries-circumstances.ts'
import { findNamesSince } from './queries-places.ts'
import * as rules from './rules.ts'

/** Whether the residence went along with the hukou. */
export async function movedResidence(
  tx: Transaction,
  access: Access,
  { episodeId, personId, toDivision }: KeptMove,
) {
  if (episodeId === null) return false
  const { left } = await findBegun(tx, access.county, personId, episodeId)
  const episodes = await findEpisodes(tx, access, personId)
  return episodes.some(({ id, divisionCode }) => left.includes(id) && divisionCode === toDivision)
}

/** What the former move began is taken out; the episodes as they are then, with their new ids. */
export async function takenBack(
  tx: Transaction,
  access: Access,
  { personId, episodeId }: KeptMove,
  episodes: Episode[],
  reason: string,
  at: Date,
): Promise<{ episodes: Episode[]; fitting: Fitting } | null> {
  if (episodeId === null) return null
  const { left, former } = await findBegun(tx, access.county, personId, episodeId)
  const stay = former && { ...former, from: null, to: null }
  const fitting = rules.endStay(episodes, left, stay)
  if (!fitting)
    throw new Refused('conflict', {
      detail: '这是唯一的居住记录，请登记正确的居住地 The only residence known: record the right one instead',
    })
  const junction = episodes
    .filter(({ id }) => left.includes(id))
    .map(({ from }) => from ?? '1900-01-01')
    .sort()[0]
  if (junction !== undefined) fitting.added = await named(tx, fitting.added, junction)
  await applyFitting(tx, access, personId, fitting, reason, at)
  return { episodes: await findEpisodes(tx, access, personId), fitting }
}

/** What lasts on where a move is taken out lasts on under the codes that its place has had since. */
async function named(tx: Transaction, added: Fitting['added'], junction: string): Promise<Fitting['added']> {
  const pieces = await Promise.all(
    added.map(async (stay) => {
      const day = stay.from !== null && stay.from > junction ? stay.from : junction
      return rules.underItsNames(stay, await findNamesSince(tx, stay.divisionCode, day))
    }),
  )
  return pieces.flat()
}

/** The hukou goes back to a place whose code may have changed since that was written down. */
export async function presentCode(
  tx: Transaction,
  code: DivisionCode,
  moves: Known['hukouMoves'],
  { originKnownAt }: { originKnownAt: Date | null },
): Promise<DivisionCode> {
  const written = rules.writtenAt(moves, originKnownAt)
  if (written === null) return code
  const last = (await findNamesSince(tx, code, todayOf(written))).at(-1)!
  if (last.until === null) return last.code
  throw new Refused('conflict', {
    detail:
      '原户籍所在地的区划已撤销且没有承接的区划，请把这次迁移更正为正确的迁入地 The place of the former hukou was abolished and nothing took over: correct where this move leads instead',
  })
}
