import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '@youyu/shared/contracts'
import type { Endpoint } from '@youyu/shared/endpoint'
import { moduleOf, Role, roles } from '@youyu/shared/permissions'
import { foundCounty, newPerson, registerHousehold, registerPerson, type Place } from './county.ts'
import { openOffice, type Answer, type Officer, type TestOffice } from './office.ts'

const FOREIGN_NAME = '欧阳外县'
const nobody = '01900000-0000-7000-8000-0000000000ff'

type Records = {
  place: Place
  person: string
  otherPerson: string
  household: string
  user: string
  organisation: string
  import: string
  export: string
  client: string
}

let office: TestOffice
let own: Records
let foreign: Records
const officers = new Map<Role, Officer>()

beforeAll(async () => {
  office = await openOffice()
  own = await recordsOf('371121', '张三')
  foreign = await recordsOf('370321', FOREIGN_NAME)
  for (const role of Role.options) officers.set(role, await office.officer(role, placeOf(role, own.place)))
}, 120_000)
afterAll(() => office.close())

/** The division at which a role is granted. */
function placeOf(role: Role, place: Place): string | null {
  const level = roles[role].levels.includes(3) ? 3 : roles[role].levels[0]
  if (level === 0) return null
  if (level === 1) return `${place.county.slice(0, 2)}0000000000`
  if (level === 2) return `${place.county.slice(0, 4)}00000000`
  return level === 3 ? place.county : level === 4 ? place.township : place.village
}

async function recordsOf(prefix: string, name: string): Promise<Records> {
  const place = await foundCounty(office, prefix)
  const officer = await office.officer('county_population', place.county)
  const person = await registerPerson(officer, place.village, { name })
  const otherPerson = await registerPerson(officer, place.village, { name })
  const household = await registerHousehold(officer, place.village)
  const organisation = await officer.post('/api/v1/organisations', {
    code: `ORG-${prefix}`,
    type: 'ORG-B',
    name: `卫健局${prefix}`,
    divisionCode: place.county,
  })
  const uploaded = await officer.upload(
    '/api/v1/imports',
    { kind: 'persons' },
    { name: 'persons.csv', content: 'name,sex,birthDate,residenceDivision\n' },
  )
  const exported = await officer.post('/api/v1/exports', {
    format: 'csv',
    purpose: 'REGISTER',
    reason: '核对',
  })
  const [client] = await office.sql<{ id: string }>(
    `insert into api_clients (id, name, scopes, purposes, division_prefix, allowed_addresses, requests_per_minute, status, version, created_by, created_at)
     values (gen_random_uuid(), $1, '{person.read}', '{}', $2, '{}', 100, 'active', 1, gen_random_uuid(), now()) returning id`,
    [`client ${prefix}`, prefix],
  )
  const [user] = await office.sql<{ id: string }>('select id from users where username = $1', [
    officer.username,
  ])
  const idOf = (answer: Answer, path: string) =>
    (path
      .split('.')
      .reduce(
        (value, key) => (value as Record<string, unknown> | null)?.[key] as never,
        answer.body as unknown,
      ) ?? nobody) as string
  return {
    place,
    person: person.id,
    otherPerson: otherPerson.id,
    household: household.id,
    user: user!.id,
    organisation: idOf(organisation, 'id'),
    import: idOf(uploaded, 'import.id'),
    export: idOf(exported, 'id'),
    client: client!.id,
  }
}

/** The address of an operation on the records of a county. */
function addressOf({ url }: Endpoint, records: Records): string {
  const id = /\/persons\//.test(url)
    ? records.person
    : /\/households\//.test(url)
      ? records.household
      : /\/users\//.test(url)
        ? records.user
        : /\/organisations\//.test(url)
          ? records.organisation
          : /\/imports\//.test(url)
            ? records.import
            : /\/exports\//.test(url)
              ? records.export
              : /\/api-clients\//.test(url)
                ? records.client
                : nobody
  return url
    .replace(':id', id)
    .replace(/:(grantId|secretId|episodeId)/, nobody)
    .replace(':code', records.place.village)
    .replace(':kind', 'persons')
    .replace(':source', 'matrix')
    .replace(':key', 'matrix')
}

