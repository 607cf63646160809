import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Birth } from '@youyu/shared/population/births'
import type { SituationReport } from '@youyu/shared/population/indicators'
import type { Person } from '@youyu/shared/population/persons'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf, furnishPlaces, places, register } from '../../../../../test/register.ts'

let office: TestOffice
let officer: Officer
let mother: Person
const area = `division=${places.county}`
const quarter = `${area}&from=2026-04-01&to=2026-06-01`

/** Sessions end by lying idle: every day somebody signs in anew. */
async function on(day: string): Promise<void> {
  office.setNow(new Date(`${day}T09:00:00+08:00`))
  officer = await office.officer('county_population', places.county)
}
const birthYears = [2025, 2023, ...Array.from({ length: 18 }, (_, index) => 2018 - 5 * index)]

async function recordBirth(occurredOn: string, sex: '1' | '2', known: string, of = mother): Promise<Birth> {
  await on(known)
  const body = { occurredOn, sex, place: 'HOSPITAL', child: {}, motherId: of.id }
  return bodyOf<Birth>(await officer.post('/api/v1/births', body), 201)
}

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  await on('2026-03-01')
  const people = await Promise.all(
    birthYears.map((year) =>
      register(officer, {
        sex: year % 2 === 0 ? '1' : '2',
        birthDate: `${year}-02-11`,
        residenceSince: `${Math.max(year, 2015)}-02-11`,
      }),
    ),
  )
  const mothers = await Promise.all(
    ['1994-07-07', '1995-07-07', '1996-07-07'].map((birthDate) =>
      register(officer, { birthDate, residenceSince: '2015-01-01' }),
    ),
  )
  mother = mothers[0]!
  await recordBirth('2026-04-10', '1', '2026-04-20')
  await recordBirth('2026-04-12', '2', '2026-05-15', mothers[1])
  const mistaken = await recordBirth('2026-05-05', '1', '2026-05-06', mothers[2])
  await on('2026-06-15')
  bodyOf(await officer.post(`/api/v1/births/${mistaken.id}/void`, { reason: '重复登记' }), 201)
  await on('2026-07-08')
  const eldest = people.at(-1)!
  bodyOf(
    await officer.post('/api/v1/deaths', {
      personId: eldest.id,
      occurredOn: '2026-06-20',
      place: 'HOME',
      reporter: 'VILLAGE',
    }),
    201,
  )
  await on('2026-08-20')
})
afterAll(async () => await office.close())

describe('revisions of births', () => {
  test('tell what was known at the month’s end, one and three months later, and now', async () => {
    const { items } = bodyOf<{ items: unknown[] }>(
      await officer.get(`/api/v1/birth-revisions?${area}&from=2026-04-01&to=2026-08-01`),
      200,
    )

    expect(items).toEqual([
      { month: '2026-04-01', atEnd: 1, afterOne: 2, afterThree: 2, now: 2 },
      { month: '2026-05-01', atEnd: 1, afterOne: 0, afterThree: null, now: 0 },
      { month: '2026-06-01', atEnd: 0, afterOne: 0, afterThree: null, now: 0 },
      { month: '2026-07-01', atEnd: 0, afterOne: null, afterThree: null, now: 0 },
      { month: '2026-08-01', atEnd: null, afterOne: null, afterThree: null, now: 0 },
    ])
  })

  test('agree with the records themselves', async () => {
    const [counted] = await office.sql<{ n: number }>(
      `select count(*)::int as n from births where voided_at is null and outcome = 'LIVE' and occurred_on between '2026-04-01' and '2026-04-30'`,
    )
    const { items } = bodyOf<{ items: { now: number }[] }>(
      await officer.get(`/api/v1/birth-revisions?${area}&from=2026-04-01&to=2026-04-01`),
      200,
    )

    expect(items[0]?.now).toBe(counted?.n)
  })

  test('name the wrong month, need the permission, and stay inside the area', async () => {
    const late = await officer.get(`/api/v1/birth-revisions?${area}&from=2027-01-01&to=2027-02-01`)
    const reversed = await officer.get(`/api/v1/birth-revisions?${area}&from=2026-05-01&to=2026-02-01`)
    const other = await officer.get(
      `/api/v1/birth-revisions?division=${places.otherCounty}&from=2026-04-01&to=2026-04-01`,
    )
    const security = await office.officer('lab_user', places.county)
    const unpermitted = await security.get(`/api/v1/birth-revisions?${area}&from=2026-04-01&to=2026-04-01`)

    expect([late.status, reversed.status, other.status, unpermitted.status]).toEqual([400, 400, 403, 403])
    expect(late.text).toContain('?from')
    expect(reversed.text).toContain('?to')
  })

  test('of another township count nothing of this one', async () => {
    const { items } = bodyOf<{ items: { now: number }[] }>(
      await officer.get(
        `/api/v1/birth-revisions?division=${places.otherTownship}&from=2026-04-01&to=2026-04-01`,
      ),
      200,
    )

    expect(items[0]?.now).toBe(0)
  })
})

