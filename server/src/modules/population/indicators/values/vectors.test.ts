import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Place } from '../../../../../test/county.ts'
import { foundCounty } from '../../../../../test/county.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf } from '../../../../../test/register.ts'
import type { IndicatorAnswer } from './service.ts'

let office: TestOffice
let place: Place
let county: Officer

const person = (n: string) => `('00000000-0000-4000-8000-' || lpad((${n})::text, 12, '0'))::uuid`

/** Figures of domain §4.6, S4 and S0, as facts and kept sums of a county. */
beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date('2026-08-15T04:00:00Z'))
  place = await foundCounty(office, '370321')
  county = await office.officer('county_population', place.county)
  await office.sql(
    `insert into persons (county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type, hukou_division,
      residence_division, residence_status, status, source, recorded_at, updated_at, version)
    select 370321, ${person('n')}, '某', '', '', case when n <= 2600 then '2' else '1' end, '1960-01-01', 'DAY', '01', $1, $1, '1', 'ACTIVE', 'MANUAL', now(), now(), 1
    from generate_series(1, 5200) n`,
    [place.village],
  )
  await office.sql(`insert into population_books values (370321, '2016-01-01', 2026)`)
  await office.sql(
    `insert into township_months values
    (370321, $1, '2015-12-01', 'OPENING', '1', 506300, 506300), (370321, $1, '2025-08-01', 'OUT', '1', -2300, -2300)`,
    [place.township],
  )
  // 2026: 574 boys and 532 girls from January to April, 20 of them in January and 5 in February; 2025: 718 and 654.
  await office.sql(
    `insert into births (county_code, id, child_id, occurred_on, outcome, sex, plurality, sequence, place, division_code, hukou_division, registers, recorded_at, source)
    select 370321, gen_random_uuid(), ${person('n')}, case when n <= 20 then date '2026-01-15' when n <= 25 then date '2026-02-15' when n <= 1106 then date '2026-04-15' else date '2025-03-15' end,
      'LIVE', case when n <= 574 or n between 1107 and 1824 then '1' else '2' end, 1, 1, 'HOSPITAL', $1, $1,
      array_remove(array[case when n between 1107 and 2206 then 'R' end, case when n between 1145 and 2229 then 'H' end], null), now(), 'MANUAL'
    from generate_series(1, 2478) n`,
    [place.village],
  )
  await office.sql(
    `insert into deaths (county_code, id, person_id, occurred_on, place, maternal, reporter, sex, birth_date, age_days, division_code, hukou_division, recorded_at, source)
    select 370321, gen_random_uuid(), ${person('n + 2500')}, case when n <= 1015 then date '2026-02-01' else date '2025-02-01' end, 'HOME', 'NO', 'CIVIL', '1', '1960-01-01', 24000, $1, $1, now(), 'MANUAL'
    from generate_series(1, 1987) n`,
    [place.village],
  )
  // 2,455 first marriages from October to July, 72.5 % at 23 or later, 88.0 % the year before; ten in August, three of them late.
  await office.sql(
    `insert into marriage_events (county_code, id, event, occurred_on, party_a, order_a, age_a, sex_a, division_a, recorded_at, source)
    select 370321, gen_random_uuid(), 'MARRY', day::date, ${person('1 + n % 2600')}, 'FIRST', case when n <= late then 25 else 21 end, '2', $1, now(), 'MANUAL'
    from (values ('2026-01-10', 2455, 1780), ('2025-01-10', 2455, 2160), ('2026-08-05', 10, 3)) v (day, events, late), generate_series(1, events) n`,
    [place.village],
  )
}, 60_000)
afterAll(() => office.close())

const winter = { from: '2026-01-01', to: '2026-04-01' }

async function ask(code: string, query: Record<string, string>): Promise<IndicatorAnswer> {
  const search = new URLSearchParams({ division: place.county, ...query })
  return bodyOf<IndicatorAnswer>(await county.get(`/api/v1/indicators/${code}?${search.toString()}`), 200)
}