/** A body that the schema takes, for every operation that has one: a new operation must add its own. */
const bodies: Record<string, (records: Records) => unknown> = {
  createSession: () => ({ username: 'nobody', password: 'wrong' }),
  changePassword: () => ({ currentPassword: 'wrong', newPassword: 'a long enough new password' }),
  enrolSecondFactor: () => ({ password: 'wrong' }),
  confirmSecondFactor: () => ({ code: '000000' }),
  removeSecondFactor: () => ({ password: 'wrong', code: '000000' }),
  setPreference: () => ({ value: 1 }),
  createUser: (records) => ({
    username: `u${Math.random().toString(36).slice(2, 10)}`,
    displayName: '新用户',
    grants: [{ role: 'village_worker', divisionPrefix: records.place.village }],
  }),
  changeUser: () => ({ displayName: '改名' }),
  giveGrant: (records) => ({ role: 'village_worker', divisionPrefix: records.place.otherVillage }),
  createApiClient: (records) => ({
    name: `c${Math.random()}`,
    scopes: ['person.read'],
    divisionPrefix: records.place.county.slice(0, 6),
  }),
  changeApiClient: () => ({ name: `c${Math.random()}` }),
  rotateClientSecret: () => ({ overlapHours: 1 }),
  issueToken: () => ({ grant_type: 'client_credentials' }),
  previewDivisionChange: (records) => ({
    kind: 'RENAME',
    from: [records.place.village],
    to: [{ code: records.place.village, name: '新村' }],
    effectiveOn: '2026-01-01',
    sourceDocument: '文件',
  }),
  applyDivisionChange: (records) => ({
    kind: 'RENAME',
    from: [records.place.village],
    to: [{ code: records.place.village, name: '新村' }],
    effectiveOn: '2026-01-01',
    sourceDocument: '文件',
  }),
  createOrganisation: (records) => ({
    code: `X${Math.random().toString(36).slice(2, 10)}`,
    type: 'ORG-VR',
    name: '村卫生室',
    divisionCode: records.place.village,
  }),
  changeOrganisation: () => ({ name: '改名的机构' }),
  createPerson: (records) => newPerson(records.place.village),
  correctPerson: () => ({ set: { education: '70' }, reason: '核对' }),
  movePerson: (records) => ({ divisionCode: records.place.village, from: '2020-01-01', status: '1' }),
  voidResidenceEpisode: () => ({ reason: '误录' }),
  revealPerson: () => ({ fields: ['phone'], purpose: 'REGISTER', reason: '核对' }),
  mergePersons: (records) => ({ keepId: records.person, mergeId: records.otherPerson, reason: '重复' }),
  undoMerge: () => ({ reason: '误并' }),
  createHousehold: (records) => ({
    number: `N${Math.random().toString(36).slice(2, 10)}`,
    type: 'FAMILY',
    divisionCode: records.place.village,
  }),
  changeHousehold: () => ({ address: '村东' }),
  splitHousehold: (records) => ({
    number: 'S1',
    members: [{ personId: records.person, relation: '0' }],
    on: '2026-01-01',
  }),
  addMember: (records) => ({ personId: records.person, relation: '8', on: '2026-01-01' }),
  changeHead: (records) => ({ personId: records.person, on: '2026-01-01' }),
  decideImportReviews: () => ({ rows: [1], decision: 'skipped' }),
  saveImportMapping: () => ({ mapping: {} }),
  requestExport: () => ({ format: 'csv', purpose: 'REGISTER', reason: '核对' }),
  decideExport: () => ({ decision: 'refused', reason: '不需要' }),
}

async function ask(name: string, contract: Endpoint, officer: Officer, records: Records): Promise<Answer> {
  const url = `${addressOf(contract, records)}${contract.schema.querystring && 'dryRun' in contract.schema.querystring.shape ? '?dryRun=true' : ''}`
  const options = { ifMatch: 9999 }
  const body = bodies[name]?.(records)
  switch (contract.method) {
    case 'GET':
      return await officer.get(url)
    case 'DELETE':
      return await officer.delete(url)
    case 'PUT':
      return await officer.put(url, body, options)
    case 'PATCH':
      return await officer.patch(url, body, options)
    case 'POST':
      return contract.config.multipart
        ? await officer.upload(
            url,
            { kind: 'persons' },
            { name: 'matrix.csv', content: 'name,sex\n' },
            options,
          )
        : await officer.post(url, body, options)
  }
}