type Table = {
  stability: string
  lifeExpectancy: { value: number } | null
  rows: { age: number; width: number | null; deaths: number; population: number; lx: number }[]
  standardised: { value: number } | null
}
const tableFor = async (query: string) =>
  bodyOf<Table>(await officer.get(`/api/v1/life-tables?${area}&${query}`), 200)

describe('a life table', () => {
  test('stands on deaths and on person-years that the people themselves give', async () => {
    const table = await tableFor('from=2025-07-01&to=2026-06-01')

    const [open] = await office.sql<{ people: number; deaths: number }>(
      `with days as (select '2025-06-30'::date as day union all select '2026-06-30')
       select (select sum(n)::float8 / 2 from (select count(*) as n from days join persons p on extract(year from age(day, p.birth_date)) >= 85
           and not exists (select from deaths d where d.person_id = p.id and d.occurred_on <= day and d.voided_at is null) group by day) each) as people,
         (select count(*)::int from deaths where voided_at is null and age_days >= 85 * 365.25) as deaths`,
    )
    expect(table.rows.at(-1)).toMatchObject({
      age: 85,
      width: null,
      deaths: open?.deaths,
      population: open?.people,
    })
    expect(table.rows.map(({ age }) => age).slice(0, 4)).toEqual([0, 1, 5, 10])
    expect(table.rows[0]?.lx).toBe(100_000)
    expect(table.stability).toBe('UNSTABLE')
    expect(table.lifeExpectancy?.value).toBeGreaterThan(80)
    expect(table.standardised?.value).toBeGreaterThan(0)
  })

  test('is not made where an age has nobody', async () => {
    const table = await tableFor('from=2025-07-01&to=2026-06-01&form=single&sex=1')

    expect(table.rows).toEqual([])
    expect(table.lifeExpectancy).toBeNull()
  })

  test('is not made from before the book begins', async () => {
    const table = await tableFor('from=2009-01-01&to=2012-12-01')

    expect(table.rows).toEqual([])
  })
})

const reportFor = async (query = '') =>
  bodyOf<SituationReport>(await officer.get(`/api/v1/situation-reports?${quarter}${query}`), 200)
const textOf = (report: SituationReport, key: string, language: 'zh' | 'en' = 'zh') =>
  report.sections.find((section) => section.key === key)?.[language].sentences.join('') ?? ''

