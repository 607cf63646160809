import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readXlsx } from 'hucre/xlsx'
import type { PersonExport } from '@youyu/shared/population/exports'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { makeCiphers } from '../../../crypto/field-cipher.ts'
import { readKeys } from '../../../crypto/keys.ts'

let office: TestOffice
let officer: Officer
let manager: Officer
const key = () => crypto.randomUUID()

beforeAll(async () => {
  office = await openOffice({ EXPORT_APPROVAL_ROWS: '3', EXPORT_MAX_ROWS: '5000' })
  officer = await office.officer('county_population', '371121000000')
  manager = await office.officer('county_manager', '371121000000')
  await register('=HYPERLINK("http://x")', '371121001001')
  await register('张国英', '371121001002')
  await register('李,"四"', '371121002001')
})
afterAll(() => office.close())

async function register(name: string, division: string): Promise<void> {
  const { idNumber, phone } = makeCiphers(readKeys(office.config))
  const id = crypto.randomUUID()
  const cell = { county: 371121, id }
  await office.sql(
    `insert into persons (county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type,
       id_number_cipher, id_number_hash, id_number_mask, phone_cipher, phone_hash, phone_mask, ethnicity, hukou_division,
       residence_division, residence_status, status, source, recorded_at, updated_at, version)
     values (371121, $1, $2, 'x', 'x', '1', '1990-01-31', 'DAY', '01', $3, $4, '990101********0012', $5, $6, '138****5678', '01', $7, $7, '1', 'ACTIVE', 'MANUAL', now(), now(), 1)`,
    [
      id,
      name,
      idNumber.encipher('990101199001310012', cell),
      idNumber.blindIndex(id),
      phone.encipher('13812345678', cell),
      phone.blindIndex(id),
      division,
    ],
  )
}

const wish = {
  format: 'csv',
  columns: ['name', 'sex', 'birthDate', 'idNumber', 'ethnicity', 'residenceDivision'],
  purpose: 'REGISTER',
  reason: '核对名册',
}

async function ask(changes: object = {}, by = officer): Promise<PersonExport> {
  const { status, body, text } = await by.post('/api/v1/exports', { ...wish, ...changes }, { key: key() })
  if (status !== 201) throw new Error(text)
  return body
}
const fileOf = (id: string) =>
  office.app.inject({
    url: `/api/v1/exports/${id}/file`,
    headers: { authorization: `Bearer ${officer.token}` },
  })
const decide = (id: string, decision: string, by = manager) =>
  by.post(`/api/v1/exports/${id}/decision`, { decision, reason: '同意' }, { key: key() })

