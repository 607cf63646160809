import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '@youyu/shared/errors'
import { openOffice, type Officer, type TestOffice } from './office.ts'
import { probe } from './probe.ts'
import { codeOf } from './register.ts'

const COUNTY = '371121000000'
const ONE = '/api/v1/probes/01900000-0000-7000-8000-0000000000ff'

let office: TestOffice
let officer: Officer
let isClosing = false
const thing = probe()

beforeAll(async () => {
  office = await openOffice(
    { MAX_REQUESTS_IN_FLIGHT: '30' },
    { furnish: thing.furnish, isClosing: () => isClosing },
  )
  officer = await office.officer('county_population', COUNTY)
})
afterAll(() => office.close())
afterEach(() => {
  isClosing = false
  thing.letGo()
})

async function until(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 3000 && !condition(); attempt += 1) await sleep(10)
  expect(condition()).toBe(true)
}

describe('a list', () => {
  test('is walked by its cursor and its Link header, each row once', async () => {
    const seen: number[] = []
    let url: string | null = '/api/v1/probes?limit=50&flag=true'
    while (url !== null) {
      const { body, headers } = await officer.get(url)
      const { items, nextCursor } = body as { items: { id: number }[]; nextCursor: string | null }
      seen.push(...items.map(({ id }) => id))
      const link = /^<(\/[^>]+)>; rel="next"$/.exec(String(headers['link'] ?? ''))?.[1] ?? null
      expect(link === null).toBe(nextCursor === null)
      if (link) expect(new URL(link, 'http://x').searchParams.get('flag')).toBe('true')
      url = link
    }

    expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => index + 1))
  })
})

describe('a versioned record', () => {
  test('is not sent again to whoever holds its version', async () => {
    const { headers } = await officer.get(ONE)
    const etag = String(headers['etag'])
    const ask = (tag: string) => officer.get(ONE, { headers: { 'if-none-match': tag } })

    const answers = await Promise.all([etag, `W/${etag}`, `"0", ${etag}`, '*', '"0"'].map(ask))

    expect(answers.map(({ status }) => status)).toEqual([304, 304, 304, 304, 200])
    expect(answers[0]).toMatchObject({ text: '', headers: { etag } })
  })

  test('is changed only by whoever has read its last version', async () => {
    const version = ((await officer.get(ONE)).body as { version: number }).version

    const answers = [
      await officer.patch(ONE, {}),
      ...(await Promise.all(
        ['nonsense', '"x"', '*', '"99999999999999999999"', `"${version - 1}"`].map((ifMatch) =>
          officer.patch(ONE, {}, { ifMatch }),
        ),
      )),
      await officer.patch(ONE, {}, { ifMatch: version }),
      await officer.patch(ONE, {}, { ifMatch: version }),
    ]

    expect(answers.map(({ status }) => status)).toEqual([428, 412, 412, 412, 412, 412, 200, 412])
    expect(answers[6]!.headers['etag']).toBe(`"${version + 1}"`)
  })
})

describe('too much at once', () => {
  test('is told to come back, in both languages, and health is still asked', async () => {
    const held = Array.from({ length: 30 }, () => officer.get('/api/v1/probes/wait'))
    await until(() => thing.waiting() === 30)

    const shed = await officer.get('/api/v1/me')
    const page = await office.stranger.get('/nowhere')
    const health = await Promise.all(['/health/live', '/health/ready'].map((url) => office.stranger.get(url)))
    thing.letGo()
    const answered = await Promise.all(held)
    await until(() => thing.waiting() === 0)
    const after = await officer.get('/api/v1/me')

    expect([shed.status, codeOf(shed), shed.headers['retry-after']]).toEqual([503, 'overloaded', '2'])
    expect((shed.body as Problem).titles).toEqual({
      'zh-CN': '系统繁忙，请稍后再试',
      en: 'The system is busy; try again shortly',
    })
    expect(shed.headers['x-request-id']).toBeDefined()
    expect(page.status).toBe(503)
    expect(health.map(({ status }) => status)).toEqual([200, 200])
    expect(new Set(answered.map(({ status }) => status))).toEqual(new Set([204]))
    expect(after.status).toBe(200)
  })
})

describe('every answer', () => {
  test('carries its own request id, whatever the caller sends', async () => {
    const ids = await Promise.all(
      [1, 2].map(() =>
        officer.get('/api/v1/me', { headers: { 'x-request-id': 'mine', 'request-id': 'mine' } }),
      ),
    )

    const [first, second] = ids.map(({ headers }) => headers['x-request-id'])
    expect(first).toMatch(/^[0-9a-f-]{36}$/)
    expect(first).not.toBe(second)
  })

  test('of the API is kept by nobody, guessed by nobody and framed by nobody', async () => {
    const { headers } = await officer.get('/api/v1/me')

    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    })
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['x-powered-by'] ?? headers['server']).toBeUndefined()
  })

  test('is for our own origin', async () => {
    const { headers } = await officer.get('/api/v1/me', { headers: { origin: 'https://elsewhere.example' } })

    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(headers['cross-origin-resource-policy']).toBe('same-origin')
  })
})

describe('health', () => {
  test('is live and ready', async () => {
    const [live, ready] = await Promise.all(
      ['/health/live', '/health/ready'].map((url) => office.stranger.get(url)),
    )

    expect([live!.body, ready!.body]).toEqual([{ status: 'live' }, { status: 'ready' }])
    expect(live!.headers['cache-control']).toBe('no-store')
  })

  test('is live and not ready while closing, and answers end their connection', async () => {
    isClosing = true

    const [live, ready, me] = await Promise.all([
      office.stranger.get('/health/live'),
      office.stranger.get('/health/ready'),
      officer.get('/api/v1/me'),
    ])

    expect([live.status, ready.status, me.status]).toEqual([200, 503, 200])
    expect(me.headers['connection']).toBe('close')
  })
})

describe('the documentation', () => {
  test('is there for people and for programs', async () => {
    const [document, page] = await Promise.all([
      office.stranger.get('/openapi.json'),
      office.stranger.get('/docs'),
    ])

    expect((document.body as { openapi: string }).openapi).toMatch(/^3\.1/)
    expect(Object.keys((document.body as { paths: object }).paths)).toContain('/api/v1/me')
    expect(page.status).toBe(200)
    expect(page.headers['content-security-policy']).not.toMatch(/unsafe-eval|https?:\/\//)
  })
})

describe('what is no request', () => {
  test.each([
    ['nonsense', 'nonsense\r\n\r\n'],
    ['a header without end', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`],
    [
      'two lengths',
      'POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}',
    ],
    [
      'a length and chunks',
      'POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}',
    ],
  ])('(%s) is answered with a problem and the server lives', async (_title, bytes) => {
    await office.app.listen({ port: 0, host: '127.0.0.1' }).catch(() => undefined)
    const { port } = office.app.server.address() as AddressInfo

    const text = await new Promise<string>((resolve) => {
      let heard = ''
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
      socket
        .on('data', (part) => (heard += part.toString()))
        .on('close', () => resolve(heard))
        .on('error', () => resolve(heard))
    })

    expect(text).toMatch(/^HTTP\/1\.1 400 /)
    expect(text).toContain('application/problem+json')
    expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200)
  })
})
