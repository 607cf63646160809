import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Move } from '@youyu/shared/population/moves'
import { bookDiffersFromFacts } from '../../../../test/book.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { furnishPlaces, keptCounts, places, recounted, register } from '../../../../test/register.ts'

let office: TestOffice
let officer: Officer

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  officer = await office.officer('county_population', places.county)
})
afterAll(async () => await office.close())

const somewhere = fc.constantFrom(places.village, places.nextVillage, places.farVillage, places.capital)
const day = fc
  .integer({ min: 0, max: 24 })
  .map((month) => new Date(Date.UTC(2023, month, 1)).toISOString().slice(0, 10))
const move = fc.record({
  kind: fc.constantFrom('HUKOU_IN', 'HUKOU_OUT', 'FLOW_IN', 'FLOW_OUT', 'RETURN'),
  occurredOn: day,
  toDivision: somewhere,
  withResidence: fc.boolean(),
})
const deed = fc.oneof(
  { weight: 3, arbitrary: move },
  { weight: 1, arbitrary: fc.record({ voids: fc.nat(8) }) },
  { weight: 1, arbitrary: fc.record({ corrects: fc.nat(8), occurredOn: day }) },
)

describe('any sequence of moves, corrections and voids', () => {
  test('leaves the hukou where the latest move led, one home, and a book that closes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 2, maxLength: 8 }), async (deeds) => {
        const { id } = await register(officer, { residenceSince: '2001-01-01' })
        const moves: string[] = []
        for (const done of deeds) {
          const answer =
            'voids' in done
              ? await officer.post(`/api/v1/migration-events/${moves[done.voids % moves.length]}/void`, {
                  reason: '误录',
                })
              : 'corrects' in done
                ? await officer.post(
                    `/api/v1/migration-events/${moves[done.corrects % moves.length]}/corrections`,
                    {
                      ...{ set: { occurredOn: done.occurredOn }, reason: '误录' },
                    },
                  )
                : await officer.post('/api/v1/migration-events', { personId: id, reason: 'OTHER', ...done })
          expect(answer.status).toBeLessThan(500)
          if (answer.status === 201 && !('voids' in done)) moves.push((answer.body as Move).id)
        }

        const [person] = await office.sql<{
          hukou: string
          latest: string | null
          homes: number
          lives: boolean
        }>(
          `select p.hukou_division as hukou, (select to_division from migration_events m where m.person_id = p.id and voided_at is null
              and kind in ('HUKOU_IN', 'HUKOU_OUT') order by occurred_on desc, recorded_at desc, id desc limit 1) as latest,
            (select count(*)::int from residence_episodes e where e.person_id = p.id and voided_at is null and to_on is null) as homes,
            exists (select from residence_episodes e where e.person_id = p.id and voided_at is null and to_on is null
              and e.division_code = p.residence_division and e.status = p.residence_status) as lives
           from persons p where p.id = $1`,
          [id],
        )
        expect(person).toEqual({
          hukou: person?.latest ?? places.village,
          latest: person?.latest,
          homes: 1,
          lives: true,
        })
        expect(await bookDiffersFromFacts(office)).toEqual([])
      }),
      { numRuns: 40, endOnFailure: true },
    )
    expect(await keptCounts(office)).toEqual(await recounted(office))
  }, 120_000)
})
