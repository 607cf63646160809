import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { foundCounty } from '../../test/county.ts'
import { openFacility } from '../../test/facility.ts'
import { openOffice, type TestOffice } from '../../test/office.ts'
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
