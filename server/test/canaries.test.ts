import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pino } from 'pino'
import { contracts } from '@youyu/shared/contracts'
import { buildApp } from '../src/app.ts'
import { readKeys } from '../src/crypto/keys.ts'
import { connect } from '../src/database/connect.ts'
import { runOpenJobs } from '../src/jobs/index.ts'
import { logOptions } from '../src/logging.ts'
import { canaries, filesWith } from './canary.ts'
import { foundCounty, newPerson, registerHousehold, registerPerson, type Place } from './county.ts'
import { flakyLink } from './flaky-link.ts'
import { openOffice, officerAt, type Officer, type TestOffice } from './office.ts'

const [apiCanaries, fileCanaries] = [canaries.slice(0, 15), canaries.slice(15)]

let office: TestOffice
let officer: Officer
let place: Place
let lines = ''

beforeAll(async () => {
  office = await openOffice({ LOG_LEVEL: 'trace' }, { log: { write: (line) => void (lines += line) } })
  place = await foundCounty(office, '371121')
  officer = await office.officer('county_population', place.county)
  for (const canary of apiCanaries)
    await registerPerson(officer, place.village, { ...canary, birthDate: '1988-08-08', sex: '2' })
  await importAll()
}, 120_000)
afterAll(() => office.close())

/** Half of the rows are wrong and end in the error file; all pass the staging. */
async function importAll(): Promise<void> {
  const header =
    'name,sex,birthDate,idType,idNumber,hukouDivision,residenceDivision,residenceStatus,phone,address'
  const rows = fileCanaries.map(
    ({ name, idNumber, phone, address }, index) =>
      `${name},2,${index % 2 ? '1988-08-08' : '1988-13-08'},01,${idNumber},${place.village},${place.village},1,${phone},${address}`,
  )
  const content = [header, ...rows].join('\n')
  const inspected = await officer.upload(
    '/api/v1/import-inspections',
    { kind: 'persons' },
    { name: 'canaries.csv', content },
  )
  const answer = await officer.upload(
    '/api/v1/imports',
    { kind: 'persons' },
    { name: 'canaries.csv', content },
  )
  expect([inspected.status, answer.status], answer.text).toEqual([200, 202])
  await runOpenJobs(office.office)
  const { id } = (answer.body as { import: { id: string } }).import
  const { body } = await officer.get(`/api/v1/imports/${id}`)
  expect(body).toMatchObject({
    state: 'succeeded',
    rowsAccepted: Math.floor(fileCanaries.length / 2),
    rowsRejected: Math.ceil(fileCanaries.length / 2),
  })
  await officer.get(`/api/v1/imports/${id}/errors`)
  await officer.get(`/api/v1/imports/${id}/errors.csv`)
}

/** Everything that an officer does with a person, right and wrong. */
async function useEverything(by: Officer): Promise<void> {
  const [first, second] = [apiCanaries[0]!, apiCanaries[1]!]
  const found = await by.get(`/api/v1/persons/search?q=${encodeURIComponent(first.name)}`)
  const id =
    (found.body as { items?: { id: string }[] } | null)?.items?.[0]?.id ??
    '01900000-0000-7000-8000-0000000000ff'
  await Promise.all(
    [first.idNumber, first.phone, '司徒', 'situ'].map((q) =>
      by.get(`/api/v1/persons/search?q=${encodeURIComponent(q)}`),
    ),
  )
  await by.get(`/api/v1/persons/${id}`)
  await by.get(`/api/v1/persons/${id}/history`)
  await by.post(`/api/v1/persons/${id}/reveal`, {
    fields: ['idNumber', 'phone', 'address'],
    purpose: 'REGISTER',
    reason: '核对',
  })
  await by.post(
    `/api/v1/persons/${id}/corrections?dryRun=true`,
    { set: { name: second.name, phone: second.phone }, reason: '更正' },
    { ifMatch: 1, key: first.name.slice(0, 0) + 'dry' },
  )
  await by.post(
    `/api/v1/persons/${id}/corrections`,
    { set: { address: second.address, phone: second.phone }, reason: '更正' },
    { ifMatch: 1 },
  )
  await by.post(
    `/api/v1/persons/${id}/residence-episodes`,
    { divisionCode: place.otherVillage, from: '2024-01-01', status: '1', address: second.address },
    { ifMatch: 2 },
  )
  await by.post(
    '/api/v1/persons',
    newPerson(place.village, { ...first, birthDate: '1988-08-08', sex: '2' }),
    { key: 'canary' },
  )
  await by.post(
    '/api/v1/persons',
    newPerson(place.village, { ...second, name: second.idNumber, hukouDivision: first.idNumber }),
  )
  await registerHousehold(by, place.village, { address: first.address }).catch(() => undefined)
  const asked = await by.post('/api/v1/exports', {
    format: 'csv',
    filter: {},
    purpose: 'REGISTER',
    reason: '核对',
  })
  await by.get(`/api/v1/exports/${(asked.body as { id?: string } | null)?.id ?? id}/file`)
  for (const { method, url } of Object.values(contracts)) {
    if (method !== 'GET' || url.endsWith('/events')) continue
    await by.get(
      `${url.replace(/:\w+/g, encodeURIComponent(first.name))}?q=${first.phone}&${encodeURIComponent(first.name)}=${first.idNumber}`,
    )
  }
  for (const url of [
    '/api/v1/persons',
    '/api/v1/sessions',
    `/api/v1/${encodeURIComponent(first.name)}`,
    `/%ff${first.idNumber}`,
  ]) {
    await by.post(url, { username: first.name, password: first.idNumber, [first.name]: first.idNumber })
    await by.post(url, `{"name":"${first.name}", ${first.idNumber}`)
  }
}

