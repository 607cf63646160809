import type { EndpointOutput } from '@youyu/shared/endpoint'
import type { BookFigures, getBook, Month, PostingKind } from '@youyu/shared/population/book'

export type Book = EndpointOutput<typeof getBook>
export type BookRow = Book['total']
export type Figure = keyof BookFigures
export type Flow = Exclude<Figure, 'opening' | 'closing'>

/** What changes a month, in the order of the equation, with the sign it enters with. */
export const flows: Record<Flow, { sign: 1 | -1; kind: PostingKind }> = {
  births: { sign: 1, kind: 'BIRTH' },
  deaths: { sign: -1, kind: 'DEATH' },
  movesIn: { sign: 1, kind: 'IN' },
  movesOut: { sign: -1, kind: 'OUT' },
  entries: { sign: 1, kind: 'ENTRY' },
  exits: { sign: -1, kind: 'EXIT' },
  boundary: { sign: 1, kind: 'BOUNDARY' },
}
export const flowNames = Object.keys(flows) as Flow[]
export const figureNames: readonly Figure[] = ['opening', ...flowNames, 'closing']

/** The kind of posting behind a flow; in the month the book begins its entries are openings too, so no single one. */
export function kindOf(flow: Flow, month: Month, startsOn: string): PostingKind | undefined {
  const isFirst = month.slice(0, 7) === startsOn.slice(0, 7)
  return flow === 'entries' && isFirst ? undefined : flows[flow].kind
}

/** Figures that differ between what was signed and what stands now. */
export function changedFigures(signed: BookFigures, now: BookFigures): Figure[] {
  return figureNames.filter((figure) => signed[figure] !== now[figure])
}

/** By level 3 … 5: what the division's own level does with a month. */
const acts = { 3: 'CLOSE', 4: 'SIGN', 5: 'CONFIRM' } as const
export const actOf = (level: number) => acts[level as 3 | 4 | 5]

/** Obstacles of one kind together, as the reader clears them away. */
export function obstaclesByKind(obstacles: Book['obstacles']) {
  return [...Map.groupBy(obstacles, ({ code }) => code)].map(([code, items]) => ({
    code,
    divisions: items.flatMap(({ division }) => (division ? [division] : [])),
  }))
}
