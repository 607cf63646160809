import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IndicatorValue } from '@youyu/shared/population/indicators'
import type { Place } from '../../../../../test/county.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf } from '../../../../../test/register.ts'
import { furnishEvents } from '../../../../../test/furnished-county.ts'
import { recounts } from '../../../../../test/recounts.ts'
import type { IndicatorAnswer } from './service.ts'

let office: TestOffice
let place: Place
let county: Officer
beforeAll(async () => {
  office = await openOffice()
  place = await furnishEvents(office)
  county = await office.officer('county_population', place.county)
}, 60_000)
afterAll(() => office.close())

type Query = Record<string, string>
const year2025 = { from: '2025-01-01', to: '2025-12-01' }

async function ask(code: string, query: Query = {}, officer = county): Promise<IndicatorAnswer> {
  const search = new URLSearchParams({ division: place.county, ...year2025, ...query })
  return bodyOf<IndicatorAnswer>(await officer.get(`/api/v1/indicators/${code}?${search.toString()}`), 200)
}

const byComponent = (values: readonly IndicatorValue[]) =>
  new Map(values.map((value) => [value.component, value]))
const total = (values: readonly IndicatorValue[], component: string | null = null) =>
  values
    .filter((value) => value.component === component)
    .reduce((sum, value) => sum + (value.numerator ?? 0), 0)

