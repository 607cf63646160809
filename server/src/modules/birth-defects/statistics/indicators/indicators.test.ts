import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IndicatorValue } from '@youyu/shared/population/indicators'
import { furnishChain } from '../../../../../test/chain-facts.ts'
import type { Place } from '../../../../../test/county.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf } from '../../../../../test/register.ts'
import { countNight } from '../index.ts'
import { birthDefectCatalogue } from './catalogue.ts'

let office: TestOffice
let place: Place
let bureau: Officer
beforeAll(async () => {
  office = await openOffice()
  place = await furnishChain(office)
  bureau = await office.officer('county_mch', place.county)
}, 60_000)
afterAll(() => office.close())

const FROM = '2025-01-01'
const TO = '2025-12-01'
const LAST = '2025-12-31'
const TODAY = '2026-08-15'

async function valuesOf(
  code: string,
  query: Record<string, string> = {},
  officer = bureau,
): Promise<IndicatorValue[]> {
  const search = new URLSearchParams({ division: place.county, from: FROM, to: TO, ...query })
  const answer = await officer.get(`/api/v1/birth-defect-indicators/${code}?${search.toString()}`)
  return bodyOf<{ values: IndicatorValue[] }>(answer, 200).values
}

async function figure(code: string, component: string | null = null, query: Record<string, string> = {}) {
  const found = (await valuesOf(code, query)).find((value) => value.component === component)!
  return [found.numerator, found.denominator]
}

const during = (column: string) => `${column} between '${FROM}' and '${LAST}'`
const couples = `(select distinct coalesce(woman_id, man_id) as who, date_trunc('month', occurred_on) as month, bool_or(risk = 'HIGH_RISK') as high,
  bool_or(risk = 'HIGH_RISK' and advised_on is not null) as advised from couple_checks where kind = 'PRECONCEPTION' and ${during('occurred_on')} group by 1, 2) c`
const due = (item: string) =>
  `chain_links l join chains c on c.id = l.chain_id where l.item = '${item}' and ${during('l.window_from')} and l.state not in ('NOT_DUE', 'NOT_APPLICABLE')`
const visits = `(select count(*) from antenatal_visits v where v.pregnancy_id = b.pregnancy_id)`
const deliveries = `births b where b.voided_at is null and b.sequence = 1 and ${during('b.occurred_on')}`
const live = `births b where b.voided_at is null and b.outcome = 'LIVE' and ${during('b.occurred_on')}`
const mid = `pregnancies p join folic_acid_courses f on f.client_id = p.woman_id and not f.is_high_dose and f.started_on between p.expected_on - 645 and p.expected_on - 189
  where ${during('(p.expected_on - 189)')} and not exists (select from folic_acid_courses o where o.client_id = f.client_id and not o.is_high_dose
    and o.started_on > f.started_on and o.started_on <= p.expected_on - 189)`
const risky = `(select pregnancy_id, min(occurred_on) as day from antenatal_contacts where risk_colour in ('ORANGE', 'RED') or is_purple group by 1) k where ${during('k.day')}`
const at146 = `pregnancies p where ${during('(p.expected_on - 134)')}`
const indicated = `(select chain_id, min(day) as day from (select chain_id, opened_on as day from screen_positives where kind <> 'OGTT'
  union all select chain_id, offered_on from prenatal_diagnoses) q group by 1) k where ${during('k.day')}`
const suspects = `blood_spots s where s.pku = 'SUSPECT' and ${during('s.reported_on')}`
const perinatals = `births b where b.voided_at is null and (b.outcome = 'LIVE' or b.gestation_days >= 196) and ${during('b.occurred_on')}`
const inHospital = `${perinatals} and b.facility_id is not null`
const caseIn = (window: string) =>
  `defect_cards d where d.status <> 'DRAFT' and not d.is_functional_only and ${window} and ${during('d.born_on')}`
