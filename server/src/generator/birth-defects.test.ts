import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { foundCounty } from '../../test/county.ts'
import { openFacility } from '../../test/facility.ts'
import type { CardRow, DefectCard } from '@youyu/shared/birth-defects/defect-cases'
import type { Page } from '@youyu/shared/values'
import type { Cascade } from '@youyu/shared/birth-defects/cascades'
import { Knowledge } from '../../test/knowledge.ts'
import { openOffice, type TestOffice } from '../../test/office.ts'
import { bodyOf } from '../../test/register.ts'
import { yearOfBirths } from './birth-defects.ts'

const year = { county: 371121, from: '2025-01-01', births: 700, today: '2026-08-15' }

let office: TestOffice
beforeAll(async () => {
  office = await openOffice()
  const place = await foundCounty(office, '371121')
  await openFacility(office, place.county, { code: 'HO-1', type: 'ORG-H' })
  await openFacility(office, place.township)
  await office.sql(yearOfBirths(year))
})
afterAll(() => office.close())

const cohortsOf = ({ townships }: Cascade, item: string) =>
  townships.map(({ items }) => items.find((each) => each.item === item)?.cohort).join()
const sameCohorts = (cascade: Cascade, one: string, other: string) =>
  cohortsOf(cascade, one) === cohortsOf(cascade, other)

const counted = async (text: string) =>
  Object.fromEntries(
    Object.entries((await office.sql<Record<string, string>>(text))[0]!).map(([name, value]) => [
      name,
      Number(value),
    ]),
  )

