import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Problem } from '@youyu/shared/errors'
import { openOffice, type Answer, type Officer, type TestOffice } from './office.ts'
import { probe } from './probe.ts'

let office: TestOffice
let officer: Officer
const { furnish } = probe()

beforeAll(async () => {
  office = await openOffice({}, { furnish })
  officer = await office.officer('county_population', '371121000000')
})
afterAll(() => office.close())

const ECHO = '/api/v1/probes/echo'

/** A body as it comes over the wire, however broken. */
async function send(payload: string | Buffer, type = 'application/json', method: 'POST' | 'PATCH' = 'POST', url = ECHO): Promise<Answer> {
  const response = await office.app.inject({ method, url, payload, headers: { authorization: `Bearer ${officer.token}`, 'content-type': type } })
  const isJson = /json/.test(String(response.headers['content-type']))
  return { status: response.statusCode, body: (isJson ? response.json() : null) as never, headers: response.headers, text: response.body }
}

function expectProblem(answer: Answer, status: number, code: string): Problem {
  expect([answer.status, (answer.body as Problem | null)?.code]).toEqual([status, code])
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  const problem = Problem.parse(answer.body)
  expect(problem.status).toBe(status)
  expect(problem.type).toBe(`urn:youyu:problem:${code}`)
  expect(problem.titles['zh-CN']).toMatch(/\p{Script=Han}/u)
  expect(problem.titles.en).toMatch(/^[\x20-\x7e’]+$/)
  for (const { titles } of problem.errors ?? []) expect(titles['zh-CN']).toMatch(/\p{Script=Han}/u)
  expect(answer.headers['x-content-type-options']).toBe('nosniff')
  expect(answer.headers['content-security-policy']).toMatch(/default-src/)
  expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  expect(answer.headers['cache-control']).toBe('no-store')
  return problem
}

const pointersIn = (answer: Answer) => ((answer.body as Problem).errors ?? []).map(({ pointer, code }) => [pointer, code])
const nested = (depth: number) => `{"any":${'['.repeat(depth)}${']'.repeat(depth)}}`

