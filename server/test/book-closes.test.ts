import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { action, newCode, settled } from './book-actions.ts'
import { act, emptyTown, openDesk, type Desk } from './book-town.ts'
import { openEnds } from './book.ts'
import { keptCounts, places, recounted } from './register.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.office.close())

/** What was done by any history, and not refused. */
const done = new Set<string>()
const histories = Number(process.env['BOOK_HISTORIES'] ?? 8)

test('no sequence of facts, corrections, merges, imports, transfers and new codes leaves the book open', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 6, maxLength: 16 }), async (actions) => {
      const town = await emptyTown(desk)
      for (const given of [settled(places.village), settled(places.farVillage), ...actions]) {
        if (!(await act(desk, town, given))) continue
        done.add(given.do)
        expect(await openEnds(desk.office), JSON.stringify(given)).toEqual([])
        if (given.do === 'send')
          expect(await openEnds(desk.office, 370321), JSON.stringify(given)).toEqual([])
      }
      expect([await openEnds(desk.office), await openEnds(desk.office, 370321)]).toEqual([[], []])
      expect(await keptCounts(desk.office)).toEqual(await recounted(desk.office))
    }),
    { numRuns: histories, endOnFailure: true },
  )
  const kinds = [
    'birth',
    'correct',
    'death',
    'import',
    'merge',
    'move',
    'recode',
    'register',
    'send',
    'stay',
    'void',
  ]
  if (histories >= 100) expect([...done]).toEqual(expect.arrayContaining(kinds))
}, 300_000)

test('a change of divisions carries the people of the book along', async () => {
  const town = await emptyTown(desk)
  await act(desk, town, settled(places.farVillage))
  await act(desk, town, { do: 'recode', effectiveOn: '2025-07-01' })

  expect(await openEnds(desk.office)).toEqual([])
  const sums = await desk.office.sql(
    `select division_code as code, sum(residence)::int as residence from population_postings where county_code = 371121
     group by 1 having sum(residence) <> 0`,
  )
  expect(sums).toEqual([{ code: newCode, residence: 1 }])
})