function found(text: string, kinds: readonly (keyof (typeof canaries)[number])[]): string[] {
  return kinds.flatMap((kind) =>
    canaries
      .map((canary) => canary[kind])
      .filter(
        (value) =>
          text.includes(value) ||
          text.includes(encodeURIComponent(value)) ||
          text.includes(Buffer.from(value).toString('hex')),
      ),
  )
}
const everything = ['idNumber', 'phone', 'name', 'address'] as const

describe('the log', () => {
  test('tells of every request and names nobody', async () => {
    await useEverything(officer)
    await useEverything(office.stranger)
    await office.office.views.flush()

    expect(lines.match(/"route":"\/api\/v1\/persons/g)!.length).toBeGreaterThan(10)
    expect(found(lines, everything)).toEqual([])
  })

  test('names nobody when the database fails under the values of a statement', async () => {
    const link = await flakyLink(office.url)
    const db = connect(link.url, { poolSize: 4, onError: () => undefined })
    let failures = ''
    const log = pino(logOptions('trace'), { write: (line: string) => void (failures += line) })
    const { app } = await buildApp({ config: office.config, db, keys: readKeys(office.config), log })
    await app.ready()
    const by = officerAt(app, officer.username, officer.token)
    await by.get('/api/v1/me')

    const working = Promise.all(
      apiCanaries.flatMap((canary, index) => [
        by.post('/api/v1/persons', newPerson(place.village, { ...canary, birthDate: '1988-08-08' }), {
          key: `cut-${index}`,
        }),
        by.get(`/api/v1/persons/search?q=${encodeURIComponent(canary.name)}`),
      ]),
    )
    setTimeout(() => link.cut(), 15)
    const answers = await working
    await app.close()
    await db.close()
    await link.close()

    expect(answers.map(({ status }) => status)).toContain(503)
    expect(failures).toContain('"code":"database-unavailable"')
    expect(found(failures, everything)).toEqual([])
  })

  test('names nobody when a statement breaks for a reason that nobody foresaw', async () => {
    const before = lines.length
    await office.sql('alter table persons add constraint broken check (version < 0) not valid')
    await office.sql('revoke select on households from youyu_app')
    const answers = await Promise.all(
      apiCanaries.map((canary) =>
        officer.post(
          '/api/v1/persons',
          newPerson(place.village, { ...canary, idNumber: undefined, idType: '99', birthDate: '1988-08-08' }),
        ),
      ),
    )
    await Promise.all([
      officer.get('/api/v1/households'),
      registerHousehold(officer, place.village, { address: apiCanaries[0]!.address }).catch(() => undefined),
    ])
    await office.sql('grant select on households to youyu_app')
    await office.sql('alter table persons drop constraint broken')

    expect(new Set(answers.map(({ status }) => status < 400))).toEqual(new Set([false]))
    expect(lines.slice(before)).toMatch(/"sqlstate":"42501"/)
    expect(found(lines.slice(before), everything)).toEqual([])
  })
})

describe('the database', () => {
  test('has no plain identity number and no plain phone in any column of any table', async () => {
    const tables = await office.sql<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    const dump = mkdtempSync(join(tmpdir(), 'youyu-canaries-'))
    for (const { name } of tables) {
      const [row] = await office.sql<{ text: string | null }>(
        `select string_agg(t::text, E'\n') as text from ${name} t`,
      )
      writeFileSync(join(dump, name), row!.text ?? '')
    }
    const secrets = canaries.flatMap(({ idNumber, phone }) => [idNumber, phone])
    const found = filesWith(dump, [
      ...secrets,
      ...secrets.map((secret) => Buffer.from(secret).toString('hex')),
    ])
    const named = filesWith(
      dump,
      canaries.map(({ name }) => name),
    )
    rmSync(dump, { recursive: true, force: true })

    expect(found).toEqual([])
    expect(named).toContain(join(dump, 'public.persons'))
    expect(tables.length).toBeGreaterThan(20)
  })

  test('has no plain identity number and no plain phone in its files, write-ahead log and server log', async () => {
    await office.sql('checkpoint')
    const [row] = await office.sql<{ directory: string }>(
      `select setting as directory from pg_settings where name = 'data_directory'`,
    )
    const home = dirname(row!.directory)

    expect(
      filesWith(
        home,
        canaries.flatMap(({ idNumber, phone }) => [idNumber, phone]),
      ),
    ).toEqual([])
    expect(filesWith(home, ['residence_episodes']).length).toBeGreaterThan(0)
  })

  test('leaves no plain value in the data directory of the application', () => {
    expect(
      filesWith(
        office.config.DATA_DIR,
        canaries.flatMap((canary) => Object.values(canary)),
      ),
    ).toEqual([])
  })
})