const first7 = 'd.gestation_days >= 196 and d.diagnosed_on - d.born_on <= 7'
const resident = `d.division_code like '371121%'`
const cards = `defect_cards d where d.status <> 'DRAFT' and ${during('d.diagnosed_on')}`
const followUps = `child_visits v where ${during('v.due_to')} and (v.state in ('DONE', 'LOST') or (v.state = 'PLANNED' and v.due_to < '${TODAY}'))`
const files = `family_files f where f.known_on <= '${LAST}' and (f.closed_on is null or f.closed_on > '${LAST}')`

/** Each formula of domain §4.4 again, as plain SQL over the records themselves; a bare number is a sum. */
const formulas: [code: string, component: string | null, numerator: string, denominator: string | null][] = [
  [
    'BDI-01',
    null,
    `(select distinct p.person_id, date_trunc('month', c.occurred_on) from couple_checks c join couple_check_parties p on p.check_id = c.id where c.kind = 'PREMARITAL' and ${during('c.occurred_on')}) c`,
    `marriage_events m cross join (values (1), (2)) as w (n) where m.event in ('MARRY', 'REMARRY') and ${during('m.occurred_on')}`,
  ],
  [
    'BDI-02',
    null,
    couples,
    `(select distinct who, date_trunc('month', day) from (
      select case when sex_a = '2' then party_a else party_b end as who, occurred_on as day from marriage_events where event in ('MARRY', 'REMARRY')
      union all select registrant_id, (registered_at at time zone 'Asia/Shanghai')::date from birth_registrations where purpose = 'PLANNING') q where ${during('day')}) t`,
  ],
  ['BDI-03', null, `${couples} where c.high`, couples],
  ['BDI-03', 'advised', `${couples} where c.advised`, `${couples} where c.high`],
  ['BDI-04', null, `${due('TORCH')} and l.state = 'DONE'`, due('TORCH')],
  [
    'BDI-05',
    null,
    `torch_tests t where not t.is_retest and ${during('t.occurred_on')} and exists (select from torch_results r where r.test_id = t.id and r.is_actionable)`,
    `torch_tests t where not t.is_retest and ${during('t.occurred_on')}`,
  ],
  [
    'BDI-05',
    'CMV',
    `torch_results r join torch_tests t on t.id = r.test_id where r.agent = 'CMV' and r.is_actionable and not t.is_retest and ${during('t.occurred_on')}`,
    `torch_results r join torch_tests t on t.id = r.test_id where r.agent = 'CMV' and not t.is_retest and ${during('t.occurred_on')}`,
  ],
  [
    'BDI-06',
    null,
    `torch_cases c where c.closed_on - c.found_on <= 60 and ${during('c.found_on')}`,
    `torch_cases c where (c.closed_on is not null or c.found_on + 60 < '${TODAY}') and ${during('c.found_on')}`,
  ],
  [
    'BDI-07',
    null,
    `${due('FOLIC_ACID')} and exists (select from folic_acid_courses f where f.client_id = c.woman_id and f.started_on between l.window_from - 180 and l.window_to)`,
    due('FOLIC_ACID'),
  ],
  [
    'BDI-08',
    null,
    `${mid} and f.started_on < p.expected_on - 280 and f.days_taken >= 0.8 * (p.expected_on - 189 - f.started_on)`,
    mid,
  ],
  [
    'BDI-09',
    null,
    `folic_acid_surveys s cross join generate_series(1, s.aware) where ${during('s.occurred_on')}`,
    `folic_acid_surveys s cross join generate_series(1, s.surveyed) where ${during('s.occurred_on')}`,
  ],
  [
    'BDI-10',
    null,
    `folic_acid_issues i cross join generate_series(1, i.boxes) where ${during('i.occurred_on')}`,
    due('FOLIC_ACID'),
  ],
  [
    'BDI-11',
    null,
    `(select distinct on (pregnancy_id) occurred_on, gestation_days from antenatal_visits order by pregnancy_id, occurred_on) v where v.gestation_days < 91 and ${during('v.occurred_on')}`,
    live,
  ],
  ['BDI-12', null, `${deliveries} and ${visits} >= 1`, deliveries],
  ['BDI-12', 'five', `${deliveries} and ${visits} >= 5`, deliveries],
  [
    'BDI-12',
    'of-pregnant',
    `${deliveries} and ${visits} >= 1`,
    `pregnancies p where ${during('p.ended_on')}`,
  ],
  ['BDI-12', 'five-of-live-births', `${deliveries} and ${visits} >= 5`, live],
  [
    'BDI-13',
    'late',
    `antenatal_visits v where v.gestation_days >= 196 and ${during('v.occurred_on')}`,
    `pregnancies p where p.expected_on - 189 <= '${LAST}' and coalesce(p.ended_on, p.expected_on + 14) >= greatest('${FROM}', p.expected_on - 189)`,
  ],
  [
    'BDI-14',
    null,
    `${risky} and exists (select from high_risk_plans h where h.pregnancy_id = k.pregnancy_id)`,
    risky,
  ],
  [
    'BDI-15',
    null,
    `${at146} and exists (select from prenatal_screens s where s.woman_id = p.woman_id and s.kind in ('SERUM', 'NIPT') and s.taken_on between p.expected_on - 280 and p.expected_on + 14)`,
    at146,
  ],
  [
    'BDI-16',
    null,
    `${indicated} and exists (select from prenatal_diagnoses d where d.chain_id = k.chain_id and d.performed_on is not null)`,
    indicated,
  ],
  ['BDI-17', null, `${deliveries} and b.place <> 'HOME'`, deliveries],
  ['BDI-18', null, `${live} and exists (select from blood_spots s where s.child_id = b.child_id)`, live],
  [
    'BDI-18',
    'hearing',
    `${live} and exists (select from hearing_screens s where s.child_id = b.child_id)`,
    live,
  ],
  ['BDI-18', 'cchd', `${live} and exists (select from cchd_screens s where s.child_id = b.child_id)`, live],
  [
    'BDI-19',
    null,
    `${suspects} and s.recalled_on - s.reported_on <= 20`,
    `${suspects} and (s.recalled_on is not null or s.reported_on + 20 < '${TODAY}')`,
  ],
  ['BDI-19', 'confirmed', `${suspects} and s.state in ('CONFIRMED_POS', 'TREATED')`, suspects],
  [
    'BDI-19',
    'treated',
    `${suspects} and s.treated_on <= s.confirmed_on + interval '1 month'`,
    `${suspects} and s.state in ('CONFIRMED_POS', 'TREATED') and (s.treated_on is not null or s.confirmed_on + interval '1 month' < '${TODAY}')`,
  ],
  ['BDI-20', null, caseIn(first7), inHospital],
  ['BDI-20', 'per-mille', caseIn(first7), inHospital],
  [
    'BDI-20',
    'POPULATION_28W_42D',
    caseIn(`${resident} and d.gestation_days >= 196 and d.diagnosed_on - d.born_on <= 42`),
    perinatals,
  ],
  [
    'BDI-20',
    'EXTENDED',
    caseIn(`${resident} and d.diagnosed_on < d.born_on + interval '1 year'`),
    perinatals,
  ],
  ['BDI-21', null, caseIn(`${first7} and d.categories && '{01,02,03}'`), inHospital],
  ['BDI-21', '23', caseIn(`${first7} and '23' = any(d.categories)`), inHospital],
  ['BDI-22', null, `${cards} and d.first_submitted_on - d.diagnosed_on <= 7`, cards],
  ['BDI-22', 'complete', `${cards} and d.missing_fields = '{}'`, cards],
  [
    'BDI-23',
    null,
    `missed_case_audits a cross join generate_series(1, a.logged - a.matched) where ${during('a.quarter_from')}`,
    `missed_case_audits a cross join generate_series(1, a.reported + a.logged - a.matched) where ${during('a.quarter_from')}`,
  ],
  ['BDI-24', null, `${followUps} and v.state = 'DONE' and v.settled_on <= v.due_to`, followUps],
  ['BDI-24', 'declined', `child_visits v where ${during('v.due_to')} and v.state = 'DECLINED'`, null],
  ['BDI-25', null, `${files} and f.opened_on <= '${LAST}'`, files],
  ['BDI-26', null, `postnatal_contacts c where c.days_after_birth <= 28 and ${during('c.born_on')}`, live],
]