describe('an address', () => {
  test.each([
    ['that nobody knows', 'GET', '/api/v1/nowhere', 404, 'route-not-found'],
    ['below a known one', 'GET', '/api/v1/me/nowhere', 404, 'route-not-found'],
    ['with a broken escape', 'GET', '/api/v1/divisions/%E0%A4%A', 404, 'route-not-found'],
    ['with a very long part', 'GET', `/api/v1/probes/${'9'.repeat(5000)}`, 404, 'route-not-found'],
    ['asked with the wrong method', 'DELETE', '/api/v1/me', 405, 'method-not-allowed'],
    ['asked to be read where it can only be sent to', 'GET', '/api/v1/me/password', 405, 'method-not-allowed'],
    ['asked by another site what it may', 'OPTIONS', '/api/v1/me', 405, 'method-not-allowed'],
  ] as const)('%s is a problem', async (_title, method, url, status, code) => {
    const response = await office.app.inject({ method, url, headers: { origin: 'https://elsewhere.example', authorization: `Bearer ${officer.token}` } })
    const answer = { status: response.statusCode, body: response.json() as never, headers: response.headers, text: response.body }

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

describe('a body', () => {
  test.each([
    ['is not JSON', '{"text":'],
    ['is two values', '{}{}'],
    ['has a trailing comma', '{"text":"a",}'],
    ['has a comment', '{"text":"a"/**/}'],
    ['has a single quote', "{'text':'a'}"],
    ['is NaN', 'NaN'],
    ['has a leading zero', '{"count":01}'],
    ['has a raw control character', '{"text":"a\u0001"}'],
    ['is not UTF-8', Buffer.from([0x7b, 0x22, 0x74, 0x22, 0x3a, 0x22, 0xc4, 0xe3, 0x22, 0x7d])],
    ['is UTF-16', Buffer.from('{"text":"a"}', 'utf16le')],
    ['has the key __proto__', '{"__proto__":{"admin":true}}'],
    ['has the key __proto__ escaped', '{"\\u005f_proto__":{"admin":true}}'],
    ['has constructor.prototype', '{"constructor":{"prototype":{"admin":true}}}'],
  ])('that %s is invalid JSON', async (_title, payload) => {
    expectProblem(await send(payload), 400, 'invalid-json')
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  test.each([
    ['an unknown field', { nobody: 1 }, '/nobody', 'unknown-field'],
    ['an unknown field inside', { inner: { list: [], 'a/b~c': 1 } }, '/inner/a~1b~0c', 'unknown-field'],
    ['a missing field', { inner: {} }, '/inner/list', 'required'],
    ['a wrong type', { text: 5 }, '/text', 'invalid-value'],
    ['a wrong element', { inner: { list: ['a', null] } }, '/inner/list/1', 'invalid-value'],
    ['a text too long', { text: 'x'.repeat(21) }, '/text', 'invalid-value'],
    ['a text of spaces', { text: '  ' }, '/text', 'invalid-value'],
    ['NUL', { text: 'a\u0000' }, '/text', 'invalid-value'],
    ['NUL where anything goes', { any: [{ deep: 'a\u0000' }] }, '/any/0/deep', 'invalid-value'],
    ['a control character', { text: 'a\u0007' }, '/text', 'invalid-value'],
  ])('with %s names it by its pointer', async (_title, body, pointer, code) => {
    const answer = await send(JSON.stringify(body))

    expectProblem(answer, 400, 'invalid-request')
    expect(pointersIn(answer)).toEqual([[pointer, code]])
  })

  test.each([
    ['a lone surrogate', '{"any":"\\ud800"}', '/any'],
    ['a lone surrogate in a key', '{"any":{"\\udc00":1}}', '/any/\ufffd'],
    ['a number beyond a double', '{"count":1e400}', '/count'],
    ['a number beyond an integer', '{"count":99999999999999999999}', '/count'],
    ['a number beyond its limit', '{"count":101}', '/count'],
    ['a fraction', '{"count":1.5}', '/count'],
    ['nesting of 40', nested(40), `/any${'/0'.repeat(31)}`],
    ['nesting of 100,000', nested(100_000), `/any${'/0'.repeat(31)}`],
  ])('with %s is refused', async (_title, payload, pointer) => {
    const answer = await send(payload)

    expectProblem(answer, 400, 'invalid-request')
    expect(pointersIn(answer)[0]?.[0]).toBe(pointer)
  })

  test.each([
    ['an array', '[]', ''],
    ['a text', '"text"', ''],
    ['a number', '7', ''],
    ['null', 'null', ''],
    ['nothing', '', ''],
  ])('that is %s is refused', async (_title, payload, pointer) => {
    const answer = await send(payload)

    expectProblem(answer, 400, 'invalid-request')
    expect(pointersIn(answer)[0]?.[0]).toBe(pointer)
  })

  test('names every wrong field at once', async () => {
    const answer = await send('{"text":1,"count":"2","more":true}')

    expect(pointersIn(answer).map(([pointer]) => pointer).sort()).toEqual(['/count', '/more', '/text'])
  })

  test('with a key twice counts the last, as every JSON reader does', async () => {
    const { body } = await send('{"count":1,"count":2}')

    expect(body).toEqual({ seen: { count: 2 } })
  })

  test('may have a byte order mark and any text of the world', async () => {
    const text = '𠮷田·阿卜杜拉 \u202e👨‍👩‍👧'
    const { status, body } = await send(`\ufeff${JSON.stringify({ text })}`)

    expect([status, body]).toEqual([200, { seen: { text } }])
  })

  test('above one megabyte is too large', async () => {
    expectProblem(await send(`{"any":"${'x'.repeat(1024 * 1024)}"}`), 413, 'payload-too-large')
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'nonsense', 'multipart/form-data; boundary=b', 'application/json5'])('of type %s is not taken', async (type) => {
    expectProblem(await send('{"text":"a"}', type), 415, 'unsupported-media-type')
  })

  test('where none is expected is refused, and an empty one is not', async () => {
    const refused = await send('{"reason":"?"}', 'application/json', 'POST', '/api/v1/probes/bodiless')
    const empty = await Promise.all(['', '{}', 'null'].map((payload) => send(payload, 'application/json', 'POST', '/api/v1/probes/bodiless')))

    expectProblem(refused, 400, 'invalid-request')
    expect(pointersIn(refused)).toEqual([['/reason', 'unknown-field']])
    expect(empty.map(({ status }) => status)).toEqual([204, 204, 204])
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

  const forged = (key: unknown) => Buffer.from(typeof key === 'string' ? key : JSON.stringify(key)).toString('base64url')
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
  test.each(['throw', 'nothing', 'contract'])('(%s) is an internal problem that tells nothing of itself', async (how) => {
    const answer = await officer.get(`/api/v1/probes/fail/${how}`)

    expectProblem(answer, 500, 'internal')
    expect(answer.text).not.toMatch(/张三|9901|stack|Error|required/)
  })
})

describe('a token', () => {
  test.each([
    ['missing', undefined, 'unauthenticated'],
    ['of another scheme', 'Basic YTpi', 'unauthenticated'],
    ['empty', 'Bearer ', 'token-invalid'],
    ['no token', 'Bearer nonsense', 'token-invalid'],
    ['of three dots', 'Bearer ...', 'token-invalid'],
    ['unsigned', `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"x","exp":9999999999}').toString('base64url')}.`, 'token-invalid'],
    ['of a broken header', `Bearer ${Buffer.from('{"alg":').toString('base64url')}.e30.x`, 'token-invalid'],
    ['of a null header', `Bearer ${Buffer.from('null').toString('base64url')}.${Buffer.from('null').toString('base64url')}.x`, 'token-invalid'],
    ['very long', `Bearer ${'a'.repeat(8000)}.${'b'.repeat(2000)}.c`, 'token-invalid'],
  ])('%s is refused', async (_title, authorization, code) => {
    const response = await office.app.inject({ method: 'GET', url: '/api/v1/me', headers: authorization === undefined ? {} : { authorization } })

    expectProblem({ status: response.statusCode, body: response.json() as never, headers: response.headers, text: response.body }, 401, code)
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
    const token = office.app.jwt.sign({ sub: id, jti: id, kind: 'user', ...claims } as never, options as never)

    const { status } = await office.stranger.get('/api/v1/me', { headers: { authorization: `Bearer ${token}` } })

    expect(status).toBe(401)
  })
})
