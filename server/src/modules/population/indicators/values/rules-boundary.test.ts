import { expect, test } from 'vitest'
import { movesTo, type Succession } from './rules-boundary.ts'

const moved = (from: string, to: string, on: string, share = 1, originShare = 1): Succession => ({
  from,
  to,
  on,
  share,
  originShare,
})
/** Where a code of a day belongs. */
const placed = (boundary: string, successions: Succession[], code: string, day: string) =>
  movesTo(boundary, successions).find((move) => move.code === code && move.from <= day && day < move.until)
    ?.to ?? code

const twice = [moved('A', 'B', '2021-01-01'), moved('B', 'C', '2023-01-01')]
const merged = [moved('A', 'M', '2022-01-01', 1, 0.3), moved('B', 'M', '2022-01-01', 1, 0.7)]
const split = [moved('A', 'X', '2022-01-01', 0.4), moved('A', 'Y', '2022-01-01', 0.6)]

test.each([
  ['a fact before two changes follows both', '2026-01-01', twice, 'A', '2020-05-01', 'C'],
  ['a fact between them follows the second', '2026-01-01', twice, 'B', '2022-05-01', 'C'],
  ['a fact after them stays', '2026-01-01', twice, 'C', '2024-05-01', 'C'],
  ['a fact follows no change after the boundary', '2022-01-01', twice, 'A', '2020-05-01', 'B'],
  ['a later fact goes back to the code of the boundary', '2022-01-01', twice, 'C', '2024-05-01', 'B'],
  ['a merged division goes back to its largest origin', '2021-01-01', merged, 'M', '2024-05-01', 'B'],
  ['both merged divisions go on into the one', '2024-01-01', merged, 'A', '2020-05-01', 'M'],
  ['a split division goes on into the larger', '2024-01-01', split, 'A', '2020-05-01', 'Y'],
  ['either half goes back to the whole', '2021-01-01', split, 'X', '2024-05-01', 'A'],
])('%s', (_, boundary, successions, code, day, expected) => {
  expect(placed(boundary, successions, code, day)).toBe(expected)
})