describe('a situation report', () => {
  test('says in words what its numbers say, cautiously where they are few', async () => {
    const report = await reportFor()

    const [counted] = await office.sql<{ male: number; female: number }>(
      `select count(*) filter (where sex = '1')::int as male, count(*) filter (where sex = '2')::int as female from births
       where voided_at is null and outcome = 'LIVE' and occurred_on between '2026-04-01' and '2026-06-30'`,
    )
    const total = counted!.male + counted!.female
    const livingOn = (day: string) =>
      `count(distinct e.person_id) filter (where e.from_on <= '${day}' and (e.to_on is null or e.to_on > '${day}')
         and not exists (select from deaths d where d.person_id = e.person_id and d.voided_at is null and d.occurred_on <= '${day}'))::int`
    const [living] = await office.sql<{ before: number; after: number }>(
      `select ${livingOn('2026-03-31')} as before, ${livingOn('2026-06-30')} as after from residence_episodes e where voided_at is null`,
    )
    expect(report.sections.map(({ key }) => key)).toEqual([
      'population',
      'births',
      'deaths',
      'moves',
      'marriages',
      'timeliness',
      'quality',
    ])
    expect(textOf(report, 'births')).toContain(
      `期内活产 ${total} 人（男 ${counted!.male}，女 ${counted!.female}）`,
    )
    expect(textOf(report, 'births')).toContain('性别比只作描述，不作水平判断')
    expect(textOf(report, 'births', 'en')).toContain(`${total} live births in the period`)
    expect(textOf(report, 'deaths')).not.toContain('超出随机波动')
    expect(textOf(report, 'population')).toContain(
      `期末常住人口 ${living!.after} 人，期初 ${living!.before} 人`,
    )
    expect(textOf(report, 'quality')).toContain('逐村核对相符')
    expect(textOf(report, 'quality')).toContain('出生 2 条中 1 条、死亡 1 条中 1 条')
  })

  test('has its values beside the sentences, and no word of targets, ranks or blame', async () => {
    const report = await reportFor()

    const births = report.sections.find(({ key }) => key === 'births')!
    expect(births.values.find(({ code, component }) => code === 'POP-01' && component === null)?.value).toBe(
      2,
    )
    const everything = report.sections.flatMap(({ zh, en }) => [...zh.sentences, ...en.sentences]).join('\n')
    expect(everything).not.toMatch(/排名|名次|第一名|完成率|落后|责任人|\bworst\b|\bbest\b|\brank/)
  })

  test('for publication withholds small numbers in its words too', async () => {
    const report = await reportFor('&publication=true')

    expect(textOf(report, 'births')).toContain('按小数规则不公布')
    expect(textOf(report, 'births')).not.toMatch(/期内活产 \d/)
    expect(textOf(report, 'moves')).toContain('按小数规则不公布')
    expect(textOf(report, 'population')).not.toContain('期内变动')
  })

  test('stays inside the area of its reader', async () => {
    const village = await office.officer('village_worker', places.farVillage)

    const answer = await village.get(`/api/v1/situation-reports?${quarter}`)

    expect(answer.status === 403 || (answer.body as SituationReport).sections.length > 0).toBe(true)
    if (answer.status === 200) expect(answer.text).not.toContain('期内活产 2 人')
  })
})

describe('the tables of indicators', () => {
  const url = `/api/v1/indicator-tables?${quarter}&codes=POP-01,POP-02`

  test('are a workbook of the area and its parts, with their definitions', async () => {
    const response = await office.app.inject({
      url,
      headers: { authorization: `Bearer ${officer.token}` },
    })

    expect(response.headers['content-type']).toContain('spreadsheetml')
    const book = await readXlsx(response.rawPayload)
    const [table, described] = book.sheets
    expect(table?.rows[0]).toContain('分母')
    const births = table!.rows.filter((row) => row[0] === 'POP-01' && row[2] === null)
    expect(births.map((row) => [row[3], row[8]])).toContainEqual([places.county, 2])
    expect(births.map((row) => [row[3], row[8]])).toContainEqual([places.street, 2])
    expect(described?.rows.map((row) => row[0])).toContain('POP-02')
  })

  test('are lines of text that a spreadsheet opens, and are written into the log', async () => {
    const answer = await officer.get(`${url}&format=csv&publication=true`)

    expect(answer.text.startsWith('\ufeff指标代码,')).toBe(true)
    expect(answer.text).toContain('不公布')
    const taken = await office.sql(
      `select action, entity from access_log where entity = 'indicators' order by at desc limit 1`,
    )
    expect(taken).toEqual([{ action: 'export', entity: 'indicators' }])
  })

  test('name a code that is none', async () => {
    const answer = await officer.get(`/api/v1/indicator-tables?${quarter}&codes=POP-99`)

    expect([answer.status, answer.text.includes('?codes')]).toEqual([400, true])
  })
})