/** Operations that would end the session asking, or stream for as long as work goes on. */
const apart = new Set([
  'endSession',
  'watchJob',
  'createSession',
  'refreshSession',
  'issueToken',
  'signInOptions',
])
const operations = Object.entries(contracts).filter(([name]) => !apart.has(name))

const codeOf = (answer: Answer) => (answer.body as { code?: string } | null)?.code

function mayUse(role: Role, { config: { permission } }: Endpoint): boolean {
  if (permission === 'public' || permission === 'signed-in') return true
  return roles[role].permissions.includes(permission) && moduleOf(permission) !== undefined
}

describe('the access matrix', () => {
  test('has a body for every operation that takes one', () => {
    const missing = Object.entries(contracts).filter(
      ([name, contract]) => contract.schema.body && !bodies[name],
    )

    expect(missing.map(([name]) => name)).toEqual([])
  })

  test('asks for a session first', async () => {
    for (const [name, contract] of operations) {
      const answer = await ask(name, contract, office.stranger, own)

      expect([name, answer.status]).toEqual([name, 401])
    }
  })

  for (const role of Role.options) {
    test(`refuses ${role} what its permissions do not carry, and nothing else`, async () => {
      const officer = officers.get(role)!
      for (const [name, contract] of operations) {
        const answer = await ask(name, contract, officer, own)

        expect([name, codeOf(answer) === 'forbidden']).toEqual([name, !mayUse(role, contract)])
        expect([name, answer.status < 500]).toEqual([name, true])
        expect([name, codeOf(answer) ?? ''].join(' ')).not.toMatch(/unauthenticated|token-|session-revoked/)
      }
    })

    test(`shows ${role} nothing of the other county`, async () => {
      const officer = officers.get(role)!
      if (placeOf(role, own.place) === null) return
      for (const [name, contract] of operations.filter(
        ([, { config }]) => config.permission !== 'signed-in',
      )) {
        const answer = await ask(name, contract, officer, foreign)
        const isOfArea =
          !/\/(divisions|division-changes|roles|import-kinds|import-mappings|import-inspections|organisations)(\/|$)/.test(
            contract.url,
          )

        expect(answer.text).not.toContain(FOREIGN_NAME)
        if (isOfArea && /:id/.test(contract.url)) expect([name, answer.status >= 400]).toEqual([name, true])
        if (contract.method !== 'GET' && /:id/.test(contract.url))
          expect([name, answer.status >= 400]).toEqual([name, true])
      }
    })
  }
})

describe('row-level security alone', () => {
  const guarded = `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relrowsecurity order by 1`

  async function visible(area: string, table: string, where = 'true'): Promise<number> {
    const client = await office.db.owner.connect()
    try {
      await client.query('begin')
      await client.query('set local role youyu_app')
      await client.query(`select set_config('app.area', $1, true)`, [area])
      const { rows } = await client.query<{ n: number }>(
        `select count(*)::int as n from ${table} where ${where}`,
      )
      return rows[0]!.n
    } finally {
      await client.query('rollback')
      client.release()
    }
  }

  test('shows no row of any guarded table without an area', async () => {
    for (const { name } of await office.sql<{ name: string }>(guarded)) {
      expect([name, await visible('', name)]).toEqual([name, 0])
    }
  })

  test('shows no row of the other county inside an area', async () => {
    for (const { name } of await office.sql<{ name: string }>(guarded)) {
      expect([name, await visible('{["371121","371121:")}', name, 'county_code = 370321')]).toEqual([name, 0])
    }
  })

  test('shows the rows of the area', async () => {
    expect(await visible('{["371121","371121:")}', 'persons')).toBeGreaterThanOrEqual(2)
    expect(await visible('{["371121102","371121102:")}', 'persons')).toBe(0)
  })
})
