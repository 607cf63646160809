import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openOffice, type Answer, type TestOffice } from '../../../../test/office.ts'
import { ensureAccount } from '../ensure-account.ts'

let office: TestOffice
beforeAll(async () => {
  office = await openOffice({ LOCKOUT_ATTEMPTS: '3', LOCKOUT_MINUTES: '10' })
})
afterAll(() => office.close())

const county = '371121000000'
const passwordOf = (username: string) => `correct horse ${username}`

async function signIn(username: string, password = passwordOf(username)): Promise<Answer> {
  return await office.stranger.post('/api/v1/sessions', { username, password })
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

describe('signing in', () => {
  test('answers a token, who she is, and a cookie that scripts and other sites never see', async () => {
    const username = await newcomer()

    const answer = await signIn(username.toUpperCase(), passwordOf(username))

    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({
      user: { username, pending: [], division: { code: county }, secondFactor: false },
    })
    expect((answer.body as { user: { permissions: string[] } }).user.permissions).toContain('person.read')
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^__Host-refresh=.+; Path=\/; .*HttpOnly; Secure; SameSite=Strict$/,
    )
    expect(await office.stranger.get('/api/v1/me', bearer(answer))).toMatchObject({ status: 200 })
  })

  test('names the field that is missing and the one that nobody knows', async () => {
    const { status, body } = await office.stranger.post('/api/v1/sessions', { username: 'a', pass: 'b' })

    expect(status).toBe(400)
    expect(body).toMatchObject({
      errors: expect.arrayContaining([
        expect.objectContaining({ pointer: '/password', code: 'required' }),
        expect.objectContaining({ pointer: '/pass', code: 'unknown-field' }),
      ]),
    })
  })

  test('answers an unknown name as a wrong password, and locks both alike', async () => {
    const username = await newcomer()
    const answers = async (name: string) => {
      const seen: unknown[] = []
      for (let attempt = 1; attempt <= 4; attempt += 1) {
        const { status, body } = await signIn(name, 'wrong')
        seen.push([status, (body as { code: string }).code])
      }
      return seen
    }

    const known = await answers(username)
    const unknown = await answers('nobody-at-all')

    expect(known).toEqual([...Array<unknown>(3).fill([401, 'wrong-credentials']), [423, 'account-locked']])
    expect(unknown).toEqual(known)
  })

  test('is refused while locked even with the right password, and works afterwards', async () => {
    const username = await newcomer()
    for (let attempt = 1; attempt <= 3; attempt += 1) await signIn(username, 'wrong')

    const locked = await signIn(username)
    office.setNow(new Date(Date.now() + 11 * 60_000))
    const later = await signIn(username)
    office.setNow(null)

    expect(locked.status).toBe(423)
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(500)
    expect(later.status).toBe(201)
  })

  test('is refused to a disabled account, and only to who knows its password', async () => {
    const username = await newcomer()
    await office.sql(`update users set status = 'disabled' where username = $1`, [username])

    expect((await signIn(username, 'wrong')).status).toBe(401)
    expect(await signIn(username)).toMatchObject({ status: 403, body: { code: 'account-disabled' } })
  })

  test('is in the access log, the failed attempt too', async () => {
    const username = await newcomer()
    await signIn(username, 'wrong')
    await signIn(username)

    const rows = await office.sql(
      `select action, result, division_code from access_log l join users u on u.username = $1
       where l.action = 'sign-in' and (l.entity_id = u.id or l.actor_id = u.id) order by l.id`,
      [username],
    )

    expect(rows).toEqual([
      { action: 'sign-in', result: 'refused', division_code: '000000000000' },
      { action: 'sign-in', result: 'allowed', division_code: county },
    ])
  })
})

describe('without https', () => {
  test('the cookie has a plain name', async () => {
    const plain = await openOffice({ COOKIE_SECURE: 'off' })
    try {
      await ensureAccount(plain.db, {
        username: 'somebody',
        password: 'x',
        grants: [{ role: 'sys_admin', divisionPrefix: '' }],
        now: new Date(),
      })

      const { headers } = await plain.stranger.post('/api/v1/sessions', {
        username: 'somebody',
        password: 'x',
      })

      expect(String(headers['set-cookie'])).toMatch(/^refresh=.+; Path=\/; .*HttpOnly; SameSite=Strict$/)
    } finally {
      await plain.close()
    }
  })
})
