import type { BookFigures } from '@youyu/shared/population/book'
import type { DivisionCode } from '@youyu/shared/values'
import type { Database } from '../../../database/connect.ts'

/** People by part, and when the first of them was counted. */
export type Recount = { at: Date; byPart: ReadonlyMap<DivisionCode, number> }
type Counted = ReadonlyMap<DivisionCode, number>

const KEPT = 500
/** More parts than these are counted in one walk through everybody. */
const FEW = 3
type Part = { figures: string; count: number; at: Date }
type Parts = ReadonlyMap<DivisionCode, Part>
const kept = new WeakMap<Database, Map<string, Parts>>()

type Asked = {
  key: string
  /** What the book says of each part: once that is another, the people of the part are counted again. */
  figures: readonly (BookFigures & { code: DivisionCode })[]
  isAsked: boolean
  at: Date
}

/**
 * A county's recount walks through everybody: the last one stands, with its moment, as long as the book says the same.
 * Where it says something else of a few parts only these are counted, so that a visit after a fact does not wait.
 */
export async function recountFor(
  db: Database,
  { key, figures, isAsked, at }: Asked,
  count: (part: DivisionCode | null) => Promise<Counted>,
): Promise<Recount> {
  let recounts = kept.get(db)
  if (!recounts) kept.set(db, (recounts = new Map<string, Parts>()))
  const last = recounts.get(key)
  const says = new Map(figures.map(({ code, ...said }) => [code, JSON.stringify(said)]))
  const changed = last && changedIn(last, says)
  if (last && changed && changed.length === 0 && !isAsked) return recountOf(last, at)
  const isFew = last !== undefined && changed !== undefined && changed.length <= FEW && !isAsked
  const parts = isFew ? await recounted(last, changed, says, at, count) : whole(await count(null), says, at)
  recounts.delete(key)
  if (recounts.size >= KEPT) recounts.delete(recounts.keys().next().value as string)
  recounts.set(key, parts)
  return recountOf(parts, at)
}

function changedIn(last: Parts, says: ReadonlyMap<DivisionCode, string>): DivisionCode[] {
  const codes = new Set([...last.keys(), ...says.keys()])
  return [...codes].filter((code) => (last.get(code)?.figures ?? '') !== (says.get(code) ?? ''))
}

function whole(byPart: Counted, says: ReadonlyMap<DivisionCode, string>, at: Date): Parts {
  const codes = new Set([...byPart.keys(), ...says.keys()])
  return new Map(
    [...codes].map((code) => [code, { figures: says.get(code) ?? '', count: byPart.get(code) ?? 0, at }]),
  )
}

async function recounted(
  last: Parts,
  changed: readonly DivisionCode[],
  says: ReadonlyMap<DivisionCode, string>,
  at: Date,
  count: (part: DivisionCode) => Promise<Counted>,
): Promise<Parts> {
  const counts = await Promise.all(changed.map(count))
  const anew = changed.map((code, place): [DivisionCode, Part] => [
    code,
    { figures: says.get(code) ?? '', count: counts[place]!.get(code) ?? 0, at },
  ])
  return new Map([...last, ...anew])
}

/** An empty county was counted just now. */
function recountOf(parts: Parts, now: Date): Recount {
  const moments = [...parts.values()].map(({ at }) => at)
  return {
    at: moments.reduce((first, at) => (at < first ? at : first), moments[0] ?? now),
    byPart: new Map(
      [...parts].filter(([, { count }]) => count !== 0).map(([code, { count }]) => [code, count]),
    ),
  }
}
