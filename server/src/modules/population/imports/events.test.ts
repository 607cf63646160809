import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  errorsOf,
  load,
  loadDivisions,
  numberOf,
  otherVillage,
  peopleFile,
  village,
  type Loaded,
} from '../../../../test/imports.ts'
import type { Job } from '@youyu/shared/jobs'
import { runOpenJobs } from '../../../jobs/index.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { divisionsOfCounty } from '../../../generator/index.ts'
import { writeCounty } from '../../../generator/writing.ts'
import { keptCounts, recounted } from '../../../../test/register.ts'

const mother = numberOf('1995-03-02', 22)
const father = numberOf('1993-05-06', 33)
const child = numberOf('2020-06-01', 44)
const old = numberOf('1940-01-31', 55)
const elsewhere = '370102000000'

const peopleFileOfAll = peopleFile(
  { name: '李梅', sex: '2', birthDate: '1995-03-02', idNumber: mother, household: '1', relation: '1' },
  { name: '王强', sex: '1', birthDate: '1993-05-06', idNumber: father, household: '1', relation: '0' },
  { name: '王小', sex: '2', birthDate: '2020-06-01', idNumber: child, household: '1', relation: '3' },
  { name: '王婴', sex: '1', birthDate: '2026-08-01', household: '1', relation: '2' },
  { name: '孙老', sex: '1', birthDate: '1940-01-31', idNumber: old },
)

let office: TestOffice
let officer: Officer
beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date('2026-11-01T02:00:00Z'))
  officer = await office.officer('county_population', '371121000000')
  await loadDivisions(office, officer)
  const { job } = await load(office, officer, { kind: 'persons' }, peopleFileOfAll)
  expect(job, JSON.stringify(job)).toMatchObject({ rowsAccepted: 5, rowsRejected: 0 })
})
afterAll(() => office.close())

const file = (...lines: string[]) => [...lines, ''].join('\n')
const one = async (text: string, values: unknown[] = []) =>
  (await office.sql(text, values))[0] as Record<string, unknown>

/** Residents and registered of every village: what the book sums to, and what the register holds. */
async function bookAndRegister() {
  const book =
    await office.sql(`select division_code as village, sum(residence)::int as residents, sum(registered)::int as registered
    from population_postings group by 1 having sum(residence) <> 0 or sum(registered) <> 0 order by 1`)
  const register =
    await office.sql(`select village, sum(residents)::int as residents, sum(registered)::int as registered from (
      select residence_division as village, 1 as residents, 0 as registered from persons
      where status in ('ACTIVE', 'SUSPECT_DUP') and residence_status in ('1', '3', '4')
      union all select hukou_division, 0, 1 from persons where status in ('ACTIVE', 'SUSPECT_DUP') and residence_status <> '9') c
    where left(village, 6) = '371121' group by 1 order by 1`)
  return { book, register }
}
async function expectClosed(): Promise<void> {
  const { book, register } = await bookAndRegister()
  expect(book).toEqual(register)
  expect(await keptCounts(office)).toEqual(await recounted(office))
}