const four = (number: number | null | undefined) => Number(number?.toPrecision(4))

describe('the figures of a published report', () => {
  test('1,106 births are 266 fewer than the year before', async () => {
    const { values, earlier } = await ask('POP-01', winter)

    expect([values[0]?.numerator, earlier?.values[0]?.numerator]).toEqual([1106, 1372])
    expect(earlier?.differences[0]?.isSignificant).toBe(true)
  })

  test('a birth rate of 2.19 ‰ in four months is 6.67 ‰ a year, which is said apart', async () => {
    const { values, earlier } = await ask('POP-02', { ...winter, annualised: 'true' })
    const silent = await ask('POP-02', winter)

    expect(values[0]).toMatchObject({ denominator: 504_000 })
    expect(four(values[0]?.value)).toBe(2.194)
    expect(four(values[0]?.annualised?.value)).toBe(6.675)
    expect(values[0]?.annualised?.value).toBeCloseTo((values[0]!.value! * 365) / 120, 9)
    expect(four(earlier?.values[0]?.value)).toBe(2.71)
    expect(silent.values[0]?.annualised).toBeNull()
  })

  test('natural growth of 0.18 ‰ is 0.61 below the year before', async () => {
    const { values, earlier } = await ask('POP-04', winter)

    expect(values[0]?.value).toBeCloseTo(0.18, 2)
    expect(values[0]!.value! - earlier!.values[0]!.value!).toBeCloseTo(-0.61, 2)
  })

  test('a sex ratio of 107.9 has its interval, and two points less are no change', async () => {
    const { values, earlier } = await ask('POP-05', winter)

    expect([values[0]?.value, values[0]?.low, values[0]?.high].map(four)).toEqual([107.9, 95.89, 121.4])
    expect(values[0]?.stability).toBe('STABLE')
    expect(earlier?.differences[0]).toMatchObject({ isSignificant: false })
    expect(earlier?.differences[0]?.z).toBeCloseTo(-0.23, 1)
  })

  test.each([
    ['twenty', '2026-01-01', [20, 12.21, 30.89]],
    ['five', '2026-02-01', [5, 1.611, 11.67]],
    ['no', '2026-03-01', [0, 0, 3.668]],
  ])('%s births have the interval of Byar', async (_, month, expected) => {
    const { values } = await ask('POP-01', { from: month, to: month })

    expect([values[0]?.value, values[0]?.low, values[0]?.high].map(four)).toEqual(expected)
  })

  test('late marriages of 72.5 % are 15.5 points fewer, which is a change', async () => {
    const { values, earlier } = await ask('POP-14', { from: '2025-10-01', to: '2026-07-01' })

    expect(values[0]?.denominator).toBe(2455)
    expect(values[0]?.value).toBeCloseTo(72.5, 1)
    expect(values[0]!.value! - earlier!.values[0]!.value!).toBeCloseTo(-15.5, 1)
    expect(earlier?.differences[0]?.isSignificant).toBe(true)
  })

  test('three of ten has the interval of Wilson and is not to be read as a level', async () => {
    const { values } = await ask('POP-14', { from: '2026-08-01', to: '2026-08-01' })

    expect([values[0]?.value, values[0]?.low, values[0]?.high].map(four)).toEqual([30, 10.78, 60.32])
    expect(values[0]?.stability).toBe('UNSTABLE')
  })

  test('births unknown to two registers are estimated as Chapman does', async () => {
    const { values } = await ask('POP-26', { from: '2025-01-01', to: '2025-04-01' })

    expect(values[0]).toMatchObject({ denominator: 1100, numerator: 1085 })
    expect(1100 + values[0]!.value!).toBeCloseTo(1123.82, 2)
    expect(1100 + values[0]!.low!).toBeCloseTo(1121.99, 2)
    expect(1100 + values[0]!.high!).toBeCloseTo(1125.65, 2)
  })
})
