import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { errorsOf, load, loadDivisions, numberOf, peopleFile } from '../../../../test/imports.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { readGrade } from './circumstances/rules.ts'

const [one, two] = [22, 24].map((sequence) => numberOf('1960-03-02', sequence)) as [string, string]
const header = '身份证号,姓名,情形,等级,细目,起始日期,截止日期,材料名称,材料编号'
const file = (...lines: string[]) => [header, ...lines, ''].join('\n')
const list = file(
  `${one},李0,残疾人证,二级,,2018-05-04,,,${one}42`,
  `${one},李0,低保,,,2026-01-01,,最低生活保障证,D2026001`,
  `${two},李1,养老保险,,城乡居民基本养老保险,2012-01-01,,,`,
  `${two},李1,HISTORIC_QUALIFICATION,,,2020-01-01,2030-12-31,,`,
)

let office: TestOffice
let subsidy: Officer
beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date('2026-11-01T02:00:00Z'))
  const clerk = await office.officer('county_population', '371121000000')
  await loadDivisions(office, clerk)
  const people = [one, two].map((idNumber, index) => ({
    ...{ name: `李${index}`, sex: '2', birthDate: '1960-03-02', idNumber },
  }))
  await load(office, clerk, { kind: 'persons' }, peopleFile(...people))
  subsidy = await office.officer('county_subsidy', '371121000000')
})
afterAll(() => office.close())

const wishes = { kind: 'circumstances' }
const kept = () =>
  office.sql(
    `select p.name, c.kind, c.grade, c.detail, c.from_on::text as "from", c.to_on::text as "to", c.document_type as paper, c.document_mask as mask,
       c.source, c.replaces is not null as "isLater"
     from circumstances c join persons p on p.id = c.person_id where c.voided_at is null order by 1, 2`,
  )

describe('a list of circumstances', () => {
  test('is tried, loaded, and known the second time; numbers are kept enciphered', async () => {
    const { job: tried } = await load(office, subsidy, { ...wishes, dryRun: 'true' }, list)
    const before = await kept()
    const { job } = await load(office, subsidy, wishes, list)
    const after = await kept()
    const { import: again, job: second } = await load(office, subsidy, { ...wishes, again: 'true' }, list)

    expect(tried).toMatchObject({ state: 'succeeded', rowsAccepted: 4, rowsRejected: 0 })
    expect(before).toEqual([])
    expect(job).toMatchObject({ state: 'succeeded', rowsAccepted: 4, rowsRejected: 0 })
    const mask = `****${one.slice(-2)}42`
    expect(after).toMatchObject([
      { name: '李0', kind: 'DISABILITY', grade: 2, paper: 'DISABILITY_CARD', mask, source: 'IMPORT' },
      { kind: 'LOW_INCOME', paper: 'LOW_INCOME_CERTIFICATE', mask: '****6001' },
      { name: '李1', kind: 'HISTORIC_QUALIFICATION', to: '2030-12-31', paper: 'HISTORIC_RECORD' },
      { kind: 'PENSION_SCHEME', detail: 'RESIDENT', mask: null },
    ])
    expect([second.rowsAccepted, again.rowsMatched]).toEqual([0, 4])
    expect(await kept()).toEqual(after)
    const { items } = (await subsidy.get('/api/v1/circumstances?kind=DISABILITY')).body as {
      items: { id: string }[]
    }
    const revealed = await subsidy.post(`/api/v1/circumstances/${items[0]!.id}/reveal`, {
      ...{ purpose: 'BENEFIT', reason: '核对' },
    })
    expect(revealed.body).toMatchObject({ grade: 2, documentNumber: `${one}42` })
  })

  test('ends what goes on, and leaves what says otherwise to a human', async () => {
    const { import: loaded, job } = await load(
      office,
      subsidy,
      wishes,
      file(`${one},,低保,,,2026-01-01,2026-10-31,,`, `${one},,残疾,三级,,2018-05-04,,,`),
    )

    expect(job).toMatchObject({ rowsAccepted: 1, rowsRejected: 1 })
    expect((await errorsOf(subsidy, loaded)).map(({ row, code }) => [row, code])).toEqual([
      [3, 'recorded-differently'],
    ])
    expect((await kept()).find(({ kind }) => kind === 'LOW_INCOME')).toMatchObject({
      ...{ to: '2026-10-31', isLater: true },
    })
  })

  test('names the wrong cell of every row in both languages, shows nothing of it, and gives the rows back', async () => {
    const { import: loaded, job } = await load(
      office,
      subsidy,
      wishes,
      file(
        `${one},李0,残疾,九级,,2018-06-04,,,`,
        `${one},李0,残疾,,,2018-06-04,,,`,
        `${one},李0,独生子女父母光荣证,,,2016-01-01,,,`,
        `${one},王五,低保,,,2026-02-01,,,`,
        `${one},李0,偷税,,,2026-02-01,,,`,
        `${one},李0,低保,,,2026-12-01,,,`,
        `${numberOf('1960-03-02', 28)},李九,低保,,,2026-02-01,,,`,
      ),
    )
    const errors = await errorsOf(subsidy, loaded)
    const steward = await office.officer('data_steward', '371121000000')
    const rows = await subsidy.get(`/api/v1/imports/${loaded.id}/errors.csv`)

    expect(job).toMatchObject({ rowsAccepted: 0, rowsRejected: 7 })
    expect(errors.map(({ row, column, code }) => [row, column, code])).toEqual([
      [2, '等级', 'invalid-value'],
      [3, '等级', 'required'],
      [4, '起始日期', 'certificate-too-late'],
      [5, '姓名', 'name-differs'],
      [6, '情形', 'invalid-code-value'],
      [7, '起始日期', 'invalid-date'],
      [8, '身份证号', 'not-found'],
    ])
    expect(errors.every(({ zh, en }) => zh !== '' && en !== '')).toBe(true)
    expect(JSON.stringify(errors)).not.toMatch(/王五|偷税|九级|李九/)
    expect(rows.text).toContain('偷税')
    expect((await steward.get(`/api/v1/imports/${loaded.id}/errors.csv`)).status).toBe(403)
  })

  test('is loaded by whoever enters circumstances, and gives her nothing else to load', async () => {
    const clerk = await office.officer('county_population', '371121000000')
    const upload = async (by: Officer, kind: string, content: string) =>
      (await by.upload('/api/v1/imports', { kind }, { name: 'f.csv', content })).status

    expect([
      await upload(clerk, 'circumstances', file(`${two},,低保,,,2026-03-01,,,`)),
      await upload(subsidy, 'persons', peopleFile({})),
    ]).toEqual([403, 403])
  })

  test.each([
    ['1', 1],
    ['一级', 1],
    ['2级', 2],
    ['Ⅲ', 3],
    ['四', 4],
    ['五级', null],
    ['0', null],
  ])('reads the grade %s as %s', (text, grade) => {
    expect(readGrade(text)).toBe(grade)
  })
})
