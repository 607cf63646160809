import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '@youyu/shared/contracts'
import { openOffice, type Officer, type TestOffice } from '../../../test/office.ts'
import { furnishPlaces, places, register } from '../../../test/register.ts'

let office: TestOffice
let registrar: Officer
let village: Officer
beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  registrar = await office.officer('county_population', places.county)
  village = await office.officer('village_worker', places.village)
})
afterAll(() => office.close())

const upload = (kind: string, header: string, url = '/api/v1/imports') =>
  registrar.upload(
    url,
    { kind },
    { name: '名单.csv', content: `${header}\n张三,2,1990-05-17,371121001001,是\n` },
  )

// E11, domain §1.6: S1-05, S3-20, S3-21.
describe('an abolished instrument', () => {
  test.each([
    ['“三查”'],
    ['三查名单'],
    ['应措花名册'],
    ['three-checks'],
    ['obliged-women'],
    ['quarterly-certificates'],
    ['妇检证明'],
    ['non-attenders'],
  ])('is not a kind of file: %s', async (kind) => {
    const { status, body } = await upload(kind.replaceAll(/[“”]/g, ''), '姓名,性别,出生日期,现居住地')

    expect(status).toBe(422)
    expect(body).toMatchObject({ code: 'abolished-instrument', errors: [{ pointer: '/kind' }] })
  })

  test.each([
    '应措类型',
    '应检未检',
    '三查日期',
    '未参检原因',
    '季度妇检',
    '妇检证寄回日期',
    '销帐日期',
    '查环 查孕',
  ])('is recognised in a list of people by its column %s', async (column) => {
    const header = `姓名,性别,出生日期,现居住地,${column}`

    for (const url of ['/api/v1/imports', '/api/v1/import-inspections']) {
      const { status, body } = await upload('persons', header, url)
      expect(status).toBe(422)
      expect(body).toMatchObject({ code: 'abolished-instrument' })
      expect((body as { titles: { 'zh-CN': string } }).titles['zh-CN']).toMatch(/废止.*应服务名单/)
    }
  })

  test('an ordinary list of people is loaded', async () => {
    expect((await upload('persons', '姓名,性别,出生日期,现居住地,备注')).status).toBe(202)
  })

  test.each([
    'three-checks',
    'obliged-women',
    'due-measures',
    'quarterly-certificates',
    'check-certificates',
    'non-attenders',
  ])('has no route: %s', async (noun) => {
    for (const method of ['get', 'post'] as const)
      expect((await village[method](`/api/v1/${noun}`, method === 'post' ? {} : undefined)).status).toBe(404)
  })

  test('has no route, no field and no answer in any contract', () => {
    const said = JSON.stringify(
      Object.values(contracts).map(({ url, schema }) => [
        url,
        schema.summary,
        Object.keys(schema.body?.def ?? {}),
      ]),
    )

    expect(said).not.toMatch(
      /three-?check|obliged|certificates? of (check|pregnancy)|non-?attend|lastPregnancyCheck|returnedCertificate/i,
    )
  })

  test('has no table and no column', async () => {
    const rows = await office.sql(
      `select table_name, column_name from information_schema.columns where table_schema = 'public'
         and (table_name || '.' || column_name) ~* 'three_check|obliged|quarterly|overdue_check|non_attend|attendance_certificate|check_certificate'`,
    )

    expect(rows).toEqual([])
  })

  test.each([
    ['a certificate', { certificateNumber: 'A-1' }],
    ['a duty', { isObliged: true }],
    ['the last pregnancy check', { lastPregnancyCheckOn: '2026-01-01' }],
  ])('%s is no field of a request', async (_what, extra) => {
    const person = await register(registrar)

    const answer = await village.post('/api/v1/service-offers', {
      ...{ clientId: person.id, service: 'CHECK_UP', channel: 'VILLAGE' },
      ...extra,
    })

    expect(answer.body).toMatchObject({ status: 400, errors: [{ code: 'unknown-field' }] })
  })
})