describe('an indicator', () => {
  const questions = [
    ['of the county by residence', '371121', 'residence'],
    ['of a township by residence', '371121101', 'residence'],
    ['of a village by residence', '371121102201', 'residence'],
    ['of the county by hukou', '371121', 'hukou'],
    ['of a township by hukou', '371121102', 'hukou'],
  ] as const

  test.each(questions)('%s is what a recount of the facts says', async (_, prefix, population) => {
    const wrong: unknown[] = []
    for (const recount of recounts(population)) {
      const { values } = await ask(recount.code, { division: prefix.padEnd(12, '0'), population })
      const value = byComponent(values).get(recount.component)
      const days = recount.days?.(prefix.length) ?? ['2024-12-31', '2025-01-01', '2025-12-31']
      const [expected] = await office.sql<{ numerator: number; denominator: number | null }>(
        `select (${recount.numerator})::float8 as numerator, (${recount.denominator ?? 'null'})::float8 as denominator
         from (select $1::text as prefix, $2::date as before, $3::date as first, $4::date as last) p`,
        [`${prefix}%`, ...days],
      )
      const found = { numerator: value?.numerator, denominator: value?.denominator }
      if (JSON.stringify(found) !== JSON.stringify(expected))
        wrong.push({ code: recount.code, component: recount.component, found, expected })
      if (recount.per && expected!.denominator)
        expect(value?.value).toBeCloseTo((recount.per * expected!.numerator) / expected!.denominator, 9)
    }

    expect(wrong).toEqual([])
  })

  test('carries what it takes to read it', async () => {
    const [value] = (await ask('POP-02')).values

    expect(value).toMatchObject({
      code: 'POP-02',
      division: { code: place.county, name: '某县', level: 3 },
      ...{ periodFrom: '2025-01-01', periodTo: '2025-12-31', periodBasis: 'MONTH_RANGE' },
      ...{ population: 'residence', boundaryDate: '2026-08-15', dataCutoff: '2026-08-15T04:00:00.000Z' },
      ...{ unit: '‰', method: 'Byar 95 %', annualised: null, suppressed: null, definitionVersion: '1.0' },
    })
  })

  test('of a period that is not over ends today', async () => {
    const { values } = await ask('POP-01', {
      periodBasis: 'CALENDAR_YEAR',
      from: '2026-03-01',
      to: '2026-03-01',
    })

    expect(values[0]).toMatchObject({ periodFrom: '2026-01-01', periodTo: '2026-08-15' })
  })

  test('of a statistical year runs from October to September', async () => {
    const { values } = await ask('POP-01', { periodBasis: 'STAT_YEAR', from: '2025-03-01', to: '2025-03-01' })

    expect(values[0]).toMatchObject({ periodFrom: '2024-10-01', periodTo: '2025-09-30' })
  })

  test('by months and by years adds up to the whole', async () => {
    const period = { from: '2024-02-01', to: '2026-05-01' }
    const [whole, months, years] = await Promise.all([
      ask('POP-01', period),
      ask('POP-01', { ...period, by: 'month' }),
      ask('POP-01', { ...period, by: 'year' }),
    ])

    expect(months.values.filter(({ component }) => component === null)).toHaveLength(28)
    expect(
      years.values.filter(({ component }) => component === null).map(({ periodTo }) => periodTo),
    ).toEqual(['2024-12-31', '2025-12-31', '2026-05-31'])
    expect(total(months.values)).toBe(total(whole.values))
    expect(total(years.values)).toBe(total(whole.values))
  })

  test('by parts adds up to the whole, inside a funnel', async () => {
    const [whole, parts] = await Promise.all([ask('POP-02'), ask('POP-02', { by: 'part' })])

    expect(parts.values.map(({ division }) => division.code)).toEqual([place.township, place.otherTownship])
    expect(total(parts.values)).toBe(whole.values[0]?.numerator)
    expect(parts.values.reduce((sum, { denominator }) => sum + denominator!, 0)).toBe(
      whole.values[0]?.denominator,
    )
    expect(parts.funnel!.length).toBeGreaterThan(1)
    expect(whole.funnel).toBeNull()
  })

  test('natural growth is the birth rate less the death rate', async () => {
    const [growth, born, died] = await Promise.all(['POP-04', 'POP-02', 'POP-03'].map((code) => ask(code)))

    expect(growth?.values[0]?.value).toBeCloseTo(born!.values[0]!.value! - died!.values[0]!.value!, 9)
  })

  test('below the county has ages in groups, and three years together for total fertility', async () => {
    const keys = (await ask('POP-09', { division: place.township })).values.map(({ component }) => component)
    const [fertility] = (await ask('POP-10', { division: place.township })).values

    expect(keys).toEqual(['15-19', '20-24', '25-29', '30-34', '35-39', '40-44', '45-49'])
    expect(fertility).toMatchObject({ periodFrom: '2023-01-01', periodTo: '2025-12-31', annualised: null })
    expect(fertility?.method).toContain('pooled over 3 years')
  })

  test('that is known of the present alone says so by its days and has no year before', async () => {
    const { values, earlier } = await ask('POP-20')

    expect(values[0]).toMatchObject({ periodFrom: '2026-08-15', periodTo: '2026-08-15' })
    expect(earlier).toBeNull()
  })

  test('before the book begins has no population to divide by', async () => {
    const { values } = await ask('POP-02', { from: '2010-01-01', to: '2010-12-01' })

    expect(values[0]).toMatchObject({ numerator: 0, denominator: null, value: null })
  })
})

describe('who asks', () => {
  test('in another area learns nothing', async () => {
    const township = await office.officer('township_worker', place.township)
    const inside = await ask('POP-01', { division: place.township }, township)
    const whole = await ask('POP-01', {}, township)
    const { status } = await township.get(
      `/api/v1/indicators/POP-01?division=${place.otherTownship}&from=2025-01-01&to=2025-12-01`,
    )

    expect(status).toBe(403)
    expect(total(whole.values)).toBe(total(inside.values))
  })

  test('without the permission is refused', async () => {
    const pharmacist = await office.officer('pharmacist', place.township)

    expect((await pharmacist.get('/api/v1/indicators')).status).toBe(403)
  })

  test.each([
    ['a period that ends before it begins', { from: '2025-05-01', to: '2025-04-01' }, '?to'],
    ['a period that has not begun', { from: '2027-01-01', to: '2027-02-01' }, '?from'],
  ])('for %s learns which field is wrong', async (_, query, pointer) => {
    const search = new URLSearchParams({ division: place.county, ...query })
    const { status, body } = await county.get(`/api/v1/indicators/POP-01?${search.toString()}`)

    expect(status).toBe(400)
    expect((body as { errors: { pointer: string }[] }).errors[0]?.pointer).toBe(pointer)
  })
})
