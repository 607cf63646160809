import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ApiClient } from '@youyu/shared/accounts'
import { officerAt, openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'

let office: TestOffice
let admin: Officer
let neighbour: Officer
beforeAll(async () => {
  office = await openOffice()
  admin = await office.officer('sys_admin', '371121000000')
  neighbour = await office.officer('sys_admin', '370321000000')
})
afterAll(() => office.close())

let count = 0
const wanted = () => ({
  name: `县医院 ${(count += 1)}`,
  scopes: ['division.read', 'organisation.read'],
  divisionPrefix: '371121',
})

async function register(more: object = {}): Promise<{ client: ApiClient; secret: string }> {
  const { status, body, text } = await admin.post('/api/v1/api-clients', { ...wanted(), ...more })
  if (status !== 201) throw new Error(text)
  return body
}

async function token(form: Record<string, string> | string, headers: Record<string, string> = {}) {
  const payload = typeof form === 'string' ? form : new URLSearchParams(form).toString()
  const response = await office.app.inject({
    method: 'POST',
    url: '/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload,
  })
  return {
    status: response.statusCode,
    body: response.json<Record<string, string>>(),
    headers: response.headers,
  }
}

const grant_type = 'client_credentials'
const asking = ({ client, secret }: { client: ApiClient; secret: string }, more: object = {}) => ({
  grant_type,
  client_id: client.id,
  client_secret: secret,
  ...more,
})

async function machine(registered: { client: ApiClient; secret: string }): Promise<Officer> {
  const { body } = await token(asking(registered))
  return officerAt(office.app, registered.client.name, body['access_token']!)
}

describe('a machine client', () => {
  test('is registered with one secret and works in its area with its scopes', async () => {
    const registered = await register()
    const client = await machine(registered)

    expect(registered.client).toMatchObject({
      status: 'active',
      requestsPerMinute: 600,
      secrets: [{ expiresAt: null }],
      version: 1,
    })
    expect((await client.get('/api/v1/users')).status).toBe(403)
    expect((await client.get('/api/v1/me')).status).toBe(403)
    expect((await client.get('/api/v1/sessions')).status).toBe(403)
    expect(
      (await client.post('/api/v1/me/password', { currentPassword: 'a', newPassword: 'b' })).status,
    ).toBe(403)
    const [row] = await office.sql<{ secret_hash: Buffer }>(
      'select secret_hash from api_client_secrets where client_id = $1',
      [registered.client.id],
    )
    expect(row!.secret_hash.toString()).not.toContain(registered.secret)
  })

  test.each<[string, object, number, string]>([
    ['no scope', { scopes: [] }, 400, '/scopes'],
    ['a scope of administrators', { scopes: ['account.manage'] }, 400, '/scopes/0'],
    ['an address that is none', { allowedAddresses: ['10.0.0.0/33'] }, 400, '/allowedAddresses/0'],
    ['an end in the past', { expiresAt: '2020-01-01T00:00:00Z' }, 400, '/expiresAt'],
    ['a foreign area', { divisionPrefix: '370321' }, 403, '/divisionPrefix'],
    ['a wider area', { divisionPrefix: '37' }, 403, '/divisionPrefix'],
    ['an unknown field', { secret: 'x' }, 400, '/secret'],
  ])('with %s is refused and the field named', async (_what, more, status, pointer) => {
    const answer = await admin.post('/api/v1/api-clients', { ...wanted(), ...more })

    expect(answer).toMatchObject({ status, body: { errors: [{ pointer }] } })
  })

  test('has a name of its own', async () => {
    const { client } = await register()

    expect((await admin.post('/api/v1/api-clients', { ...wanted(), name: client.name })).status).toBe(409)
  })

  test('is listed page by page in its area only', async () => {
    const { client } = await register()
    await register()
    const first = (await admin.get('/api/v1/api-clients?limit=1')).body as {
      items: ApiClient[]
      nextCursor: string
    }
    const second = (await admin.get(`/api/v1/api-clients?limit=1&cursor=${first.nextCursor}`)).body as {
      items: ApiClient[]
    }
    const elsewhere = (await neighbour.get('/api/v1/api-clients')).body as { items: ApiClient[] }
    const clerk = await office.officer('county_manager', '371121000000')

    expect(second.items[0]!.id).not.toBe(first.items[0]!.id)
    expect(elsewhere.items).toEqual([])
    expect((await clerk.get('/api/v1/api-clients')).status).toBe(403)
    expect(
      (await neighbour.patch(`/api/v1/api-clients/${client.id}`, { name: 'x' }, { ifMatch: 1 })).status,
    ).toBe(404)
    expect((await neighbour.post(`/api/v1/api-clients/${client.id}/secrets`, {})).status).toBe(404)
    expect(
      (await neighbour.delete(`/api/v1/api-clients/${client.id}/secrets/${client.secrets[0]!.id}`)).status,
    ).toBe(404)
  })

  test('is changed by who read it last', async () => {
    const { client } = await register()
    const path = `/api/v1/api-clients/${client.id}`

    expect(await admin.patch(path, { requestsPerMinute: 5 }, { ifMatch: 1 })).toMatchObject({
      status: 200,
      body: { requestsPerMinute: 5, version: 2 },
    })
    expect((await admin.patch(path, { requestsPerMinute: 6 }, { ifMatch: 1 })).status).toBe(412)
    expect((await admin.patch(path, { requestsPerMinute: 6 })).status).toBe(428)
    expect((await admin.patch(path, { divisionPrefix: '37' }, { ifMatch: 2 })).status).toBe(403)
  })

  test.each<[string, object, number]>([
    ['disabled', { status: 'disabled' }, 401],
    ['limited to other addresses', { allowedAddresses: ['10.9.9.0/24'] }, 403],
    ['left without the scope', { scopes: ['division.read'] }, 403],
  ])('%s is out on the next request', async (_how, change, status) => {
    const registered = await register({ scopes: ['account.read', 'division.read'] })
    const client = await machine(registered)

    const before = await client.get('/api/v1/users')
    await admin.patch(`/api/v1/api-clients/${registered.client.id}`, change, { ifMatch: 1 })
    const after = await client.get('/api/v1/users')

    expect([before.status, after.status]).toEqual([200, status])
  })

  test('ends at its end', async () => {
    const registered = await register({ expiresAt: new Date(Date.now() + 60_000).toISOString() })
    expect((await token(asking(registered))).status).toBe(200)
    office.setNow(new Date(Date.now() + 120_000))

    const later = await token(asking(registered))
    office.setNow(null)

    expect(later.status).toBe(401)
  })

  test('has its own limit of requests', async () => {
    const client = await machine(await register({ requestsPerMinute: 3 }))
    const statuses: number[] = []

    for (let request = 1; request <= 5; request += 1) statuses.push((await client.get('/api/v1/me')).status)

    expect(statuses).toEqual([403, 403, 403, 429, 429])
  })
})
