import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ApiClient } from '@youyu/shared/accounts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'

let office: TestOffice
let admin: Officer
beforeAll(async () => {
  office = await openOffice()
  admin = await office.officer('sys_admin', '371121000000')
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

describe('a secret', () => {
  test('is changed over with an overlap', async () => {
    const registered = await register()
    const { status, body } = await admin.post(`/api/v1/api-clients/${registered.client.id}/secrets`, {
      overlapHours: 2,
    })
    const renewed = { client: registered.client, secret: (body as { secret: string }).secret }

    const during = [(await token(asking(registered))).status, (await token(asking(renewed))).status]
    office.setNow(new Date(Date.now() + 3 * 3_600_000))
    const after = [(await token(asking(registered))).status, (await token(asking(renewed))).status]
    office.setNow(null)

    expect(status).toBe(201)
    expect(during).toEqual([200, 200])
    expect(after).toEqual([401, 200])
  })

  test('is withdrawn at once, and once', async () => {
    const registered = await register()
    const path = `/api/v1/api-clients/${registered.client.id}/secrets/${registered.client.secrets[0]!.id}`

    expect((await admin.delete(path)).status).toBe(204)
    expect((await token(asking(registered))).status).toBe(401)
    expect((await admin.delete(path)).status).toBe(404)
  })

  test('shows when it was used last', async () => {
    const registered = await register()
    await token(asking(registered))

    const { body } = await admin.get('/api/v1/api-clients?limit=200')

    const found = (body as { items: ApiClient[] }).items.find(({ id }) => id === registered.client.id)
    expect(found?.secrets[0]?.lastUsedAt).toMatch(/^\d{4}-.*Z$/)
  })
})

describe('a token', () => {
  test('is issued to credentials in the body and in the header', async () => {
    const registered = await register()
    const { id } = registered.client

    const posted = await token(asking(registered))
    const basic = await token(
      { grant_type, scope: 'division.read' },
      { authorization: `Basic ${btoa(`${id}:${registered.secret}`)}` },
    )

    expect(posted).toMatchObject({
      status: 200,
      body: { token_type: 'Bearer', expires_in: 900, scope: 'division.read organisation.read' },
    })
    expect(posted.headers['cache-control']).toBe('no-store')
    expect(basic.body).toMatchObject({ scope: 'division.read' })
    expect((await token(asking(registered, { audience: 'ignored' }))).status).toBe(200)
  })

  test.each<
    [
      string,
      (registered: { client: ApiClient; secret: string }) => Record<string, string> | string,
      number,
      string,
    ]
  >([
    ['a wrong secret', (registered) => asking({ ...registered, secret: 'wrong' }), 401, 'invalid_client'],
    [
      'an unknown client',
      (registered) => asking(registered, { client_id: '00000000-0000-7000-8000-000000000000' }),
      401,
      'invalid_client',
    ],
    [
      'a client that is no id',
      (registered) => asking(registered, { client_id: `'; drop table users` }),
      401,
      'invalid_client',
    ],
    ['no credentials', () => ({ grant_type }), 401, 'invalid_client'],
    [
      'another grant type',
      (registered) => asking(registered, { grant_type: 'password' }),
      400,
      'unsupported_grant_type',
    ],
    ['no grant type', () => 'client_id=a&client_secret=b', 400, 'invalid_request'],
    [
      'a repeated parameter',
      () => `grant_type=${grant_type}&grant_type=${grant_type}`,
      400,
      'invalid_request',
    ],
    [
      'a scope beyond its own',
      (registered) => asking(registered, { scope: 'person.read' }),
      400,
      'invalid_scope',
    ],
    ['nothing', () => '', 400, 'invalid_request'],
    ['much', () => 'a'.repeat(20_000), 400, 'invalid_request'],
  ])('is refused to %s, as RFC 6749 says', async (_whom, form, status, error) => {
    const answer = await token(form(await register()))

    expect(answer).toMatchObject({ status, body: { error } })
    if (status === 401) expect(answer.headers['www-authenticate']).toMatch(/^Basic/)
  })

  test('is asked for by a form, not by JSON', async () => {
    expect(await token(JSON.stringify({ grant_type }), { 'content-type': 'application/json' })).toMatchObject(
      { status: 400, body: { error: 'invalid_request' } },
    )
  })

  test('is refused from an address that is not allowed', async () => {
    const registered = await register({ allowedAddresses: ['10.9.9.0/24', '10.8.8.8'] })

    expect(await token(asking(registered))).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  })

  test('refused or issued is in the access log', async () => {
    const registered = await register()
    await token(asking({ ...registered, secret: 'wrong' }))
    await token(asking(registered))

    const rows = await office.sql(
      `select action, result from access_log where entity_id = $1 and action = 'sign-in' order by id`,
      [registered.client.id],
    )

    expect(rows).toEqual([
      { action: 'sign-in', result: 'refused' },
      { action: 'sign-in', result: 'allowed' },
    ])
  })
})
