import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { User } from '@youyu/shared/accounts'
import type { Role } from '@youyu/shared/permissions'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { staffOf } from '../../../../test/staff.ts'

let office: TestOffice
let admin: Officer
let manager: Officer
let neighbour: Officer
beforeAll(async () => {
  office = await openOffice({ SIGN_INS_PER_MINUTE: '100000' })
  admin = await office.officer('sys_admin', null)
  manager = await office.officer('county_manager', '371121000000')
  neighbour = await office.officer('county_manager', '370321000000')
})
afterAll(() => office.close())

const township = { role: 'township_worker' as Role, divisionPrefix: '371121101' }
const { account, signedIn } = staffOf(() => office)

async function userSeenBy(officer: Officer, id: string) {
  const { status, body } = await officer.get(`/api/v1/users/${id}`)
  return { status, user: body as User }
}

const unknown = '00000000-0000-7000-8000-000000000000'

describe('an account', () => {
  test('is changed by who read it last', async () => {
    const { id } = await account(township)
    const { user } = await userSeenBy(manager, id)

    const changed = await manager.patch(
      `/api/v1/users/${id}`,
      { displayName: '李娜' },
      { ifMatch: user.version },
    )

    expect(changed).toMatchObject({ status: 200, body: { displayName: '李娜', version: user.version + 1 } })
    expect(
      (await manager.patch(`/api/v1/users/${id}`, { displayName: '张敏' }, { ifMatch: user.version })).status,
    ).toBe(412)
    expect((await manager.patch(`/api/v1/users/${id}`, { displayName: '张敏' })).status).toBe(428)
    expect(
      await manager.patch(`/api/v1/users/${id}`, { username: 'x' }, { ifMatch: user.version + 1 }),
    ).toMatchObject({ status: 400, body: { errors: [{ pointer: '/username', code: 'unknown-field' }] } })
  })

  test('that is disabled is out at once, and in again when enabled', async () => {
    const { id, username } = await account(township)
    const officer = await signedIn(username)
    const { user } = await userSeenBy(manager, id)

    await manager.patch(`/api/v1/users/${id}`, { status: 'disabled' }, { ifMatch: user.version })
    expect((await officer.get('/api/v1/me')).status).toBe(401)
    await manager.patch(`/api/v1/users/${id}`, { status: 'active' }, { ifMatch: user.version + 1 })

    expect((await officer.get('/api/v1/me')).status).toBe(401)
    expect((await (await signedIn(username)).get('/api/v1/me')).status).toBe(200)
  })

  test('gets a new first password, is unlocked, and its sessions end', async () => {
    const { id, username } = await account(township)
    const officer = await signedIn(username)
    for (let attempt = 1; attempt <= 5; attempt += 1)
      await office.stranger.post('/api/v1/sessions', { username, password: 'wrong' })
    expect((await userSeenBy(manager, id)).user.locked).toBe(true)

    const { status, body } = await manager.post(`/api/v1/users/${id}/password-reset`)
    const { firstPassword } = body as { firstPassword: string }

    expect(status).toBe(200)
    expect((await officer.get('/api/v1/me')).status).toBe(401)
    expect(
      await office.stranger.post('/api/v1/sessions', { username, password: firstPassword }),
    ).toMatchObject({ status: 201, body: { user: { pending: ['password-change'] } } })
    expect((await manager.post(`/api/v1/users/${id}/password-reset`)).status).toBe(200)
  })

  test('loses its sessions when its manager says so', async () => {
    const { id, username } = await account(township)
    const officer = await signedIn(username)

    expect((await manager.delete(`/api/v1/users/${id}/sessions`)).status).toBe(204)
    expect((await officer.get('/api/v1/me')).status).toBe(401)
    expect((await manager.delete(`/api/v1/users/${id}/sessions`)).status).toBe(204)
  })

  test('loses a lost authenticator by an administrator only', async () => {
    const { id } = await account(township)
    await office.sql(`update users set totp_secret = '\\x01', totp_confirmed_at = now() where id = $1`, [id])

    expect((await manager.delete(`/api/v1/users/${id}/second-factor`)).status).toBe(403)
    expect((await admin.delete(`/api/v1/users/${id}/second-factor`)).status).toBe(204)
    expect((await userSeenBy(admin, id)).user.secondFactor).toBe(false)
  })

  const deeds: [string, (officer: Officer, id: string) => Promise<{ status: number }>][] = [
    ['changed', (officer, id) => officer.patch(`/api/v1/users/${id}`, { displayName: 'x' }, { ifMatch: 1 })],
    ['reset', (officer, id) => officer.post(`/api/v1/users/${id}/password-reset`)],
    ['signed out', (officer, id) => officer.delete(`/api/v1/users/${id}/sessions`)],
    ['given a grant', (officer, id) => officer.post(`/api/v1/users/${id}/grants`, township)],
  ]
  test.each(deeds)('is not %s from another county, nor by its owner, nor by a clerk', async (_what, deed) => {
    const { id } = await account({ role: 'county_mch', divisionPrefix: '371121' })
    const { body } = await manager.get('/api/v1/me')
    const clerk = await office.officer('county_mch', '371121000000')

    expect((await deed(neighbour, id)).status).toBe(404)
    expect((await deed(manager, unknown)).status).toBe(404)
    expect((await deed(manager, (body as { id: string }).id)).status).toBe(403)
    expect((await deed(clerk, id)).status).toBe(403)
  })

  test.each(deeds.slice(0, 3))('with rights beyond hers is not %s by a manager', async (_what, deed) => {
    const { id } = await account(township, { role: 'sys_admin', divisionPrefix: '371121' })
    const abroad = await account(township, { role: 'township_worker', divisionPrefix: '370321101' })

    expect((await deed(manager, id)).status).toBe(403)
    expect((await deed(manager, abroad.id)).status).toBe(403)
  })
})