describe('an indicator of the chain', () => {
  test('is what the records say, every formula of the domain', async () => {
    const count = async (from: string | null) =>
      from === null ? null : (await office.sql<{ n: number }>(`select count(*)::int as n from ${from}`))[0]!.n
    const told: unknown[] = []
    const expected: unknown[] = []
    for (const [code, component, numerator, denominator] of formulas) {
      told.push([code, component, ...(await figure(code, component))])
      expected.push([code, component, await count(numerator), await count(denominator)])
    }

    expect(told).toEqual(expected)
    const empty = formulas.filter((_, index) => (expected[index] as number[])[2] === 0)
    expect(empty.map(([code, component]) => `${code} ${component ?? ''}`)).toEqual([])
    expect(new Set(formulas.map(([code]) => code)).size).toBe(26)
  })

  test('adds up by township; results, defects and families are told of the county alone', async () => {
    for (const code of ['BDI-04', 'BDI-12', 'BDI-18']) {
      const whole = await figure(code)
      const parts = (await valuesOf(code, { by: 'part' })).filter(({ component }) => component === null)
      const sum = (side: 'numerator' | 'denominator') =>
        parts.reduce((total, value) => total + (value[side] ?? 0), 0)
      expect([code, sum('numerator'), sum('denominator')]).toEqual([code, ...whole])
    }
    for (const code of ['BDI-05', 'BDI-06', 'BDI-20', 'BDI-21', 'BDI-22', 'BDI-23', 'BDI-24', 'BDI-25'])
      expect([code, await valuesOf(code, { by: 'part' })]).toEqual([code, []])
  })

  test('says of itself everything it takes to be read, its reading with the definition’s version', async () => {
    const [prevalence] = await valuesOf('BDI-20')
    const antenatal = await valuesOf('BDI-12')

    expect(prevalence).toMatchObject({
      ...{ code: 'BDI-20', unit: '/万', method: 'Clopper–Pearson exact 95 %', stability: 'UNSTABLE' },
      ...{ periodFrom: FROM, periodTo: LAST, definitionVersion: '1.0 HOSPITAL_28W_7D' },
    })
    expect(prevalence!.value).toBeCloseTo((10_000 * prevalence!.numerator!) / prevalence!.denominator!, 9)
    expect(new Set(antenatal.map(({ definitionVersion }) => definitionVersion))).toEqual(
      new Set(['1.0 women-delivering', '1.0 pregnancies-ended', '1.0 live-births']),
    )
    const forbidden = birthDefectCatalogue.definitions.filter(({ targetForbidden }) => targetForbidden)
    expect(forbidden.map(({ code }) => code)).toEqual(['BDI-20', 'BDI-21'])
    expect(birthDefectCatalogue.definitions).toHaveLength(26)
  })

  test('answers for every code, by township and year, and as a table', async () => {
    for (const { code } of birthDefectCatalogue.definitions)
      for (const by of ['part', 'year'])
        await valuesOf(code, { by, ...(by === 'year' && { periodBasis: 'STAT_YEAR' }) })
    const table = await bureau.get(
      `/api/v1/birth-defect-indicator-tables?division=${place.county}&from=${FROM}&to=${TO}&format=csv`,
    )

    expect(table.status).toBe(200)
    expect(table.text).toContain('BDI-26')
  })

  test('says when its months were counted, and is counted anew on demand by the county’s office alone', async () => {
    const read = async () =>
      bodyOf<{ countedOn: string | null }>(
        await bureau.get(
          `/api/v1/birth-defect-indicators/BDI-17?division=${place.county}&from=${FROM}&to=${TO}`,
        ),
        200,
      ).countedOn
    const before = await read()
    await office.sql(
      `update birth_defect_tallies set tally = tally + 3 where measure = 'delivery' and month = '2025-03-01'`,
    )
    const [wrong] = await office.sql<{ n: number }>(
      `select count(*)::int as n from birth_defect_tallies where measure = 'delivery' and month = '2025-03-01'`,
    )
    const body = { division: place.county, from: '2025-01-01', to: '2025-12-01' }
    const far = await office.officer('county_mch', '370321000000')

    const { changed } = bodyOf<{ changed: number }>(
      await bureau.post('/api/v1/birth-defect-recounts', body),
      200,
    )

    expect([before, changed]).toEqual([TODAY, wrong!.n])
    expect((await far.post('/api/v1/birth-defect-recounts', body)).status).toBe(403)
    const manager = await office.officer('county_manager', place.county)
    expect((await manager.post('/api/v1/birth-defect-recounts', body)).status).toBe(403)
  })
})

