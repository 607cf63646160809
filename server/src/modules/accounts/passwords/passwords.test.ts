import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { officerAt, openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { ensureAccount } from '../ensure-account.ts'

let office: TestOffice
beforeAll(async () => {
  office = await openOffice({ PASSWORD_HISTORY: '2', PASSWORD_MAX_AGE_DAYS: '90' })
})
afterAll(() => office.close())

const first = 'kfrn-6wqp-x2tm-9bvd'
const second = 'a lake under quiet snow'
const third = 'three grey herons waiting'

async function signIn(username: string, password: string): Promise<Officer> {
  const { body } = await office.stranger.post('/api/v1/sessions', { username, password })
  return officerAt(office.app, username, (body as { accessToken: string }).accessToken)
}

async function newcomer(username: string, mustChangePassword = false): Promise<Officer> {
  const grants = [{ role: 'county_population' as const, divisionPrefix: '371121' }]
  await ensureAccount(office.db, { username, password: first, grants, mustChangePassword, now: new Date() })
  return await signIn(username, first)
}

const change = (officer: Officer, currentPassword: string, newPassword: string) =>
  officer.post('/api/v1/me/password', { currentPassword, newPassword })

describe('a password', () => {
  test('is changed by its owner, whose other sessions end', async () => {
    const officer = await newcomer('changer')
    const elsewhere = await signIn('changer', first)

    const { status } = await change(officer, first, second)

    expect(status).toBe(204)
    expect((await officer.get('/api/v1/me')).status).toBe(200)
    expect((await elsewhere.get('/api/v1/me')).status).toBe(401)
    expect(
      (await office.stranger.post('/api/v1/sessions', { username: 'changer', password: first })).status,
    ).toBe(401)
    expect(
      (await office.stranger.post('/api/v1/sessions', { username: 'changer', password: second })).status,
    ).toBe(201)
  })

  test('is changed by who knows it only', async () => {
    const officer = await newcomer('guesser')

    const wrong = await change(officer, 'not it', second)

    expect(wrong).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/currentPassword', code: 'wrong-credentials' }] },
    })
    for (let attempt = 2; attempt <= 5; attempt += 1) await change(officer, 'not it', second)
    expect(await change(officer, first, second)).toMatchObject({ status: 423 })
  })

  test.each([
    ['short', 'password-too-short'],
    ['Password12345', 'password-breached'],
    ['my name is chooser', 'password-contains-name'],
    [first, 'password-reused'],
  ])('is not changed to %s', async (password, code) => {
    const officer = await newcomer('chooser')

    expect(await change(officer, first, password)).toMatchObject({
      status: 422,
      body: { code, errors: [{ pointer: '/newPassword', code }] },
    })
  })

  test('is not one of the last two, and may be an older one', async () => {
    const officer = await newcomer('returner')
    const fourth = 'red kites above the dam'

    expect((await change(officer, first, second)).status).toBe(204)
    expect((await change(officer, second, third)).status).toBe(204)
    expect(await change(officer, third, first)).toMatchObject({
      status: 422,
      body: { code: 'password-reused' },
    })
    expect((await change(officer, third, fourth)).status).toBe(204)
    expect((await change(officer, fourth, first)).status).toBe(204)
  })

  test('given by others comes before everything else', async () => {
    const officer = await newcomer('beginner', true)

    expect(await officer.get('/api/v1/me')).toMatchObject({
      status: 200,
      body: { pending: ['password-change'] },
    })
    expect(await officer.get('/api/v1/sessions')).toMatchObject({
      status: 403,
      body: { code: 'password-change-required' },
    })
    expect((await change(officer, first, second)).status).toBe(204)
    expect((await officer.get('/api/v1/sessions')).status).toBe(200)
  })

  test('that is too old is changed first', async () => {
    await newcomer('veteran')
    office.setNow(new Date(Date.now() + 91 * 86_400_000))
    const officer = await signIn('veteran', first)

    const { body } = await officer.get('/api/v1/me')
    office.setNow(null)

    expect(body).toMatchObject({ pending: ['password-change'] })
  })

  test('leaves no trace in the access log but that it was changed', async () => {
    const officer = await newcomer('logged')
    await change(officer, first, second)

    const rows = await office.sql(
      `select action, entity, fields from access_log where entity_id = (select id from users where username = 'logged') and action = 'configure'`,
    )

    expect(rows).toEqual([{ action: 'configure', entity: 'user', fields: ['password'] }])
  })
})
