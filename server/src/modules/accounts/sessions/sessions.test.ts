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

describe('sessions of an officer', () => {
  test('are listed to herself, and one of them ends at once', async () => {
    const username = await newcomer()
    const first = await signIn(username)
    const second = await signIn(username)
    const { body } = await office.stranger.get('/api/v1/sessions', bearer(second))
    const items = (body as { items: { id: string; current: boolean }[] }).items
    const other = items.find(({ current }) => !current)!

    const ended = await office.stranger.delete(`/api/v1/sessions/${other.id}`, bearer(second))

    expect(items).toHaveLength(2)
    expect(ended.status).toBe(204)
    expect(await office.stranger.get('/api/v1/me', bearer(first))).toMatchObject({
      status: 401,
      body: { code: 'session-revoked' },
    })
    expect((await office.stranger.delete(`/api/v1/sessions/${other.id}`, bearer(second))).status).toBe(404)
  })

  test('cannot be ended by another officer', async () => {
    const mine = await signIn(await newcomer())
    const hers = await signIn(await newcomer())
    const { body } = await office.stranger.get('/api/v1/sessions', bearer(hers))
    const [session] = (body as { items: { id: string }[] }).items

    expect((await office.stranger.delete(`/api/v1/sessions/${session!.id}`, bearer(mine))).status).toBe(404)
    expect((await office.stranger.get('/api/v1/me', bearer(hers))).status).toBe(200)
  })

  test('end by signing out, cookie and all', async () => {
    const signedIn = await signIn(await newcomer())

    const out = await office.stranger.delete('/api/v1/sessions/current', bearer(signedIn))

    expect(out.status).toBe(204)
    expect(String(out.headers['set-cookie'])).toMatch(/^__Host-refresh=;/)
    expect((await office.stranger.get('/api/v1/me', bearer(signedIn))).status).toBe(401)
    expect((await refresh(cookieOf(signedIn))).status).toBe(401)
    expect((await office.stranger.delete('/api/v1/sessions/current', bearer(signedIn))).status).toBe(401)
  })

  test('end with their time', async () => {
    const signedIn = await signIn(await newcomer())
    office.setNow(new Date(Date.now() + 13 * 3_600_000))

    const later = await office.stranger.get('/api/v1/me', bearer(signedIn))
    const refreshed = await refresh(cookieOf(signedIn))
    office.setNow(null)

    expect(later.status).toBe(401)
    expect(refreshed.status).toBe(401)
  })

  test('end when the account is disabled', async () => {
    const username = await newcomer()
    const signedIn = await signIn(username)
    await office.sql(`update users set status = 'disabled' where username = $1`, [username])

    expect((await office.stranger.get('/api/v1/me', bearer(signedIn))).status).toBe(401)
    expect((await refresh(cookieOf(signedIn))).status).toBe(401)
  })
})
