import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { User } from '@youyu/shared/accounts'
import type { Role } from '@youyu/shared/permissions'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'

let office: TestOffice
let manager: Officer
beforeAll(async () => {
  office = await openOffice({ SIGN_INS_PER_MINUTE: '100000' })
  manager = await office.officer('county_manager', '371121000000')
})
afterAll(() => office.close())

const township = { role: 'township_worker' as Role, divisionPrefix: '371121101' }
const unknown = '00000000-0000-7000-8000-000000000000'

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
