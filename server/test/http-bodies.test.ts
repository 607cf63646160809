import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openOffice, type Answer, type Officer, type TestOffice } from './office.ts'
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

const ECHO = '/api/v1/probes/echo'

/** A body as it comes over the wire, however broken. */
async function send(
  payload: string | Buffer,
  type = 'application/json',
  method: 'POST' | 'PATCH' = 'POST',
  url = ECHO,
): Promise<Answer> {
  const response = await office.app.inject({
    method,
    url,
    payload,
    headers: { authorization: `Bearer ${officer.token}`, 'content-type': type },
  })
  const isJson = /json/.test(String(response.headers['content-type']))
  return {
    status: response.statusCode,
    body: (isJson ? response.json() : null) as never,
    headers: response.headers,
    text: response.body,
  }
}

const nested = (depth: number) => `{"any":${'['.repeat(depth)}${']'.repeat(depth)}}`

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

    expect(
      pointersIn(answer)
        .map(([pointer]) => pointer)
        .sort(),
    ).toEqual(['/count', '/more', '/text'])
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

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/xml',
    'nonsense',
    'multipart/form-data; boundary=b',
    'application/json5',
  ])('of type %s is not taken', async (type) => {
    expectProblem(await send('{"text":"a"}', type), 415, 'unsupported-media-type')
  })

  test('where none is expected is refused, and an empty one is not', async () => {
    const refused = await send('{"reason":"?"}', 'application/json', 'POST', '/api/v1/probes/bodiless')
    const empty = await Promise.all(
      ['', '{}', 'null'].map((payload) =>
        send(payload, 'application/json', 'POST', '/api/v1/probes/bodiless'),
      ),
    )

    expectProblem(refused, 400, 'invalid-request')
    expect(pointersIn(refused)).toEqual([['/reason', 'unknown-field']])
    expect(empty.map(({ status }) => status)).toEqual([204, 204, 204])
  })
})
