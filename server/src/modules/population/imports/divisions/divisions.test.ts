import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { errorsOf, load } from '../../../../../test/imports.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'

describe('a file of divisions', () => {
  let office: TestOffice
  let officer: Officer
  beforeAll(async () => {
    office = await openOffice()
    officer = await office.officer('county_population', '371121000000')
  })
  afterAll(() => office.close())

  test('may name parents last, cities without counties, and one name many times', async () => {
    const content = `代码,名称,级别,上级代码,城乡分类代码
371121001001,王家村,5,371121001000,111
371121001002,王家村,5,371121001000,220
371121001000,洪凝街道,4,371121000000,
371121000000,五莲县,3,371100000000,
371100000000,日照市,2,370000000000,
370000000000,山东省,1,,
441900003000,东城街道,4,441900000000,
441900000000,东莞市,2,440000000000,
440000000000,广东省,1,,
990000000001,无主村,5,990000000000,
371121001002,重复村,5,371121001000,
`
    const { import: loaded } = await load(office, officer, { kind: 'divisions' }, content)
    const again = await load(office, officer, { kind: 'divisions', again: 'true' }, content)

    expect(loaded).toMatchObject({ rowsRead: 11, rowsAccepted: 9, rowsRejected: 2 })
    expect((await errorsOf(officer, loaded)).map(({ row, column, code }) => [row, column, code])).toEqual([
      [11, '上级代码', 'unknown-division'],
      [12, '代码', 'code-taken'],
    ])
    expect(again.import).toMatchObject({ rowsAccepted: 0, rowsMatched: 9, rowsRejected: 2 })
  })

  test('renames inside the loader’s area when asked to, never outside', async () => {
    const content =
      'code,name,level,parent_code\n371121001001,李家村,5,371121001000\n441900003000,西城街道,4,441900000000\n'

    const { import: loaded } = await load(
      office,
      officer,
      { kind: 'divisions', onMatch: 'overwrite' },
      content,
    )

    expect(loaded).toMatchObject({ rowsAccepted: 1, rowsMatched: 1 })
    const names = await office.sql(
      `select name from divisions where code in ('371121001001', '441900003000') and valid_to is null order by code`,
    )
    expect(names).toEqual([{ name: '李家村' }, { name: '东城街道' }])
  })

  test('is for those who manage divisions', async () => {
    const steward = await office.officer('data_steward', '371121000000')

    const answer = await steward.upload(
      '/api/v1/imports',
      { kind: 'divisions' },
      { name: 'd.csv', content: 'code,name\n371121001009,新村\n' },
    )

    expect(answer.status).toBe(403)
  })
})
