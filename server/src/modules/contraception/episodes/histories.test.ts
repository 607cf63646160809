import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Episode } from '@youyu/shared/contraception/episodes'
import type { Page } from '@youyu/shared/values'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'

let office: TestOffice
let clinic: Clinic

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date('2026-08-20T09:00:00+08:00'))
  clinic = await openClinic(office)
})
afterAll(() => office.close())

type Fact = {
  method: string
  start: number
  lasts: number | null
  isDual: boolean
  isVoided: boolean
  here: boolean
}
const day = (offset: number) => new Date(Date.UTC(2020, 0, 1 + offset)).toISOString().slice(0, 10)

const fact = fc.record({
  method: fc.constantFrom('M30', 'M40', 'M60', 'M70', 'M91'),
  start: fc.integer({ min: 0, max: 900 }),
  lasts: fc.option(fc.integer({ min: 0, max: 500 })),
  isDual: fc.boolean(),
  isVoided: fc.boolean(),
  here: fc.boolean(),
})
/** No two on the same day: which of them was first, only the order of recording could say. */
const facts = fc
  .uniqueArray(fact, { minLength: 1, maxLength: 6, selector: ({ start }) => start })
  .map((all) => all.map((each) => ({ ...each, isDual: each.isDual && each.method === 'M70' })))

async function recordAll(clientId: string, told: readonly Fact[]): Promise<void> {
  const wrong: { officer: Clinic['clinician']; id: string }[] = []
  for (const { method, start, lasts, isDual, isVoided, here } of told) {
    const officer = here ? clinic.clinician : clinic.neighbour
    const end = lasts === null ? {} : { endedOn: day(start + lasts), endReason: 'PREFERENCE' }
    const body = { clientId, method, startedOn: day(start), isDual, ...end }
    const { id } = bodyOf<Episode>(await officer.post('/api/v1/method-episodes', body), 201)
    if (isVoided) wrong.push({ officer, id })
  }
  for (const { officer, id } of wrong)
    bodyOf(await officer.post(`/api/v1/method-episodes/${id}/void`, { reason: '误录' }), 201)
}

async function historyOf(clientId: string) {
  return await office.sql<{
    method: string
    from: string
    to: string | null
    why: string | null
    dual: boolean
  }>(
    `select method, started_on::text as "from", ended_on::text as "to", end_reason as why, is_dual as dual from method_episodes
     where client_id = $1 and voided_at is null order by started_on, is_dual, method`,
    [clientId],
  )
}

/** What the facts say, worked out by hand: a method ends as stated or where the next of its kind begins. */
function expectedOf(told: readonly Fact[]) {
  const standing = told.filter(({ isVoided }) => !isVoided).sort((a, b) => a.start - b.start)
  return standing.map((each) => {
    const next = standing.find(
      (other) =>
        other.start > each.start &&
        other.isDual === each.isDual &&
        (!each.isDual || other.method === each.method),
    )
    const stated = each.lasts === null ? Infinity : each.start + each.lasts
    const until = Math.min(stated, next?.start ?? Infinity)
    return {
      ...{ method: each.method, from: day(each.start), dual: each.isDual },
      to: until === Infinity ? null : day(until),
      why: until === Infinity ? null : stated <= until ? 'PREFERENCE' : 'SWITCHED',
    }
  })
}

describe('the history of a client’s methods', () => {
  test('is what the facts say, whatever the order of recording and whoever recorded them', async () => {
    await fc.assert(
      fc.asyncProperty(facts, fc.integer(), async (told, seed) => {
        const [first, second] = [await clinic.woman(), await clinic.woman()]
        const shuffled = [...told].sort(
          (a, b) => ((a.start * 7919 + seed) % 101) - ((b.start * 7919 + seed) % 101),
        )

        await recordAll(first.id, told)
        await recordAll(second.id, shuffled)

        const history = await historyOf(first.id)
        expect(history).toEqual(expectedOf(told))
        expect(await historyOf(second.id)).toEqual(history)
      }),
      { numRuns: 30 },
    )
  }, 120_000)

  test('counts every month what began and what ended', async () => {
    const [difference] = await office.sql<{ n: number }>(
      `with facts as (
         select rpad(left(division_code, 9), 12, '0') as place, date_trunc('month', on_day)::date as month, method, birth_year, in_union,
           sum(s)::int as started, sum(e)::int as ended
         from (
           select division_code, started_on as on_day, method, birth_year, in_union, 1 as s, 0 as e from method_episodes
             where voided_at is null and not is_dual
           union all
           select division_code, ended_on, method, birth_year, in_union, 0, 1 from method_episodes
             where voided_at is null and not is_dual and ended_on is not null) each
         group by 1, 2, 3, 4, 5)
       select count(*)::int as n from facts f full join (
         select * from method_months where started <> 0 or ended <> 0) m
         on m.division_code = f.place and m.month = f.month and m.method = f.method and m.birth_year = f.birth_year and m.in_union = f.in_union
       where m.started is distinct from f.started or m.ended is distinct from f.ended`,
    )

    expect(difference!.n).toBe(0)
  })

  test('does not tell a facility what another recorded, only that something ended', async () => {
    const client = await clinic.woman()
    const own = { clientId: client.id, startedOn: '2024-01-01', method: 'M60' }
    bodyOf(await clinic.clinician.post('/api/v1/method-episodes', own), 201)

    const preview = bodyOf<{ changes: object[] }>(
      await clinic.neighbour.post('/api/v1/method-episodes?dryRun=true', {
        ...{ clientId: client.id, startedOn: '2025-01-01', method: 'M91' },
      }),
      200,
    )

    expect(preview.changes.slice(1)).toEqual([
      { entity: 'episode', id: null, field: 'endedOn', before: null, after: null },
    ])
    const seen = await clinic.neighbour.get(`/api/v1/method-episodes?clientId=${client.id}`)
    expect(bodyOf<Page<Episode>>(seen, 200).items).toEqual([])
  })
})