describe('an import of births', () => {
  const header =
    '母亲身份证号,父亲身份证号,儿童身份证号,儿童姓名,性别,出生日期,孕周,出生体重,孩次,政策内外,胎儿性别'
  const rows = file(
    header,
    `${mother},${father},${child},王小,女,2020-06-01,39+2,3250,1,政策内,女`,
    `${mother},${father},,王婴,男,2026-08-01,39周1天,3.4kg,2,政策外,男`,
    `${mother},,${numberOf('2023-02-03', 71)},王新,男,2023-02-03,40,3600,2,,`,
    `${numberOf('1990-01-01', 2)},,,,女,2024-05-05,39,3100,1,,`,
    `${mother},,,,女,2027-01-01,39,3100,1,,`,
    `${old},,,,女,2024-01-01,39,3100,1,,`,
    `${mother},,,无名,女,2018-02-02,39,9999,1,,`,
  )

  test('can be rehearsed: nothing is written, the errors are told', async () => {
    const { import: loaded, job } = await load(office, officer, { kind: 'births', dryRun: 'true' }, rows)

    expect(job).toMatchObject({ state: 'succeeded', rowsRead: 7, rowsAccepted: 3, rowsRejected: 4 })
    expect(loaded.dryRun).toBe(true)
    expect(await one('select count(*)::int as n from births')).toEqual({ n: 0 })
    expect(await one('select count(*)::int as n from persons')).toEqual({ n: 5 })
  })

  test('links children who are there, registers those who are not, and names the field of what it refuses', async () => {
    const { import: loaded, job } = await load(office, officer, { kind: 'births' }, rows)

    expect(job).toMatchObject({ state: 'succeeded', rowsRead: 7, rowsAccepted: 3, rowsRejected: 4 })
    expect((await errorsOf(officer, loaded)).map(({ row, column, code }) => [row, column, code])).toEqual([
      [5, '母亲身份证号', 'not-found'],
      [6, '出生日期', 'invalid-date'],
      [7, '母亲身份证号', 'mother-age-impossible'],
      [7, '母亲身份证号', 'invalid-value'],
      [8, '出生体重', 'invalid-value'],
    ])
    expect(loaded.notes.map(({ code, column }) => [code, column])).toEqual([
      ['legacy-policy-column-dropped', '政策内外'],
      ['fetal-sex-column-dropped', '胎儿性别'],
    ])
    const births =
      await office.sql(`select c.name, b.sex, b.occurred_on::text as day, b.order_of_mother as "order", b.mother_age as age,
        b.gestation_days as gestation, b.weight_grams as weight, m.name as mother, f.name as father, c.mother_id = m.id as linked,
        c.household_id is not null as housed, b.findings, b.division_code as village
      from births b join persons c on c.id = b.child_id join persons m on m.id = b.mother_id left join persons f on f.id = b.father_id order by day`)
    const usual = { mother: '李梅', linked: true, housed: true, village }
    expect(births).toEqual([
      {
        ...usual,
        name: '王小',
        sex: '2',
        day: '2020-06-01',
        order: 1,
        age: 25,
        gestation: 275,
        weight: 3250,
        father: '王强',
        findings: ['LATE'],
      },
      {
        ...usual,
        name: '王新',
        sex: '1',
        day: '2023-02-03',
        order: 2,
        age: 27,
        gestation: 280,
        weight: 3600,
        father: null,
        findings: ['LATE'],
      },
      {
        ...usual,
        name: '王婴',
        sex: '1',
        day: '2026-08-01',
        order: 2,
        age: 31,
        gestation: 274,
        weight: 3400,
        father: '王强',
        findings: ['LATE'],
      },
    ])
    expect(await one('select count(*)::int as n from persons')).toEqual({ n: 6 })
    const kinds =
      await office.sql(`select occurred_on::text as day, kind from population_postings p where occurred_on >= '2020-01-01'
      group by 1, 2 having sum(residence) <> 0 order by 1`)
    expect(kinds).toEqual([
      { day: '2020-06-01', kind: 'BIRTH' },
      { day: '2023-02-03', kind: 'BIRTH' },
      { day: '2026-08-01', kind: 'BIRTH' },
    ])
    await expectClosed()
  })

  test('meets what is recorded already and skips it; the same file is refused unless asked for', async () => {
    const answer = await officer.upload(
      '/api/v1/imports',
      { kind: 'births' },
      { name: 'b.csv', content: rows },
    )
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('import-duplicate')

    const { import: again, job } = await load(office, officer, { kind: 'births', again: 'true' }, rows)

    expect(job).toMatchObject({ rowsAccepted: 0, rowsRejected: 4 })
    expect(again.rowsMatched).toBe(3)
    expect(await one('select count(*)::int as n from births')).toEqual({ n: 3 })
    expect(await one('select count(*)::int as n from persons')).toEqual({ n: 6 })
  })

  test('that is cancelled while it runs leaves nothing behind', async () => {
    const days = Array.from({ length: 30_000 }, (_, day) =>
      new Date(Date.UTC(1930, 0, 1 + day)).toISOString().slice(0, 10),
    )
    const content = file('母亲身份证号,性别,出生日期', ...days.map((day) => `${mother},女,${day}`))
    const before = await one(
      'select count(*)::int as n, (select count(*)::int from persons) as people from births',
    )
    const { body } = await officer.upload('/api/v1/imports', { kind: 'births' }, { name: 'd.csv', content })
    const { job } = body as Loaded
    const running = runOpenJobs(office.office)
    while (((await officer.get(`/api/v1/jobs/${job.id}`)).body as Job).rowsRead === 0) await pause(10)

    const cancelled = await officer.post(`/api/v1/jobs/${job.id}/cancellation`)
    await running

    expect(cancelled.status).toBe(202)
    expect((await officer.get(`/api/v1/jobs/${job.id}`)).body).toMatchObject({
      state: 'cancelled',
      rowsAccepted: 0,
    })
    expect(
      await one('select count(*)::int as n, (select count(*)::int from persons) as people from births'),
    ).toEqual(before)
  })

  test('finds nobody of another area', async () => {
    const other = await office.officer('township_worker', '371121100000')
    const { import: loaded, job } = await load(office, other, { kind: 'births' }, rows)

    expect(job).toMatchObject({ rowsAccepted: 0, rowsRejected: 7 })
    expect(new Set((await errorsOf(other, loaded)).map(({ code }) => code))).toEqual(
      new Set(['not-found', 'invalid-date', 'invalid-value']),
    )
  })
})

