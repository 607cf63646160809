import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { User } from '@youyu/shared/accounts'
import type { Role } from '@youyu/shared/permissions'
import { officerAt, openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { ensureAccount } from '../ensure-account.ts'

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

const password = 'kfrn-6wqp-x2tm-9bvd'
const township = { role: 'township_worker' as Role, divisionPrefix: '371121101' }
let count = 0

async function account(...grants: { role: Role; divisionPrefix: string }[]) {
  const username = `staff-${(count += 1)}`
  const { id } = await ensureAccount(office.db, {
    username,
    password,
    displayName: `职员${count}`,
    grants,
    now: new Date(),
  })
  return { id, username }
}

async function signedIn(username: string): Promise<Officer> {
  const { body } = await office.stranger.post('/api/v1/sessions', { username, password })
  return officerAt(office.app, username, (body as { accessToken: string }).accessToken)
}

async function userSeenBy(officer: Officer, id: string) {
  const { status, body } = await officer.get(`/api/v1/users/${id}`)
  return { status, user: body as User }
}

const unknown = '00000000-0000-7000-8000-000000000000'

describe('accounts of an area', () => {
  test('are listed to its manager with the grants inside, to nobody else', async () => {
    const both = await account(township, { role: 'township_worker', divisionPrefix: '370321101' })
    const elsewhere = await account({ role: 'township_worker', divisionPrefix: '370321101' })

    const { body } = await manager.get('/api/v1/users?limit=200')

    const items = (body as { items: User[] }).items
    expect(items.find(({ id }) => id === both.id)?.grants).toMatchObject([{ divisionPrefix: '371121101' }])
    expect(items.some(({ id }) => id === elsewhere.id)).toBe(false)
    expect((await userSeenBy(manager, elsewhere.id)).status).toBe(404)
    expect((await userSeenBy(neighbour, elsewhere.id)).status).toBe(200)
    expect((await userSeenBy(admin, both.id)).user.grants).toHaveLength(2)
  })

  test('are filtered by name, role, division and status', async () => {
    const { username } = await account({ role: 'pharmacist', divisionPrefix: '371121103' })
    const names = async (query: string) =>
      ((await admin.get(`/api/v1/users?${query}`)).body as { items: User[] }).items.map(
        (user) => user.username,
      )

    expect(await names(`q=${username.toUpperCase()}`)).toEqual([username])
    expect(await names(`q=${encodeURIComponent('职员')}&role=pharmacist`)).toEqual([username])
    expect(await names('division=371121103000')).toEqual([username])
    expect(await names('role=pharmacist&status=disabled')).toEqual([])
    expect(await names('q=%25')).toEqual([])
  })

  test('are read page by page, each once', async () => {
    const seen: string[] = []
    let cursor = ''
    do {
      const { body } = await admin.get(`/api/v1/users?limit=2${cursor && `&cursor=${cursor}`}`)
      const page = body as { items: User[]; nextCursor: string | null }
      seen.push(...page.items.map(({ username }) => username))
      cursor = page.nextCursor ?? ''
    } while (cursor)
    const rows = await office.sql<{ username: string }>('select username from users order by username')

    expect(seen).toEqual(rows.map(({ username }) => username))
  })

  test.each([['?role=god'], ['?cursor=garbage'], ['?limit=0'], ['?password=x'], ['?division=37']])(
    'are not asked for by %s',
    async (query) => {
      const { status, body } = await admin.get(`/api/v1/users${query}`)

      expect(status).toBe(400)
      expect((body as { errors: { pointer: string }[] }).errors[0]!.pointer).toMatch(/^\?/)
    },
  )

  test('are not shown to officers without the permission', async () => {
    const officer = await office.officer('county_population', '371121000000')

    expect((await officer.get('/api/v1/users')).status).toBe(403)
    expect((await officer.get('/api/v1/roles')).status).toBe(403)
    expect((await office.stranger.get('/api/v1/users')).status).toBe(401)
  })
})

describe('opening an account', () => {
  const wanted = (username: string, ...grants: unknown[]) => ({
    username,
    displayName: '王芳',
    grants: grants.length ? grants : [township],
  })

  test('answers a first password that opens it and must be changed', async () => {
    const { status, body } = await manager.post('/api/v1/users', wanted('opened-1'))
    const { user, firstPassword } = body as { user: User; firstPassword: string }

    const signIn = await office.stranger.post('/api/v1/sessions', {
      username: 'opened-1',
      password: firstPassword,
    })

    expect(status).toBe(201)
    expect(user).toMatchObject({
      username: 'opened-1',
      mustChangePassword: true,
      grants: [{ ...township, purposes: ['REGISTER', 'SERVICE', 'BENEFIT'] }],
    })
    expect(signIn).toMatchObject({ status: 201, body: { user: { pending: ['password-change'] } } })
  })

  test('is refused a second time under the same name', async () => {
    await manager.post('/api/v1/users', wanted('opened-2'))

    expect(await manager.post('/api/v1/users', wanted('Opened-2'))).toMatchObject({
      status: 409,
      body: { code: 'username-taken' },
    })
  })

  test.each<[string, unknown, number, string]>([
    ['a bad name', wanted('a b'), 400, '/username'],
    ['no grant', { username: 'x1', displayName: 'x', grants: [] }, 400, '/grants'],
    ['an unknown role', wanted('x1', { ...township, role: 'god' }), 400, '/grants/0/role'],
    [
      'a prefix of five digits',
      wanted('x1', { ...township, divisionPrefix: '37112' }),
      400,
      '/grants/0/divisionPrefix',
    ],
    [
      'a role at the wrong level',
      wanted('x1', township, { ...township, divisionPrefix: '371121' }),
      400,
      '/grants/1/divisionPrefix',
    ],
    [
      'an end in the past',
      wanted('x1', { ...township, validUntil: '2020-01-01T00:00:00Z' }),
      400,
      '/grants/0/validUntil',
    ],
    ['an unknown organisation', { ...wanted('x1'), organisationId: unknown }, 400, '/organisationId'],
    [
      'a foreign area',
      wanted('x1', { ...township, divisionPrefix: '370321101' }),
      403,
      '/grants/0/divisionPrefix',
    ],
    [
      'a role above her own',
      wanted('x1', { role: 'sys_admin', divisionPrefix: '371121' }),
      403,
      '/grants/0/role',
    ],
  ])('with %s is refused and names the field', async (_what, body, status, pointer) => {
    const answer = await manager.post('/api/v1/users', body)

    expect(answer).toMatchObject({
      status,
      body: { errors: expect.arrayContaining([expect.objectContaining({ pointer })]) },
    })
    expect(await office.sql(`select 1 from users where username = 'x1'`)).toEqual([])
  })

  test('with two roles that must be kept apart is refused', async () => {
    const both = [
      { role: 'county_subsidy', divisionPrefix: '371121' },
      { role: 'county_finance', divisionPrefix: '371121' },
    ]

    expect(await manager.post('/api/v1/users', wanted('x2', ...both))).toMatchObject({
      status: 409,
      body: { code: 'separation-of-duty' },
    })
  })

  test('with the same grant twice is refused', async () => {
    expect((await manager.post('/api/v1/users', wanted('x3', township, township))).status).toBe(409)
  })
})

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

describe('roles', () => {
  test('are described, with those that the asking officer may give', async () => {
    const { body } = await manager.get('/api/v1/roles')
    const { roles, separated } = body as {
      roles: { role: Role; grantable: boolean }[]
      separated: string[][]
    }

    expect(roles.find(({ role }) => role === 'township_worker')?.grantable).toBe(true)
    expect(roles.find(({ role }) => role === 'sys_admin')?.grantable).toBe(false)
    expect(separated).toContainEqual(['county_subsidy', 'county_finance'])
  })
})
