import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IndicatorValue } from '@youyu/shared/population/indicators'
import { furnishCare } from '../../../../../test/care-facts.ts'
import type { Place } from '../../../../../test/county.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf } from '../../../../../test/register.ts'
import { careCatalogue } from './catalogue.ts'

let office: TestOffice
let place: Place
let bureau: Officer
beforeAll(async () => {
  office = await openOffice()
  place = await furnishCare(office)
  bureau = await office.officer('county_mch', place.county)
}, 60_000)
afterAll(() => office.close())

const FROM = '2025-01-01'
const TO = '2025-12-01'
const [FIRST, LAST] = ['2025-01-01', '2025-12-31']

async function valuesOf(
  code: string,
  query: Record<string, string> = {},
  officer = bureau,
): Promise<IndicatorValue[]> {
  const search = new URLSearchParams({ division: place.county, from: FROM, to: TO, ...query })
  const answer = await officer.get(`/api/v1/care-indicators/${code}?${search.toString()}`)
  return bodyOf<{ values: IndicatorValue[] }>(answer, 200).values
}

async function figure(code: string, component: string | null = null, query: Record<string, string> = {}) {
  const found = (await valuesOf(code, query)).find((value) => value.component === component)!
  return [found.numerator, found.denominator]
}

const during = (column: string) => `${column} between '${FIRST}' and '${LAST}'`
const episodes = `method_episodes e where not e.is_dual and e.voided_at is null`
const usersThen = `${episodes} and e.started_on <= '${LAST}' and (e.ended_on is null or e.ended_on > '${LAST}')`
const types = (list: string) => `p.type in (${list})`
const notAborting = `p.type not in ('P10', 'P11', 'P12', 'P13')`
const done = `procedures p where p.voided_at is null and ${during('p.performed_on')}`
const choices = `informed_choices c where c.voided_at is null and ${during('c.occurred_on')}`

/** Each formula of domain §4.3 again, as plain SQL over the records themselves. */
const formulas: [code: string, component: string | null, numerator: string, denominator: string | null][] = [
  ['CON-02', 'iud', `${usersThen} and e.method in ('M30', 'M31')`, usersThen],
  ['CON-02', 'M70', `${usersThen} and e.method = 'M70'`, usersThen],
  [
    'CON-03',
    null,
    `${usersThen} and e.method in ('M30', 'M31', 'M40', 'M41', 'M42')`,
    `${usersThen} and e.method not in ('M90', 'M91', 'M92', 'M99')`,
  ],
  [
    'CON-04',
    null,
    `${usersThen} and e.method in ('M10', 'M20', 'M30', 'M31', 'M40', 'M41', 'M42')`,
    usersThen,
  ],
  [
    'CON-06',
    'postabortion',
    `${done} and ${types(`'P10', 'P12'`)} and exists (select from informed_choices c where c.client_id = p.client_id and c.occurred_on = p.performed_on)`,
    `${done} and ${types(`'P10', 'P12'`)}`,
  ],
  [
    'CON-07',
    'supply',
    `service_offers s where s.service = 'SUPPLY' and ${during('s.opened_on')} and s.closing = 'DONE' and s.closed_on - s.opened_on <= 30`,
    `service_offers s where s.service = 'SUPPLY' and ${during('s.opened_on')} and s.closing is distinct from 'DECLINED'`,
  ],
  [
    'CON-09',
    null,
    `${episodes} and ${during('e.started_on')} and e.choice_id is not null`,
    `${episodes} and ${during('e.started_on')}`,
  ],
  [
    'CON-10',
    null,
    `${choices} and cardinality(c.methods_explained) >= 4 and c.side_effects_explained and c.follow_up_explained`,
    choices,
  ],
  [
    'CON-11',
    null,
    `follow_up_tasks t where ${during('t.due_to')} and t.status = 'DONE'`,
    `follow_up_tasks t where ${during('t.due_to')} and t.status in ('DONE', 'PLANNED')`,
  ],
  [
    'CON-12',
    null,
    `procedures p where p.source = 'MANUAL' and ${during('p.requested_on')} and p.performed_on - p.requested_on <= 7`,
    `procedures p where p.source = 'MANUAL' and p.type in ('P02', 'P05') and ${during('p.requested_on')}`,
  ],
  [
    'CON-13',
    null,
    `complications p where ${during('p.onset_on')} and p.procedure_type in ('P01', 'P02', 'P04', 'P05')`,
    `${done} and ${notAborting}`,
  ],
  ['CON-14', null, `${done} and ${notAborting}`, null],
  ['CON-14', 'P01', `${done} and p.type = 'P01'`, null],
  ['CON-14', 'abortion', `${done} and not (${notAborting})`, null],
  [
    'CON-15',
    null,
    `${done} and not (${notAborting})`,
    `births b where b.outcome = 'LIVE' and b.voided_at is null and ${during('b.occurred_on')}`,
  ],
  [
    'CON-18',
    null,
    `check_visits v where v.has_finding and ${during('v.occurred_on')}`,
    `check_visits v where ${during('v.occurred_on')}`,
  ],
  [
    'CON-18',
    'treated',
    `check_visits v where v.is_treated and ${during('v.occurred_on')}`,
    `check_visits v where v.has_finding and ${during('v.occurred_on')}`,
  ],
  [
    'CON-23',
    null,
    `infertility_cases i where i.has_semen_analysis and ${during('i.opened_on')}`,
    `infertility_cases i where ${during('i.opened_on')}`,
  ],
]