describe('an import of marriages', () => {
  test('joins both parties, and their status follows', async () => {
    const rows = file(
      '登记类型,登记日期,男方身份证号,女方身份证号,女方姓名,结婚证字号',
      `结婚,2019-05-20,${father},${mother},李梅,J1`,
      `结婚,2010-05-20,${old},,赵外人,J2`,
      `离婚,2015-05-20,${old},,赵外人,J3`,
      `结婚,2019-05-20,${numberOf('1990-01-01', 91)},${mother},,J4`,
      `结婚,2031-05-20,${father},${mother},,J5`,
    )

    const { import: loaded, job } = await load(office, officer, { kind: 'marriages' }, rows)

    expect(job).toMatchObject({ state: 'succeeded', rowsAccepted: 3, rowsRejected: 2 })
    expect((await errorsOf(officer, loaded)).map(({ row, column, code }) => [row, column, code])).toEqual([
      [5, '男方身份证号', 'not-found'],
      [6, '登记日期', 'invalid-date'],
    ])
    const people = await office.sql(
      `select name, marital_status as status from persons where marital_status is not null order by id_number_mask`,
    )
    expect(people).toEqual(
      expect.arrayContaining([
        { name: '孙老', status: '40' },
        { name: '王强', status: '21' },
        { name: '李梅', status: '21' },
      ]),
    )
    const { import: again } = await load(office, officer, { kind: 'marriages', again: 'true' }, rows)
    expect(again.rowsMatched).toBe(3)
    await expectClosed()
  })
})

