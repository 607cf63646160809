import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Job } from '@youyu/shared/jobs'
import {
  child,
  expectClosed,
  father,
  file,
  mother,
  old,
  openRegister,
} from '../../../../../test/event-imports.ts'
import { errorsOf, load, numberOf, peopleFile, village, type Loaded } from '../../../../../test/imports.ts'
import type { Officer, TestOffice } from '../../../../../test/office.ts'
import { runOpenJobs } from '../../../../jobs/index.ts'

let office: TestOffice
let officer: Officer
beforeAll(async () => {
  ;({ office, officer } = await openRegister())
})
afterAll(() => office.close())

const one = async (text: string) => (await office.sql(text))[0] as Record<string, unknown>

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
    await expectClosed(office)
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
    await expectClosed(office)
  })
})