describe('a contraception indicator', () => {
  test.each(formulas)('%s %s is what the records say', async (code, component, numerator, denominator) => {
    const count = async (from: string | null) =>
      from === null ? null : (await office.sql<{ n: number }>(`select count(*)::int as n from ${from}`))[0]!.n

    const expected = [await count(numerator), await count(denominator)]

    expect(await figure(code, component)).toEqual(expected)
    if (code !== 'CON-12') expect(expected[0]).toBeGreaterThan(0)
  })

  test('CON-01 is users of 15–49 in union over the register’s women in union, now', async () => {
    const [users] = await office.sql<{ n: number }>(
      `select count(*)::int as n from ${episodes} and e.ended_on is null and e.in_union and 2026 - e.birth_year between 15 and 49`,
    )
    const [women] = await office.sql<{ n: number }>(
      `select count(*)::int as n from persons where sex = '2' and status = 'ACTIVE' and marital_status like '2%' and residence_status in ('1', '3', '4')
       and 2026 - extract(year from birth_date) between 15 and 49`,
    )

    expect(await figure('CON-01', null, { from: '2026-01-01', to: '2026-08-01' })).toEqual([
      users!.n,
      women!.n,
    ])
    const [before] = await valuesOf('CON-01')
    expect([before!.denominator, before!.value]).toEqual([0, null])
  })

  test('CON-08 counts failures over woman-years of use', async () => {
    const [counted] = await office.sql<{ failures: number; years: number }>(
      `select count(*) filter (where e.end_reason = 'METHOD_FAILURE' and ${during('e.ended_on')})::int as failures,
        sum((least(coalesce(e.ended_on, '2026-01-01'), '2026-01-01') - greatest(e.started_on, '${FIRST}')))::int / 365.25 as years
       from ${episodes} and e.started_on <= '${LAST}' and coalesce(e.ended_on, '${LAST}') >= '${FIRST}'`,
    )

    const [failures, years] = await figure('CON-08')

    expect(failures).toBe(counted!.failures)
    expect(years).toBeCloseTo(Number(counted!.years), 6)
  })

  test('CON-16 is printed with both denominators', async () => {
    const period = { from: '2026-01-01', to: '2026-08-01' }
    const [counted] = await office.sql<{ came: number; invited: number; declined: number }>(
      `select count(*) filter (where v.came)::int as came, count(*)::int as invited, count(*) filter (where not v.came and i.status = 'DECLINED')::int as declined
       from check_invitations i cross join lateral (select exists (select from check_visits v where v.client_id = i.client_id and v.occurred_on >= '2026-01-01') as came) v`,
    )

    expect(await figure('CON-16', null, period)).toEqual([
      counted!.came,
      counted!.invited - counted!.declined,
    ])
    expect(await figure('CON-16', 'of-all', period)).toEqual([counted!.came, counted!.invited])
  })

  test('adds up by township, and tells abortions and infections of the county alone', async () => {
    const whole = await figure('CON-09')
    const parts = await valuesOf('CON-09', { by: 'part' })
    const sum = (side: 'numerator' | 'denominator') =>
      parts
        .filter(({ component }) => component === null)
        .reduce((total, value) => total + (value[side] ?? 0), 0)

    expect([sum('numerator'), sum('denominator')]).toEqual(whole)
    for (const code of ['CON-08', 'CON-15', 'CON-18', 'CON-23'])
      expect(await valuesOf(code, { by: 'part' })).toEqual([])
    const procedures = await valuesOf('CON-14', { by: 'part' })
    expect(procedures.some(({ component }) => component === 'abortion')).toBe(false)
    expect(procedures.length).toBeGreaterThan(0)
  })

  test('says of itself everything it takes to be read', async () => {
    const [value] = await valuesOf('CON-04')

    expect(value).toMatchObject({
      ...{ code: 'CON-04', unit: '%', method: 'Wilson 95 %', stability: 'STABLE', definitionVersion: '1.0' },
      ...{ periodFrom: FIRST, periodTo: LAST, periodBasis: 'MONTH_RANGE', population: 'residence' },
    })
    const forbidden = careCatalogue.definitions.filter(({ targetForbidden }) => targetForbidden)
    expect(forbidden.map(({ code }) => code)).toEqual(['CON-02', 'CON-03', 'CON-04', 'CON-14', 'CON-15'])
    expect(careCatalogue.definitions).toHaveLength(24)
  })

  test('answers for every code, whole, by township, month and year, and as a table', async () => {
    for (const { code } of careCatalogue.definitions)
      for (const by of ['none', 'part', 'month', 'year']) await valuesOf(code, { by })
    const table = await bureau.get(
      `/api/v1/care-indicator-tables?division=${place.county}&from=${FROM}&to=${TO}&format=csv`,
    )

    expect(table.status).toBe(200)
    expect(table.text).toContain('CON-24')
  })
})

