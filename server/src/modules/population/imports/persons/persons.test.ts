import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  errorsOf,
  load,
  loadDivisions,
  numberOf,
  otherVillage,
  peopleFile,
  village,
} from '../../../../../test/imports.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { encodeGb18030 } from '../../../../generator/gb18030.ts'

describe('a file of people', () => {
  let office: TestOffice
  let officer: Officer
  beforeAll(async () => {
    office = await openOffice()
    officer = await office.officer('county_population', '371121000000')
    await loadDivisions(office, officer)
  })
  afterAll(() => office.close())

  const chinese = (delimiter: string, name: string, sequence: number) =>
    [
      [
        '姓 名',
        '性别',
        '出生日期',
        '公民身份号码',
        '民族',
        '婚姻状况',
        '户籍地',
        '现居住地',
        '与户主关系',
        '户号',
        '手机',
      ].join(delimiter),
      [
        name,
        '女',
        '1990年1月31日',
        numberOf('1990-01-31', sequence),
        '汉',
        '初婚',
        '371121001001',
        '371121001001',
        '妻子',
        `H${sequence}`,
        '138 0000 0000',
      ].join(delimiter),
      '',
    ].join('\r\n')

  test.each([
    [
      'UTF-8 with a byte order mark',
      '王小一',
      Buffer.from(`\ufeff${chinese(',', '王小一', 2)}`),
      'utf-8',
      'csv',
    ],
    ['GB18030', '王小二', Buffer.from(encodeGb18030(chinese(',', '王小二', 4))), 'gb18030', 'csv'],
    ['tabs', '王小三', Buffer.from(chinese('\t', '王小三', 6)), 'utf-8', 'tsv'],
    ['GB18030 with tabs', '王小四', Buffer.from(encodeGb18030(chinese('\t', '王小四', 8))), 'gb18030', 'tsv'],
    ['semicolons', '王小五', Buffer.from(chinese(';', '王小五', 10)), 'utf-8', 'csv'],
    [
      'NDJSON',
      '王小六',
      Buffer.from(
        `${JSON.stringify({ 姓名: '王小六', sex: '女', 出生日期: '1990/1/31', idNumber: numberOf('1990-01-31', 12), ethnicity: '01', maritalStatus: '21', hukouDivision: 371121001001, relationToHead: '1', householdNumber: 'H12', phone: '13800000000' })}\n`,
      ),
      'utf-8',
      'ndjson',
    ],
  ])('is read in %s', async (_, name, content, encoding, format) => {
    const { import: loaded } = await load(office, officer, { kind: 'persons' }, content)

    expect(loaded).toMatchObject({ state: 'succeeded', encoding, format, rowsAccepted: 1, rowsRejected: 0 })
    const [person] = await office.sql(
      'select name_initials, sex, birth_date::text, ethnicity, marital_status, residence_division, residence_status, relation_to_head, phone_mask from persons where name = $1',
      [name],
    )
    expect(person).toMatchObject({
      sex: '2',
      birth_date: '1990-01-31',
      ethnicity: '01',
      marital_status: '21',
      residence_division: village,
      residence_status: '1',
      relation_to_head: '1',
      phone_mask: '138****0000',
    })
  })

  test('names every wrong cell by row and column, in two languages, without showing it whole', async () => {
    const number = numberOf('1980-05-05', 1)
    const content = peopleFile(
      { name: '', sex: 'X', birthDate: '2090-01-01' },
      { name: '李四', idNumber: '990101199001011234' },
      { name: '李四', idNumber: '111111111111111111' },
      { name: '李四', hukou: '123', residence: '999999999999' },
      { name: '李四', hukou: '370102000000', residence: '370102000000' },
      { name: '李四', phone: 'call me', household: '户号一' },
      { name: '李四', birthDate: '1980-05-05', idNumber: number },
      { name: '王五', birthDate: '1980-05-05', idNumber: number },
    )

    const { import: loaded } = await load(office, officer, { kind: 'persons' }, `${content}李四,1\n`)

    const errors = await errorsOf(officer, loaded)
    expect(errors.map(({ row, column, code }) => [row, column, code])).toEqual([
      [2, 'name', 'required'],
      [2, 'birthDate', 'invalid-date'],
      [2, 'sex', 'invalid-code-value'],
      [3, 'idNumber', 'invalid-id-number'],
      [4, 'idNumber', 'placeholder-number'],
      [5, 'hukouDivision', 'unknown-division'],
      [6, 'residenceDivision', 'out-of-area'],
      [7, 'householdNumber', 'invalid-value'],
      [7, 'phone', 'invalid-value'],
      [9, 'idNumber', 'id-number-taken'],
      [10, null, 'ragged-row'],
    ])
    expect(errors[3]).toMatchObject({
      value: '990101********1234',
      zh: expect.stringContaining('身份证'),
      en: expect.stringContaining('Identity') as string,
    })
    expect(loaded).toMatchObject({ rowsRead: 9, rowsAccepted: 1, rowsRejected: 8 })
  })

  test('may say nothing of sex and birth date where the identity number does, and keeps a formula as text', async () => {
    const number = numberOf('1975-03-04', 21)
    const content = `name,idNumber,hukouDivision,address\n=SUM(A1),${number.toLowerCase()},${village},"=HYPERLINK(""x"")"\n`

    const { import: loaded } = await load(office, officer, { kind: 'persons' }, content)

    expect(loaded.rowsAccepted).toBe(1)
    expect(loaded.notes.map(({ code, column }) => [code, column])).toEqual([
      ['formula-kept-as-text', 'name'],
      ['formula-kept-as-text', 'address'],
    ])
    const [person] = await office.sql(
      `select sex, birth_date::text, address from persons where name = '=SUM(A1)'`,
    )
    expect(person).toEqual({ sex: '1', birth_date: '1975-03-04', address: '=HYPERLINK("x")' })
  })

  test('loses the columns that the law no longer knows, whatever they are called', async () => {
    const content = `姓名,性别,出生日期,户籍地,是否计划生育,违法生育,planned birth,胎儿性别,爱好\n赵六,男,2001-01-01,${village},是,否,yes,男,书法\n`

    const { import: loaded } = await load(
      office,
      officer,
      { kind: 'persons', mapping: JSON.stringify({ 胎儿性别: 'address' }) },
      content,
    )

    expect(loaded.notes.map(({ code }) => code)).toEqual([
      'legacy-policy-column-dropped',
      'legacy-policy-column-dropped',
      'legacy-policy-column-dropped',
      'fetal-sex-column-dropped',
      'unknown-column-ignored',
    ])
    expect(await office.sql(`select address from persons where name = '赵六'`)).toEqual([{ address: null }])
  })

  test('is loaded inside the area of the loader only', async () => {
    const township = await office.officer('township_worker', '371121001000')
    const content = peopleFile(
      { name: '甲', residence: village, hukou: otherVillage },
      { name: '乙', residence: otherVillage, hukou: otherVillage },
    )

    const { import: loaded } = await load(office, township, { kind: 'persons' }, content)

    expect((await errorsOf(township, loaded)).map(({ row, code }) => [row, code])).toEqual([
      [3, 'out-of-area'],
    ])
    const neighbour = await office.officer('township_worker', '371121100000')
    expect((await neighbour.get(`/api/v1/imports/${loaded.id}`)).status).toBe(404)
    expect((await neighbour.get(`/api/v1/imports/${loaded.id}/errors.csv`)).status).toBe(404)
  })

  test('is mapped as the officer chose, and the source remembers', async () => {
    const content = `XM,XB,CSRQ,HJD\n钱七,男,1999-09-09,${village}\n`
    const mapping = JSON.stringify({ XM: 'name', XB: 'sex', CSRQ: 'birthDate', HJD: 'hukouDivision' })

    const refused = await officer.upload('/api/v1/imports', { kind: 'persons' }, { name: 'a.csv', content })
    const { import: loaded } = await load(
      office,
      officer,
      { kind: 'persons', mapping, source: '公安' },
      content,
    )
    const inspected = await officer.upload(
      '/api/v1/import-inspections',
      { kind: 'persons', source: '公安' },
      { name: 'a.csv', content },
    )

    expect(refused.status).toBe(422)
    expect(loaded.rowsAccepted).toBe(1)
    expect(inspected.body).toMatchObject({
      mapping: JSON.parse(mapping) as object,
      missing: [],
      sample: [['钱*', '男', '1999-09-09', village]],
    })
    expect((await officer.get('/api/v1/import-mappings')).body).toMatchObject({
      items: [{ source: '公安', kind: 'persons' }],
    })
  })

  test('can be had as a template that loads', async () => {
    const { text } = await officer.get('/api/v1/import-kinds/persons/template')

    const { import: loaded } = await load(office, officer, { kind: 'persons', dryRun: 'true' }, text)

    expect(text.startsWith('\ufeff姓名,')).toBe(true)
    expect(loaded).toMatchObject({
      state: 'succeeded',
      dryRun: true,
      rowsRead: 1,
      rowsRejected: 0,
      notes: [],
    })
  })
})
