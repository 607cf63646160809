import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { useAuthorization } from './authorization.ts'
import { useFloor } from './floor.ts'
import { useProblems } from './problem.ts'
import { useSite } from './site.ts'

const folder = mkdtempSync(join(tmpdir(), 'youyu-site-'))
const app = Fastify({ genReqId: () => 'id' })

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  for (const name of [
    'index.html',
    'appearance.js',
    'favicon.svg',
    'assets/app-3f2a.js',
    'assets/app-3f2a.js.br',
    'index.html.br',
    'appearance.js.gz',
  ])
    writeFileSync(join(folder, name), `of ${name}`)
  const config = readConfig({})
  useProblems(app)
  await useFloor(app, config, { derive: () => Buffer.alloc(32, 7), auditSigningKey: null as never })
  useAuthorization(
    app,
    {
      ofSession: () => Promise.reject(new Error()),
      ofClient: () => Promise.reject(new Error()),
      recall: () => null,
    },
    () => undefined,
  )
  await useSite(app, folder)
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const get = (url: string, accept = 'text/html,*/*;q=0.8', method: 'GET' | 'HEAD' | 'POST' = 'GET') =>
  app.inject({ method, url, headers: { accept } })

describe('the site', () => {
  test.each(['/', '/persons', '/persons/1?tab=history', '/imports/new', '/apiary'])(
    'answers %s with its page, never kept',
    async (url) => {
      const { statusCode, body, headers } = await get(url)

      expect([statusCode, body]).toEqual([200, 'of index.html'])
      expect(headers['cache-control']).toBe('no-cache')
    },
  )

  test('has a policy that lets nothing foreign and nothing inline in', async () => {
    const policy = String((await get('/')).headers['content-security-policy'])

    expect(policy).toMatch(/default-src 'self'/)
    expect(policy).toMatch(/frame-ancestors 'none'/)
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
  })

  test('keeps hashed files for ever and others for no time', async () => {
    const [hashed, plain] = await Promise.all([get('/assets/app-3f2a.js'), get('/appearance.js')])

    expect(hashed.headers['cache-control']).toContain('immutable')
    expect(plain.headers['cache-control']).toBe('no-cache')
  })

  test.each([
    '/api/v1/nowhere',
    '/api',
    '/api?x',
    '/oauth/nowhere',
    '/assets/gone.js',
    '/health/nowhere',
    '/openapi.json/x',
  ])('answers %s with a problem, also to a browser', async (url) => {
    const { statusCode, headers } = await get(url)

    expect([statusCode, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8'])
  })

  test('answers a problem to a program, and to whoever sends', async () => {
    const answers = await Promise.all([get('/persons', 'application/json'), get('/persons', '*/*', 'POST')])

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404])
  })

  test('answers a head without a body', async () => {
    const { statusCode, body } = await get('/', 'text/html', 'HEAD')

    expect([statusCode, body]).toEqual([200, ''])
  })

  test.each(['/../package.json', '/%2e%2e/package.json', '/assets/..%2f..%2fpackage.json', '/assets/%00'])(
    'never leaves its folder (%s)',
    async (url) => {
      expect((await get(url)).body).not.toContain('youyu-')
    },
  )
})