describe('the statistics of care', () => {
  const asked = () => `division=${place.county}&from=${FROM}&to=${TO}`
  const reads = () => [
    `/api/v1/care-indicators/CON-04?${asked()}`,
    `/api/v1/contraceptive-prevalence?division=${place.county}`,
    `/api/v1/method-continuation?${asked()}`,
    `/api/v1/complication-surveillance?${asked()}`,
    `/api/v1/care-months?${asked()}`,
  ]

  test('are read by whoever answers for the county, and by nobody below it', async () => {
    const below = await Promise.all([
      office.officer('township_worker', place.township),
      office.officer('village_worker', place.village),
      office.officer('station_clinician', place.township, { organisation: 'H1' }),
      office.officer('pharmacist', place.county, { organisation: 'H1' }),
    ])

    for (const url of reads()) {
      expect((await bureau.get(url)).status).toBe(200)
      for (const officer of below) expect((await officer.get(url)).status).toBe(403)
    }
  })

  test('are refused for a part of the county and for another one', async () => {
    const far = await office.officer('county_mch', '370321000000')

    for (const url of reads()) {
      expect((await bureau.get(url.replace(place.county, place.township))).status).toBe(403)
      expect((await far.get(url)).status).toBe(403)
    }
  })

  test('show a database role without the area nothing', async () => {
    const tables = ['care_tallies', 'method_months', 'method_users', 'union_women']
    const functions = [
      `app.care_outcomes(371121, 'start', '2024-01-01', '2026-08-01', '2026-08-15')`,
      `app.method_use(371121, '2024-01-01', '2026-08-01')`,
      `app.method_continuation(371121, '2024-01-01', '2026-08-01', '2026-08-15')`,
      `app.complication_counts(371121, '2024-01-01', '2026-08-01')`,
    ]
    const seen = async (area: string, source: string) => {
      const client = await office.db.owner.connect()
      try {
        await client.query(`begin; set local role youyu_app; set local app.area = '${area}'`)
        return (await client.query<{ n: number }>(`select count(*)::int as n from ${source}`)).rows[0]!.n
      } finally {
        await client.query('rollback')
        client.release()
      }
    }
    for (const source of [...tables, ...functions]) {
      expect([source, await seen('{["371121101","371121101:")}', source)]).toEqual([source, 0])
      expect([source, (await seen('{["371121","371121:")}', source)) > 0]).toEqual([source, true])
    }
  })
})