describe('a night', () => {
  test('counts a county once a day, what was recorded meanwhile with it', async () => {
    const read = () => figure('BDI-17', null, { from: '2026-08-01', to: '2026-08-01' })
    const [, before] = await read()
    await office.sql(`update births set voided_at = now(), void_reason = '重复' where id = (
      select id from births where voided_at is null and sequence = 1 and occurred_on between '2026-08-01' and '2026-08-15' limit 1)`)
    await office.sql(`update birth_defect_months set counted_on = counted_on - 1 where month = '2026-08-01'`)

    const counted = [await countNight(office.office), await countNight(office.office)]

    expect(counted).toEqual([1, 0])
    expect((await read())[1]).toBe(before! - 1)
  })
})

describe('the statistics of the chain', () => {
  const asked = () => `division=${place.county}&from=${FROM}&to=${TO}`
  const reads = () => [
    `/api/v1/birth-defect-indicators/BDI-17?${asked()}`,
    `/api/v1/birth-defect-indicator-tables?${asked()}&codes=BDI-17`,
    `/api/v1/birth-defect-cascade-tables?${asked()}&format=csv`,
    `/api/v1/birth-defect-cascade-tables?${asked()}&format=xlsx`,
    `/api/v1/defect-prevalence?${asked()}`,
    `/api/v1/defect-alarms?${asked()}`,
    `/api/v1/defect-funnel?${asked()}`,
  ]

  test('are read by whoever answers for the county, by nobody below it, and not for a part or another county', async () => {
    const below = await Promise.all([
      office.officer('township_worker', place.township),
      office.officer('village_worker', place.village),
      office.officer('station_clinician', place.township, { organisation: 'H1' }),
    ])
    const far = await office.officer('county_mch', '370321000000')

    for (const url of reads()) {
      expect([url, (await bureau.get(url)).status]).toEqual([url, 200])
      expect((await bureau.get(url.replace(place.county, place.township))).status).toBe(403)
      for (const officer of [...below, far]) expect((await officer.get(url)).status).toBe(403)
    }
  })

  test('show a database role without the area nothing', async () => {
    const seen = async (area: string, table: string) => {
      const client = await office.db.owner.connect()
      try {
        await client.query(`begin; set local role youyu_app; set local app.area = '${area}'`)
        return (await client.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]!.n
      } finally {
        await client.query('rollback')
        client.release()
      }
    }
    for (const table of ['birth_defect_tallies', 'birth_defect_months']) {
      expect([table, await seen('{["371121101","371121101:")}', table)]).toEqual([table, 0])
      expect([table, (await seen('{["371121","371121:")}', table)) > 0]).toEqual([table, true])
    }
  })
})
