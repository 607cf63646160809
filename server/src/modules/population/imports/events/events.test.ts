import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  child,
  elsewhere,
  expectClosed,
  father,
  file,
  mother,
  old,
  openRegister,
} from '../../../../../test/event-imports.ts'
import { errorsOf, load, numberOf, otherVillage, village } from '../../../../../test/imports.ts'
import type { Officer, TestOffice } from '../../../../../test/office.ts'

let office: TestOffice
let officer: Officer
beforeAll(async () => {
  ;({ office, officer } = await openRegister())
})
afterAll(() => office.close())

const one = async (text: string) => (await office.sql(text))[0] as Record<string, unknown>

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
    await expectClosed(office)
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
    await expectClosed(office)
    const { import: again } = await load(office, officer, { kind: 'moves', again: 'true' }, rows)
    expect(again.rowsMatched).toBe(4)
    await expectClosed(office)
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
    await expectClosed(office)
  })
})