describe('a generated year of births', () => {
  test('has a chain around every birth, whose links partition what was counted', async () => {
    const { chains, births, links, tallied, wrong } = await counted(`
      select (select count(*) from chains) as chains, (select count(*) from births where sequence = 1) as births,
        (select count(*) from chain_links) as links, (select sum(links) from chain_tallies) as tallied,
        (select count(*) from (select chain_id, item, subject_id from chain_links group by 1, 2, 3 having count(*) <> 1) d) as wrong`)

    expect([chains, births]).toEqual([700, 700])
    expect(tallied).toBe(links)
    expect(wrong).toBe(0)
  })

  test('counts what a recount counts', async () => {
    const before = await office.sql('select * from chain_tallies order by 2, 3, 4, 5, 6')

    await office.sql('select app.recount_chains(371121)')

    expect(await office.sql('select * from chain_tallies order by 2, 3, 4, 5, 6')).toEqual(before)
  })

  test('reaches some townships as badly as the seeds say: folic acid below 5 %, virus monitoring below 70 %', async () => {
    const [worst] = await office.sql<{ folic: string; torch: string }>(`
      select 100.0 * sum(links) filter (where item = 'FOLIC_ACID' and state = 'DONE') / sum(links) filter (where item = 'FOLIC_ACID') as folic,
        100.0 * sum(links) filter (where item = 'TORCH' and state = 'DONE') / sum(links) filter (where item = 'TORCH') as torch
      from chain_tallies group by division_code order by 1 limit 1`)

    expect(Number(worst!.folic)).toBeLessThan(5)
    expect(Number(worst!.torch)).toBeLessThan(70)
  })

  test('has defects of about the national level, found earlier and later, with reviewed cards', async () => {
    const { extended, population, hospital, births } = await counted(`
      select count(*) filter (where window_extended) as extended, count(*) filter (where window_population) as population,
        count(*) filter (where window_hospital) as hospital, (select count(*) from births) as births from defect_cards where is_counted`)

    expect(hospital).toBeLessThanOrEqual(population!)
    expect(population).toBeLessThanOrEqual(extended!)
    expect((extended! * 10_000) / births!).toBeGreaterThan(50)
    expect((extended! * 10_000) / births!).toBeLessThan(300)
  })

  test('has cards that open one by one, with the mother’s name of the register', async () => {
    office.setNow(new Date(`${year.today}T09:00:00+08:00`))
    const hospital = await office.officer('midwifery_reporter', '371121000000', { organisation: 'HO-1' })
    const { items } = bodyOf<Page<CardRow>>(await hospital.get('/api/v1/defect-cards?limit=3'), 200)
    const card = bodyOf<DefectCard>(await hospital.get(`/api/v1/defect-cards/${items[0]!.id}`), 200)

    expect(items.every(({ motherName }) => motherName !== null && motherName.length > 1)).toBe(true)
    expect(card.content.mother.name).toBe(items[0]!.motherName)
    expect(card.content.diagnosis.items).toHaveLength(1)
    expect((await hospital.get(`/api/v1/defect-cards/${card.id}/versions`)).status).toBe(200)
    expect((await hospital.get(`/api/v1/defect-cards/${card.id}/photos`)).body).toEqual({ items: [] })
  })

  test('has a cascade of which no withheld cell can be worked out, not across its items either', async () => {
    const bureau = await office.officer('county_mch', '371121000000')
    const read = async (more: string) =>
      bodyOf<Cascade>(
        await bureau.get(`/api/v1/birth-defect-cascades?from=2025-01-01&to=2025-03-01${more}`),
        200,
      )
    const [open, told] = [await read(''), await read('&publication=true')]
    const states = ['done', 'declined', 'overdue', 'notApplicable', 'waiting', 'due', 'notDue'] as const
    const items = told.townships[0]!.items.map(({ item }) => item)
    const place = (township: number, item: number, state: number) =>
      (township * items.length + item) * states.length + state
    const width = open.townships.length * items.length * states.length
    const rowOf = (places: readonly number[], factor = 1, row = new Float64Array(width)) => {
      for (const each of places) row[each]! += factor
      return row
    }
    const cellsOf = (township: number, item: number) => states.map((_, state) => place(township, item, state))
    const known = new Knowledge()
    const every = open.townships.map((_, township) => township)
    for (const [number, item] of items.entries()) {
      const ofCounty = told.whole.items.find((each) => each.item === item)!
      for (const [state, name] of states.entries())
        if (ofCounty[name] !== null)
          known.learn(rowOf(every.map((township) => place(township, number, state))))
      for (const township of every) {
        const row = told.townships[township]!.items.find((each) => each.item === item)!
        for (const [state, name] of states.entries())
          if (row[name] !== null) known.learn(rowOf([place(township, number, state)]))
        if (row.cohort !== null) known.learn(rowOf(cellsOf(township, number)))
        // Whoever knows that two items are of the same people knows that their cohorts are one number.
        const twin = items.findIndex((other, before) => before < number && sameCohorts(open, other, item))
        if (twin >= 0) known.learn(rowOf(cellsOf(township, twin), -1, rowOf(cellsOf(township, number))))
      }
    }
    const small = every.flatMap((township) =>
      items.flatMap((item, number) => {
        const row = open.townships[township]!.items.find((each) => each.item === item)!
        return states.flatMap((name, state) =>
          row[name]! > 0 && row[name]! < 5 ? [place(township, number, state)] : [],
        )
      }),
    )

    expect(small.length).toBeGreaterThan(5)
    expect(small.filter((each) => known.derives(rowOf([each])))).toEqual([])
  })

  test('is the same text for the same seed, and another year lies beside it', async () => {
    await office.sql(yearOfBirths({ ...year, from: '2024-01-01', births: 20, seed: 'before' }))

    expect(await counted('select count(*) as chains from chains')).toEqual({ chains: 720 })
    expect(yearOfBirths(year)).toBe(yearOfBirths({ ...year }))
  })

  test.each([
    ['a day that is none', { from: "2025-01-01'; drop table chains; --" }],
    ['a seed with quotes', { seed: "x'" }],
  ])('refuses %s', (_, wrong) => {
    expect(() => yearOfBirths({ ...year, ...wrong })).toThrow('a year of births needs')
  })
})
