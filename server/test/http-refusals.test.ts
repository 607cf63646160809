import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openOffice, type Officer, type TestOffice } from './office.ts'
import { probe } from './probe.ts'
import { expectProblem, pointersIn } from './problems.ts'

let office: TestOffice
let officer: Officer
const { furnish } = probe()

beforeAll(async () => {
  office = await openOffice({}, { furnish })
  officer = await office.officer('county_population', '371121000000')
})
afterAll(() => office.close())

describe('an address', () => {
  test.each([
    ['that nobody knows', 'GET', '/api/v1/nowhere', 404, 'route-not-found'],
    ['below a known one', 'GET', '/api/v1/me/nowhere', 404, 'route-not-found'],
    ['with a broken escape', 'GET', '/api/v1/divisions/%E0%A4%A', 404, 'route-not-found'],
    ['with a very long part', 'GET', `/api/v1/probes/${'9'.repeat(5000)}`, 404, 'route-not-found'],
    ['asked with the wrong method', 'DELETE', '/api/v1/me', 405, 'method-not-allowed'],
    [
      'asked to be read where it can only be sent to',
      'GET',
      '/api/v1/me/password',
      405,
      'method-not-allowed',
    ],
    ['asked by another site what it may', 'OPTIONS', '/api/v1/me', 405, 'method-not-allowed'],
  ] as const)('%s is a problem', async (_title, method, url, status, code) => {
    const response = await office.app.inject({
      method,
      url,
      headers: { origin: 'https://elsewhere.example', authorization: `Bearer ${officer.token}` },
    })
    const answer = {
      status: response.statusCode,
      body: response.json<never>(),
      headers: response.headers,
      text: response.body,
    }

    expectProblem(answer, status, code)
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    if (status === 405) expect(answer.headers['allow']).toMatch(/^[A-Z, ]+$/)
  })

  test('that is wrong in its parameter names it', async () => {
    const answer = await officer.get('/api/v1/probes/not-an-id')

    expectProblem(answer, 400, 'invalid-request')
    expect(pointersIn(answer)).toEqual([[':id', 'invalid-value']])
  })
})

describe('a query', () => {
  test.each([
    ['an unknown parameter', '/api/v1/probes?nobody=1', '?nobody', 'unknown-field'],
    ['an unknown parameter where none is declared', '/api/v1/me?nobody=1', '?nobody', 'unknown-field'],
    ['a limit of none', '/api/v1/probes?limit=0', '?limit', 'invalid-value'],
    ['a limit too high', '/api/v1/probes?limit=201', '?limit', 'invalid-value'],
    ['a limit that is a fraction', '/api/v1/probes?limit=1.5', '?limit', 'invalid-value'],
    ['a limit that is no number', '/api/v1/probes?limit=ten', '?limit', 'invalid-value'],
    ['a limit given twice', '/api/v1/probes?limit=1&limit=2', '?limit', 'invalid-value'],
    ['a flag that is neither', '/api/v1/probes?flag=yes', '?flag', 'invalid-value'],
    ['an empty cursor', '/api/v1/probes?cursor=', '?cursor', 'invalid-cursor'],
    ['the key __proto__', '/api/v1/probes?__proto__=1', '?__proto__', 'unknown-field'],
  ])('with %s names it', async (_title, url, pointer, code) => {
    const answer = await officer.get(url)

    expect(answer.status).toBe(400)
    expect(pointersIn(answer)).toEqual([[pointer, code]])
  })

  const forged = (key: unknown) =>
    Buffer.from(typeof key === 'string' ? key : JSON.stringify(key)).toString('base64url')
  test.each([
    ['garbage', '!!!!'],
    ['no JSON', forged('nonsense')],
    ['another shape', forged({ id: 1 })],
    ['another type', forged(['1'])],
    ['too many parts', forged([1, 2])],
    ['infinity', forged('[1e999]')],
    ['null', forged('null')],
    ['SQL', forged(["1' or 1=1--"])],
  ])('with a cursor of %s is refused', async (_title, cursor) => {
    expectProblem(await officer.get(`/api/v1/probes?cursor=${cursor}`), 400, 'invalid-cursor')
  })

  test('with a cursor longer than any is refused', async () => {
    expect((await officer.get(`/api/v1/probes?cursor=${'a'.repeat(700)}`)).status).toBe(400)
  })
})

describe('a failure that nobody foresaw', () => {
  test.each(['throw', 'nothing', 'contract'])(
    '(%s) is an internal problem that tells nothing of itself',
    async (how) => {
      const answer = await officer.get(`/api/v1/probes/fail/${how}`)

      expectProblem(answer, 500, 'internal')
      expect(answer.text).not.toMatch(/张三|9901|stack|Error|required/)
    },
  )
})

describe('a token', () => {
  test.each([
    ['missing', undefined, 'unauthenticated'],
    ['of another scheme', 'Basic YTpi', 'unauthenticated'],
    ['empty', 'Bearer ', 'token-invalid'],
    ['no token', 'Bearer nonsense', 'token-invalid'],
    ['of three dots', 'Bearer ...', 'token-invalid'],
    [
      'unsigned',
      `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"x","exp":9999999999}').toString('base64url')}.`,
      'token-invalid',
    ],
    ['of a broken header', `Bearer ${Buffer.from('{"alg":').toString('base64url')}.e30.x`, 'token-invalid'],
    [
      'of a null header',
      `Bearer ${Buffer.from('null').toString('base64url')}.${Buffer.from('null').toString('base64url')}.x`,
      'token-invalid',
    ],
    ['very long', `Bearer ${'a'.repeat(8000)}.${'b'.repeat(2000)}.c`, 'token-invalid'],
  ])('%s is refused', async (_title, authorization, code) => {
    const response = await office.app.inject({
      method: 'GET',
      url: '/api/v1/me',
      headers: authorization === undefined ? {} : { authorization },
    })

    expectProblem(
      {
        status: response.statusCode,
        body: response.json<never>(),
        headers: response.headers,
        text: response.body,
      },
      401,
      code,
    )
  })

  test.each([
    ['without an end', {}, {}],
    ['of another issuer', {}, { expiresIn: '5m', iss: 'elsewhere' }],
    ['for another audience', {}, { expiresIn: '5m', aud: 'elsewhere' }],
    ['of another kind', { kind: 'root' }, { expiresIn: '5m' }],
    ['of a session that never was', {}, { expiresIn: '5m' }],
    ['of a session that cannot be', { jti: "x' or true" }, { expiresIn: '5m' }],
  ] as const)('%s, well signed, is refused', async (_title, claims, options) => {
    const id = '01900000-0000-7000-8000-0000000000ff'
    const token = office.app.jwt.sign(
      { sub: id, jti: id, kind: 'user', ...claims } as never,
      options as never,
    )

    const { status } = await office.stranger.get('/api/v1/me', {
      headers: { authorization: `Bearer ${token}` },
    })

    expect(status).toBe(401)
  })
})
