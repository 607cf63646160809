import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Role } from '@youyu/shared/permissions'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { demoAccounts } from '../demo-accounts.ts'
import { ensureAccount, ensureAdministrator } from '../ensure-account.ts'
import { faultOf } from '../grants/rules.ts'

let office: TestOffice
let demo: TestOffice
beforeAll(async () => {
  ;[office, demo] = await Promise.all([openOffice(), openOffice({ DEMO: 'on' })])
})
afterAll(() => Promise.all([office.close(), demo.close()]))

const places = {
  province: '370000000000',
  city: '371100000000',
  county: '371121000000',
  township: '371121101000',
  village: '371121101001',
}
const now = new Date()

describe('an empty installation', () => {
  test('gets one administrator with a password that must be changed', async () => {
    const { created, password } = await ensureAdministrator(office.db, { password: undefined, now })
    const again = await ensureAdministrator(office.db, { password: undefined, now })

    const signIn = await office.stranger.post('/api/v1/sessions', { username: 'admin', password })

    expect(created).toBe(true)
    expect(again).toEqual({ created: false })
    expect(signIn).toMatchObject({
      status: 201,
      body: { user: { username: 'admin', pending: ['password-change'], division: null } },
    })
  })

  test('takes the password of its operator as it is', async () => {
    const answer = await ensureAdministrator(demo.db, { password: 'the operator chose this', now })

    const signIn = await demo.stranger.post('/api/v1/sessions', {
      username: 'admin',
      password: 'the operator chose this',
    })

    expect(answer).toEqual({ created: true })
    expect(signIn).toMatchObject({ status: 201, body: { user: { pending: [] } } })
  })
})

describe('the sign-in page', () => {
  test('offers the accounts of the demo, and they work', async () => {
    for (const account of demoAccounts(places)) await ensureAccount(demo.db, { ...account, now })

    const { body } = await demo.stranger.get('/api/v1/sign-in-options')

    const { accounts, ...rest } = body as {
      accounts: { username: string; password: string; role: Role; division: string }[]
    }
    expect(rest).toEqual({ county: null, demo: true })
    expect(accounts.map(({ role }) => role)).toEqual(Role.options)
    expect(accounts.find(({ role }) => role === 'county_population')).toMatchObject({ division: '371121' })
    for (const { username, password } of accounts.slice(0, 3)) {
      expect((await demo.stranger.post('/api/v1/sessions', { username, password })).status).toBe(201)
    }
  })

  test('shows no accounts outside a demo, but the name of the one county', async () => {
    for (const account of demoAccounts(places).slice(0, 6))
      await ensureAccount(office.db, { ...account, now })
    await office.sql(
      `insert into divisions (code, valid_from, name, pinyin, initials, level, recorded_at) values ('371121000000', '2016-01-01', '五莲县', 'wulianxian', 'wlx', 3, now())`,
    )

    expect((await office.stranger.get('/api/v1/sign-in-options')).body).toEqual({
      county: '五莲县',
      demo: false,
      accounts: [],
    })
  })
})

describe('accounts of the demo', () => {
  test('are ones that could be granted', () => {
    for (const { grants } of demoAccounts(places)) expect(faultOf(grants)).toBeNull()
  })
})

describe('who I am', () => {
  test('tells grants, permissions and the place where I work', async () => {
    const officer = await office.officer('township_worker', '371121101000')

    const { body } = await officer.get('/api/v1/me')

    expect(body).toMatchObject({
      username: officer.username,
      organisation: null,
      grants: [{ role: 'township_worker', divisionPrefix: '371121101', grantedBy: null, validUntil: null }],
      division: { code: '371121101000', name: '371121101000' },
    })
    expect((body as { permissions: string[] }).permissions).toContain('person.create')
    expect((body as { permissions: string[] }).permissions).not.toContain('grant.give')
  })
})
