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
const { account } = staffOf(() => office)

async function userSeenBy(officer: Officer, id: string) {
  const { status, body } = await officer.get(`/api/v1/users/${id}`)
  return { status, user: body as User }
}

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