describe('an export', () => {
  test('of few masked rows is had at once, as CSV that runs no formula', async () => {
    const { id, state, rows, mayDownload } = await ask()

    const { status, text, headers } = await officer.get(`/api/v1/exports/${id}/file`)

    expect({ state, rows, mayDownload, status }).toEqual({
      state: 'approved',
      rows: 3,
      mayDownload: true,
      status: 200,
    })
    const lines = text.split('\n')
    expect(lines[0]).toBe('\ufeff姓名,性别,出生日期,身份证号,民族,现居住地,导出标识')
    expect(lines[1]).toMatch(
      /^"'=HYPERLINK\(""http:\/\/x""\)",男,1990-01-31,990101\*{8}0012,汉族,371121001001,.*$/,
    )
    expect(lines[3]).toMatch(/^"李,""四"""/)
    expect(lines[1]).toContain(id.slice(-12))
    expect(decodeURIComponent(String(headers['x-watermark']))).toContain(id.slice(-12))
    expect(headers['content-disposition']).toContain('.csv')
    const [logged] = await office.sql(
      `select rows, purpose, fields from access_log where action = 'export' and entity_id = $1`,
      [id],
    )
    expect(logged).toMatchObject({ rows: 3, purpose: 'REGISTER' })
    expect((await officer.get(`/api/v1/exports/${id}`)).body).toMatchObject({ downloads: 1 })
  })

  test('comes as NDJSON and as a workbook too', async () => {
    const ndjson = await fileOf((await ask({ format: 'ndjson' })).id)
    const xlsx = await fileOf((await ask({ format: 'xlsx' })).id)

    const [first] = ndjson.payload
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>)
    expect(first).toMatchObject({ name: '=HYPERLINK("http://x")', sex: '1', ethnicity: '01' })
    const book = await readXlsx(xlsx.rawPayload)
    expect(book.sheets[0]!.rows).toHaveLength(4)
    expect(book.sheets[0]!.rows[2]!.slice(0, 3)).toEqual(['张国英', '男', '1990-01-31'])
  })

  test('with unmasked values waits for another person, who cannot take the file', async () => {
    const { id, state } = await ask({
      unmasked: ['idNumber', 'phone'],
      columns: ['idNumber', 'phone', 'name'],
    })

    expect(state).toBe('awaiting-approval')
    expect((await officer.get(`/api/v1/exports/${id}/file`)).body).toMatchObject({ code: 'not-approved' })
    expect((await decide(id, 'approved', officer)).status).toBe(403)
    expect((await manager.get('/api/v1/exports?state=awaiting-approval')).body).toMatchObject({
      items: [{ id, mayDecide: true }],
    })
    expect((await decide(id, 'approved')).body).toMatchObject({
      state: 'approved',
      decisionReason: '同意',
      mayDownload: false,
    })
    expect((await decide(id, 'refused')).body).toMatchObject({ code: 'already-decided' })
    expect((await manager.get(`/api/v1/exports/${id}/file`)).status).toBe(404)
    expect((await officer.get(`/api/v1/exports/${id}/file`)).text).toContain(
      `990101199001310012,13812345678,"'=HYPERLINK`,
    )
  })

  test('deciphers into NDJSON and a workbook', async () => {
    for (const format of ['ndjson', 'xlsx']) {
      const { id } = await ask({ format, unmasked: ['idNumber'], columns: ['name', 'idNumber'] })
      await decide(id, 'approved')
      const file = await fileOf(id)
      const text =
        format === 'xlsx' ? JSON.stringify((await readXlsx(file.rawPayload)).sheets[0]!.rows) : file.payload

      expect(text).toContain('990101199001310012')
    }
  })

  test('above the limit waits, cannot be decided by its maker, and may be refused', async () => {
    await register('王五', '371121003001')
    const own = await ask({}, manager)
    const { id } = await ask()

    expect(own).toMatchObject({ state: 'awaiting-approval', rows: 4, mayDecide: false })
    expect((await decide(own.id, 'approved')).body).toMatchObject({ code: 'maker-is-checker' })
    expect((await decide(id, 'refused')).body).toMatchObject({ state: 'refused' })
    expect((await officer.get(`/api/v1/exports/${id}/file`)).body).toMatchObject({ code: 'not-approved' })
  })

  test('holds only the area and what the filter says', async () => {
    const clerk = await office.officer('township_worker', '371121001000')
    const { id, rows } = await ask({ columns: ['name'] }, clerk)

    expect(rows).toBe(2)
    expect((await ask({ filter: { division: '371121002000' } })).rows).toBe(1)
    expect((await ask({ filter: { ageFrom: 120 } })).rows).toBe(0)
    expect((await clerk.get(`/api/v1/exports/${id}/file`)).text.trim().split('\n')).toHaveLength(3)
    expect((await officer.get(`/api/v1/exports/${id}`)).status).toBe(404)
  })

  test('needs a purpose of the role, the permission, the county', async () => {
    const village = await office.officer('village_worker', '371121001001')
    const foreigner = await office.officer('county_manager', '370321000000')
    const { id } = await ask({ unmasked: ['phone'] })

    expect(
      (await officer.post('/api/v1/exports', { ...wish, purpose: 'PAYMENT' }, { key: key() })).body,
    ).toMatchObject({ code: 'purpose-required', errors: [{ pointer: '/purpose' }] })
    expect(
      (await officer.post('/api/v1/exports', { ...wish, columns: ['secret'] }, { key: key() })).body,
    ).toMatchObject({ errors: [{ pointer: '/columns/0' }] })
    expect((await village.post('/api/v1/exports', wish, { key: key() })).status).toBe(403)
    expect((await foreigner.get(`/api/v1/exports/${id}`)).status).toBe(404)
    expect((await decide(id, 'approved', foreigner)).status).toBe(404)
  })

  test('expires after 72 hours', async () => {
    const { id } = await ask({ filter: { division: '371121002000' } })
    await office.sql(
      `update person_exports set expires_at = expires_at - interval '72 hours' where id = $1`,
      [id],
    )

    const body = (await fileOf(id)).json<object>()

    expect(body).toMatchObject({ status: 410, code: 'expired' })
    expect((await officer.get('/api/v1/exports?state=expired')).body).toMatchObject({
      items: [{ id, state: 'expired', mayDownload: false }],
    })
  })

  test('that is given up half-way gives its connection back', async () => {
    await office.sql(
      `insert into persons (county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type, address,
         hukou_division, residence_division, residence_status, status, source, recorded_at, updated_at, version)
       select 371121, md5(n::text)::uuid, '王' || n, 'wang', 'w', '2', '1980-05-05', 'DAY', '99', repeat('长', 2000), '371121009001', '371121009001', '1',
         'ACTIVE', 'MANUAL', now(), now(), 1 from generate_series(1, 4000) as n`,
    )
    const address = await office.app.listen({ port: 0, host: '127.0.0.1' })
    const urls = ['csv', 'xlsx'].map(async (format) => {
      const { id } = await ask({ format, filter: { division: '371121009000' }, columns: ['name', 'address'] })
      await decide(id, 'approved')
      return `${address}/api/v1/exports/${id}/file`
    })

    for (const url of await Promise.all(urls)) {
      const abort = new AbortController()
      const { body } = await fetch(url, {
        headers: { authorization: `Bearer ${officer.token}` },
        signal: abort.signal,
      })
      await body!.getReader().read()
      abort.abort()
    }

    await expect.poll(() => office.db.streams.totalCount - office.db.streams.idleCount).toBe(0)
    await expect
      .poll(() =>
        office.sql(
          `select pid from pg_stat_activity where datname = current_database() and application_name = 'youyu streams' and state <> 'idle'`,
        ),
      )
      .toEqual([])
  })
})
