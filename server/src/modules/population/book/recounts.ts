import type { BookFigures } from '@youyu/shared/population/book'
import type { DivisionCode } from '@youyu/shared/values'
import type { Database } from '../../../database/connect.ts'

/** People by part, and when they were counted. */
export type Recount = { at: Date; byPart: ReadonlyMap<DivisionCode, number> }

const KEPT = 500
type Kept = { state: string; recount: Recount }
const kept = new WeakMap<Database, Map<string, Kept>>()

/** What a recount was compared with: figures and signatures; once they are others, the people are counted again. */
export function stateBehind(
  figures: readonly (BookFigures & { code: DivisionCode })[],
  signed: ReadonlySet<DivisionCode>,
): string {
  return JSON.stringify([figures, [...signed].sort()])
}

/** A county's recount walks through everybody: the last one stands, with its moment, as long as the state is the same. */
export async function recountFor(
  db: Database,
  { key, state, isAsked }: { key: string; state: string; isAsked: boolean },
  count: () => Promise<Recount>,
): Promise<Recount> {
  let recounts = kept.get(db)
  if (!recounts) kept.set(db, (recounts = new Map<string, Kept>()))
  const last = recounts.get(key)
  if (last?.state === state && !isAsked) return last.recount
  const recount = await count()
  recounts.delete(key)
  if (recounts.size >= KEPT) recounts.delete(recounts.keys().next().value as string)
  recounts.set(key, { state, recount })
  return recount
}