describe('an import of moves', () => {
  test('takes the moves of a person in the order of their days; residence, counts and book follow', async () => {
    const rows = file(
      'idNumber,kind,date,fromDivision,toDivision,reason',
      `${father},RETURN,2025-02-01,${elsewhere},${village},FAMILY`,
      `${father},FLOW_OUT,2021-03-01,${village},${elsewhere},WORK`,
      `${mother},HUKOU_IN,2024-05-01,${village},${otherVillage},MARRIAGE`,
      `${child},FLOW_IN,2024-05-01,${village},${otherVillage},STUDY`,
      `${child},FLOW_IN,2019-05-01,${village},${otherVillage},STUDY`,
      `${mother},HUKOU_IN,2024-06-01,${village},999999999999,MARRIAGE`,
    )

    const { import: loaded, job } = await load(office, officer, { kind: 'moves' }, rows)

    expect((await errorsOf(officer, loaded)).map(({ row, column, code }) => [row, column, code])).toEqual([
      [6, 'date', 'invalid-date'],
      [7, 'toDivision', 'unknown-division'],
    ])
    expect(job).toMatchObject({ state: 'succeeded', rowsAccepted: 4, rowsRejected: 2 })
    const stays =
      await office.sql(`select p.name, e.division_code as place, e.from_on::text as "from", e.to_on::text as "to", e.status
      from residence_episodes e join persons p on p.id = e.person_id where e.voided_at is null and p.name in ('王强', '王小') order by 1, 3 nulls first`)
    expect(stays).toEqual(
      [
        { name: '王强', place: village, from: null, to: '2021-03-01', status: '1' },
        { name: '王强', place: elsewhere, from: '2021-03-01', to: '2025-02-01', status: '2' },
        { name: '王强', place: village, from: '2025-02-01', to: null, status: '1' },
        { name: '王小', place: village, from: null, to: '2024-05-01', status: '1' },
        { name: '王小', place: otherVillage, from: '2024-05-01', to: null, status: '3' },
      ].sort((a, b) => (a.name < b.name ? -1 : 0)),
    )
    expect(
      await one(
        `select hukou_division as hukou, residence_status as status from persons where name = '李梅'`,
      ),
    ).toEqual({
      hukou: otherVillage,
      status: '3',
    })
    await expectClosed()
    const { import: again } = await load(office, officer, { kind: 'moves', again: 'true' }, rows)
    expect(again.rowsMatched).toBe(4)
    await expectClosed()
  })
})

describe('an import of deaths', () => {
  test('ends lives, keeps the cause enciphered, and the book closes', async () => {
    const rows = file(
      '身份证号,死亡日期,死亡地点,根本死因,报告来源',
      `${old},2022-02-03,家中,I25.1,村（居）委会`,
      `${old},2022-02-04,家中,I25.1,村（居）委会`,
      `${child},2019-02-03,家中,,公安`,
      `${father},2023-02-03,月球,,公安`,
    )

    const { import: loaded, job } = await load(office, officer, { kind: 'deaths' }, rows)

    expect(job).toMatchObject({ state: 'succeeded', rowsAccepted: 1, rowsRejected: 2 })
    expect(loaded.rowsMatched).toBe(1)
    expect((await errorsOf(officer, loaded)).map(({ row, column, code }) => [row, column, code])).toEqual([
      [4, '死亡日期', 'invalid-date'],
      [5, '死亡地点', 'invalid-code-value'],
    ])
    expect(await one('select age_days, cause_cipher is not null as kept, division_code from deaths')).toEqual(
      {
        age_days: 29954,
        kept: true,
        division_code: village,
      },
    )
    expect(await one(`select status from persons where name = '孙老'`)).toEqual({ status: 'DECEASED' })
    await expectClosed()
  })
})

