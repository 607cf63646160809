import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openOffice, type Answer, type TestOffice } from '../../../../test/office.ts'
import { ensureAccount } from '../ensure-account.ts'

let office: TestOffice
beforeAll(async () => {
  office = await openOffice({ LOCKOUT_ATTEMPTS: '3', LOCKOUT_MINUTES: '10' })
})
afterAll(() => office.close())

const passwordOf = (username: string) => `correct horse ${username}`

async function signIn(username: string, password = passwordOf(username)): Promise<Answer> {
  return await office.stranger.post('/api/v1/sessions', { username, password })
}

function cookieOf({ headers }: Answer): string {
  return String(headers['set-cookie']).split(';')[0] ?? ''
}

async function refresh(cookie: string, headers: Record<string, string> = {}): Promise<Answer> {
  return await office.stranger.post('/api/v1/sessions/refresh', undefined, {
    headers: { cookie, ...headers },
  })
}

function bearer(answer: Answer) {
  return { headers: { authorization: `Bearer ${(answer.body as { accessToken: string }).accessToken}` } }
}

const newcomer = (() => {
  let count = 0
  return async () => {
    const username = `newcomer-${(count += 1)}`
    const grants = [{ role: 'county_population' as const, divisionPrefix: '371121' }]
    await ensureAccount(office.db, { username, password: passwordOf(username), grants, now: new Date() })
    return username
  }
})()

describe('a refresh token', () => {
  test('is exchanged for the next one', async () => {
    const signedIn = await signIn(await newcomer())

    const refreshed = await refresh(cookieOf(signedIn))
    const again = await refresh(cookieOf(refreshed))

    expect(refreshed.status).toBe(200)
    expect(cookieOf(refreshed)).not.toBe(cookieOf(signedIn))
    expect(again.status).toBe(200)
  })

  test('may be sent by two tabs at once', async () => {
    const cookie = cookieOf(await signIn(await newcomer()))

    const answers = await Promise.all([refresh(cookie), refresh(cookie), refresh(cookie)])

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(answers.filter(({ headers }) => headers['set-cookie']).length).toBe(1)
  })

  test('that comes back after its exchange ends the session of thief and owner', async () => {
    const signedIn = await signIn(await newcomer())
    const refreshed = await refresh(cookieOf(signedIn))
    office.setNow(new Date(Date.now() + 60_000))

    const stolen = await refresh(cookieOf(signedIn))
    office.setNow(null)

    expect(stolen).toMatchObject({ status: 401, body: { code: 'session-revoked' } })
    expect((await refresh(cookieOf(refreshed))).status).toBe(401)
    expect((await office.stranger.get('/api/v1/me', bearer(refreshed))).status).toBe(401)
  })

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a sister host', { 'sec-fetch-site': 'same-site' }, 403],
    ['a page of another origin', { origin: 'https://evil.example' }, 403],
    ['a page without origin', { origin: 'null' }, 403],
    ['our own page', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost' }, 200],
    ['our own page in an old browser', { origin: 'http://localhost:80' }, 200],
  ])('sent by %s', async (_who, headers, status) => {
    const cookie = cookieOf(await signIn(await newcomer()))

    expect((await refresh(cookie, { host: 'localhost', ...headers })).status).toBe(status)
  })

  test.each([
    ['nothing', ''],
    ['garbage', '__Host-refresh=garbage'],
    ['an unknown session', `__Host-refresh=00000000-0000-7000-8000-000000000000.${'a'.repeat(43)}`],
  ])('that is %s is a 401', async (_what, cookie) => {
    expect((await refresh(cookie)).status).toBe(401)
  })
})
