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

describe('a grant', () => {
  test('is effective on the next request, and so is its withdrawal', async () => {
    const { id, username } = await account(township)
    const officer = await signedIn(username)
    expect((await officer.get('/api/v1/users')).status).toBe(403)

    const given = await admin.post(`/api/v1/users/${id}/grants`, {
      role: 'county_manager',
      divisionPrefix: '371121',
    })
    expect(given).toMatchObject({ status: 201, body: { role: 'county_manager', grantedBy: '系统管理员' } })
    expect((await officer.get('/api/v1/users')).status).toBe(200)

    const grantId = (given.body as { id: string }).id
    expect((await admin.delete(`/api/v1/users/${id}/grants/${grantId}`)).status).toBe(204)
    expect((await officer.get('/api/v1/users')).status).toBe(403)
    expect((await admin.delete(`/api/v1/users/${id}/grants/${grantId}`)).status).toBe(404)
  })

  test('ends at its end', async () => {
    const { id, username } = await account(township)
    const officer = await signedIn(username)
    const validUntil = new Date(Date.now() + 60_000).toISOString()
    await admin.post(`/api/v1/users/${id}/grants`, {
      role: 'county_manager',
      divisionPrefix: '371121',
      validUntil,
    })

    const before = await officer.get('/api/v1/users')
    office.setNow(new Date(Date.now() + 120_000))
    const after = await officer.get('/api/v1/users')
    office.setNow(null)

    expect([before.status, after.status]).toEqual([200, 403])
  })

  test('is not given twice, nor against the separation of duties, nor to oneself', async () => {
    const { id } = await account({ role: 'county_finance', divisionPrefix: '371121' })
    const { body } = await manager.get('/api/v1/me')
    const me = body as { id: string; grants: { id: string }[] }

    expect(
      (await manager.post(`/api/v1/users/${id}/grants`, { role: 'county_finance', divisionPrefix: '371121' }))
        .status,
    ).toBe(409)
    expect(
      await manager.post(`/api/v1/users/${id}/grants`, { role: 'county_subsidy', divisionPrefix: '371121' }),
    ).toMatchObject({ status: 409, body: { code: 'separation-of-duty' } })
    expect(await manager.post(`/api/v1/users/${me.id}/grants`, township)).toMatchObject({
      status: 403,
      body: { code: 'own-account' },
    })
    expect(await manager.delete(`/api/v1/users/${me.id}/grants/${me.grants[0]!.id}`)).toMatchObject({
      status: 403,
      body: { code: 'own-account' },
    })
  })

  test('two halves of a separated pair, given at the same moment, do not both pass', async () => {
    const { id } = await account(township)

    const answers = await Promise.all([
      manager.post(`/api/v1/users/${id}/grants`, { role: 'county_subsidy', divisionPrefix: '371121' }),
      manager.post(`/api/v1/users/${id}/grants`, { role: 'county_finance', divisionPrefix: '371121' }),
    ])

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  })

  test('of another area or of a stranger is not found; one above her is not hers to withdraw', async () => {
    const both = await account(township, { role: 'township_worker', divisionPrefix: '370321101' })
    const elsewhere = await account({ role: 'township_worker', divisionPrefix: '370321101' })
    const chief = await account({ role: 'county_manager', divisionPrefix: '371121' })
    const foreign = (await userSeenBy(neighbour, both.id)).user.grants[0]!
    const above = (await userSeenBy(manager, chief.id)).user.grants[0]!

    expect((await manager.delete(`/api/v1/users/${both.id}/grants/${foreign.id}`)).status).toBe(404)
    expect((await manager.post(`/api/v1/users/${elsewhere.id}/grants`, township)).status).toBe(404)
    expect((await manager.post(`/api/v1/users/${unknown}/grants`, township)).status).toBe(404)
    expect(await manager.delete(`/api/v1/users/${chief.id}/grants/${above.id}`)).toMatchObject({
      status: 403,
      body: { code: 'beyond-own-rights' },
    })
  })

  test('is in the access log with its area', async () => {
    const { id } = await account({ role: 'county_mch', divisionPrefix: '371121' })
    await admin.post(`/api/v1/users/${id}/grants`, township)

    const rows = await office.sql(
      `select action, county_code, division_code, fields from access_log where entity_id = $1 order by id desc limit 1`,
      [id],
    )

    expect(rows).toEqual([
      { action: 'grant', county_code: 0, division_code: '371121101000', fields: ['township_worker'] },
    ])
  })
})