describe('an import of births that tells another day than the register', () => {
  const header = '母亲身份证号,儿童身份证号,性别,出生日期,接生机构代码'
  const [first, second] = [numberOf('2025-03-05', 12), numberOf('2025-04-05', 22)]
  const born = () =>
    office.sql(`select p.name, p.birth_date::text as day, p.findings, b.findings as odd, b.facility_id as facility
      from persons p left join births b on b.child_id = p.id where p.name in ('赵一', '钱二') order by p.birth_date`)
  beforeAll(async () => {
    const people = [
      { name: '赵一', sex: '2', birthDate: '2025-03-05', idNumber: first },
      { name: '钱二', sex: '2', birthDate: '2025-04-05', idNumber: second },
    ]
    const { job } = await load(office, officer, { kind: 'persons' }, peopleFile(...people))
    expect(job).toMatchObject({ rowsAccepted: 2, rowsRejected: 0 })
  })

  test('leaves the child as she is with a finding, and says which rows name no known facility', async () => {
    const rows = file(header, `,${first},女,2025-03-07,NOWHERE-1`)

    const { import: loaded, job } = await load(office, officer, { kind: 'births' }, rows)

    expect(job).toMatchObject({ state: 'succeeded', rowsAccepted: 1, rowsRejected: 0 })
    expect(loaded.notes).toMatchObject([
      { code: 'unknown-facility-left-empty', column: '接生机构代码', zh: expect.stringContaining('第 2 行') },
    ])
    expect((await born())[0]).toMatchObject({ day: '2025-03-05', odd: expect.arrayContaining(['B09']) })
    expect((await born())[0]).toMatchObject({ facility: null, findings: [] })
  })

  test('corrects the child where the file is to be believed: history, counts and book follow', async () => {
    const rows = file(header, `,${second},男,2025-04-09,`)

    const { job } = await load(office, officer, { kind: 'births', onMatch: 'overwrite' }, rows)

    expect(job).toMatchObject({ state: 'succeeded', rowsAccepted: 1, rowsRejected: 0 })
    expect((await born())[1]).toMatchObject({ day: '2025-04-09', findings: ['I2'] })
    expect((await born())[1]!.odd).not.toContain('B09')
    const told = await office.sql(
      `select f.before, f.after, f.reason from person_facts f join persons p on p.id = f.person_id
       where p.name = '钱二' and f.kind = 'corrected'`,
    )
    expect(told).toMatchObject([
      {
        before: { birthDate: '2025-04-05', sex: '2' },
        after: { birthDate: '2025-04-09', sex: '1' },
        reason: '导入 file.csv',
      },
    ])
    await expectClosed()
  })
})

describe('ten years of a generated county', () => {
  let generated: TestOffice
  let clerk: Officer
  let out: string
  const read = (kind: string) => readFileSync(join(out, `${kind}.csv`))
  beforeAll(async () => {
    generated = await openOffice()
    generated.setNow(new Date('2026-11-01T02:00:00Z'))
    clerk = await generated.officer('county_population', '371121000000')
    out = mkdtempSync(join(tmpdir(), 'youyu-events-'))
    const divisions = await divisionsOfCounty('371121')
    const plan = { county: '371121', divisions, persons: 2500, seed: 5, asOf: '2026-10-31' }
    await writeCounty(plan, { out, encoding: 'utf-8', header: 'zh', errors: 0, legacy: true })
    await load(generated, clerk, { kind: 'divisions' }, read('divisions'))
    await load(generated, clerk, { kind: 'persons' }, read('persons'))
  })
  afterAll(async () => {
    await generated.close()
    rmSync(out, { recursive: true })
  })

  const postAll = async () =>
    (
      await generated.sql(
        'select count(*)::int as n from app.post_people(371121, (select array_agg(id) from persons), now(), null)',
      )
    )[0]

  test('newcomers are posted as one by one: nothing remains to be posted', async () => {
    expect(await postAll()).toEqual({ n: 0 })
  })

  test('are loaded without a rejected row, and the book is what the episodes say', async () => {
    for (const kind of ['births', 'marriages', 'moves', 'deaths']) {
      const { job } = await load(generated, clerk, { kind }, read(kind), `${kind}.csv`)
      expect(job, kind).toMatchObject({ state: 'succeeded', rowsRejected: 0 })
      expect(job.rowsAccepted).toBe(job.rowsRead)
    }
    const [{ differing }] = (await generated.sql(
      `select count(*)::int as differing from app.recount_people(371121, '371121', '371121:', '2026-11-30') r
       full join (select division_code as code, sum(residence)::int as residence, sum(registered)::int as registered
         from village_months group by 1 having sum(residence) <> 0 or sum(registered) <> 0) b using (code)
       where r.residence is distinct from b.residence or r.registered is distinct from b.registered`,
    )) as [{ differing: number }]
    expect(differing).toBe(0)
    expect(await keptCounts(generated)).toEqual(await recounted(generated))
    expect(await postAll()).toEqual({ n: 0 })
  })
})
