import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { readKeys } from '../../../crypto/keys.ts'

let office: TestOffice
let claims: Record<string, unknown>
let key: Buffer
beforeAll(async () => {
  office = await openOffice()
  const officer = await office.officer('county_population', '371121000000')
  claims = JSON.parse(Buffer.from(officer.token.split('.')[1]!, 'base64url').toString()) as typeof claims
  key = readKeys(office.config).derive('access tokens')
})
afterAll(() => office.close())

function part(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
}

type Forging = { header?: unknown; secret?: Buffer | string }

function token(
  payload: unknown,
  { header = { alg: 'HS256', typ: 'JWT' }, secret = key }: Forging = {},
): string {
  const signed = `${part(header)}.${part(payload)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

const without = (name: string) =>
  Object.fromEntries(Object.entries(claims).filter(([claim]) => claim !== name))
const past = Math.floor(Date.now() / 1000) - 60

const forgeries: [string, () => string][] = [
  ['no algorithm', () => `${part({ alg: 'none' })}.${part(claims)}.`],
  ['no algorithm, in capitals', () => `${part({ alg: 'NONE' })}.${part(claims)}.`],
  ['another algorithm', () => token(claims, { header: { alg: 'HS512', typ: 'JWT' } })],
  ['an asymmetric algorithm', () => token(claims, { header: { alg: 'RS256', typ: 'JWT' } })],
  ['a header that is no object', () => token(claims, { header: '[]' })],
  ['a header that is null', () => token(claims, { header: 'null' })],
  ['another key', () => token(claims, { secret: 'another key of sufficient length, really' })],
  ['a changed payload', () => token(claims).replace(/\.[^.]+\./, `.${part({ ...claims, sub: 'x' })}.`)],
  ['another audience', () => token({ ...claims, aud: 'elsewhere' })],
  ['another issuer', () => token({ ...claims, iss: 'elsewhere' })],
  ['an end in the past', () => token({ ...claims, exp: past, iat: past - 60 })],
  ['an end that is no number', () => token({ ...claims, exp: 'tomorrow' })],
  ['an unknown kind', () => token({ ...claims, kind: 'god' })],
  ['no kind', () => token(without('kind'))],
  ['a session that is no id', () => token({ ...claims, jti: 'garbage' })],
  ['a session that is an object', () => token({ ...claims, jti: { $ne: null } })],
  ['a session that is a number', () => token({ ...claims, jti: 7 })],
  ['an unknown session', () => token({ ...claims, jti: '00000000-0000-7000-8000-000000000000' })],
  ['a client that is no id', () => token({ ...claims, kind: 'client', sub: 'garbage' })],
  [
    'an unknown client',
    () => token({ ...claims, kind: 'client', sub: '00000000-0000-7000-8000-000000000000' }),
  ],
  ['a scope that is a number', () => token({ ...claims, kind: 'client', scope: 7 })],
  ['a payload that is a text', () => token('"text"')],
  ['a payload that is null', () => token('null')],
  ['a payload that is no JSON', () => token('garbage')],
  ['one part', () => 'garbage'],
  ['two parts', () => 'garbage.garbage'],
  ['five parts', () => 'a.b.c.d.e'],
  ['dots', () => '..'],
  ['characters of no alphabet', () => 'ä.ö.ü'.normalize('NFD').replaceAll(/[^ -~]/g, '%')],
  ['ten thousand characters', () => 'a'.repeat(10_000)],
  ...['sub', 'jti', 'iss', 'aud', 'exp'].map((name): [string, () => string] => [
    `no ${name}`,
    () => token(without(name)),
  ]),
]

describe('a token with', () => {
  test('its own claims, signed again, is good', async () => {
    expect(
      (await office.stranger.get('/api/v1/me', { headers: { authorization: `Bearer ${token(claims)}` } }))
        .status,
    ).toBe(200)
  })

  test.each(forgeries)('%s is a 401', async (_what, forged) => {
    const { status, body } = await office.stranger.get('/api/v1/me', {
      headers: { authorization: `Bearer ${forged()}` },
    })

    expect(status).toBe(401)
    expect(body).toMatchObject({ status: 401 })
  })

  test.each([[''], ['Bearer'], ['Bearer '], ['Basic YTpi'], ['Bearer a b'], ['bearer\tx']])(
    'the header %j is a 401',
    async (authorization) => {
      expect((await office.stranger.get('/api/v1/me', { headers: { authorization } })).status).toBe(401)
    },
  )

  test('a megabyte is refused', async () => {
    const { status } = await office.stranger.get('/api/v1/me', {
      headers: { authorization: `Bearer ${'a'.repeat(1_000_000)}` },
    })

    expect(status).toBe(401)
  })
})
