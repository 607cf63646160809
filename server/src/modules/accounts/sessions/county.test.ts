import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CurrentUser } from '@youyu/shared/accounts'
import type { Role } from '@youyu/shared/permissions'
import { foundCounty, newPerson, registerPerson, type Place } from '../../../../test/county.ts'
import { officerAt, openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { buildApp } from '../../../app.ts'
import { readKeys } from '../../../crypto/keys.ts'
import { connect, type Database } from '../../../database/connect.ts'
import type { App } from '../../../office.ts'
import { ensureAccount } from '../index.ts'

let office: TestOffice
let second: { app: App; db: Database }
let here: Place
let there: Place
const known = new Map<Place, string>()

beforeAll(async () => {
  office = await openOffice()
  here = await foundCounty(office, '371121')
  there = await foundCounty(office, '370321')
  for (const place of [here, there]) {
    const officer = await office.officer('county_population', place.county)
    known.set(place, (await registerPerson(officer, place.village, { name: `人${place.county}` })).id)
  }
  const db = connect(office.url, { poolSize: 2, onError: () => undefined })
  const { config } = office
  const { app } = await buildApp({ config, db, keys: readKeys(config), log: pino({ level: 'silent' }) })
  second = { app, db }
})
afterAll(async () => {
  await second.app.close()
  await second.db.close()
  await office.close()
})

type Somebody = { username: string; password: string }
let count = 0

/** An account with a role in the first county and one in the second. */
async function somebody(...roles: [Role, Role]): Promise<Somebody> {
  const account = { username: `two-${(count += 1)}`, password: 'correct horse of two counties' }
  const grants = [here, there].map(({ county }, index) => ({
    role: roles[index]!,
    divisionPrefix: county.slice(0, 6),
  }))
  await ensureAccount(office.db, { ...account, displayName: '两县', grants, now: new Date() })
  return account
}

async function signedIn(account: Somebody): Promise<Officer & { user: CurrentUser }> {
  const { body } = await office.stranger.post('/api/v1/sessions', account)
  const { accessToken, user } = body as { accessToken: string; user: CurrentUser }
  return { ...officerAt(office.app, account.username, accessToken), user }
}

const switchTo = async (officer: Officer, { county }: Place) =>
  await officer.put('/api/v1/sessions/current/county', { code: county })
const namesSeen = async (officer: Officer) => {
  const { body } = await officer.get('/api/v1/persons?limit=100')
  return (body as { items: { name: string }[] }).items.map(({ name }) => name)
}
const statusOf = async (officer: Officer, place: Place) =>
  (await officer.get(`/api/v1/persons/${known.get(place)}`)).status
const currentOf = ({ counties }: CurrentUser) =>
  counties.filter(({ current }) => current).map(({ code }) => code)

describe('an officer of two counties', () => {
  test('is told of both, works in the first, and from the next request on in the one she chooses', async () => {
    const officer = await signedIn(await somebody('county_population', 'county_population'))
    const elsewhere = officerAt(second.app, officer.username, officer.token)
    expect(officer.user.counties).toEqual([
      { code: here.county, name: '某县', current: true },
      { code: there.county, name: '某县', current: false },
    ])
    for (const each of [officer, elsewhere, officer, elsewhere])
      expect([await statusOf(each, here), await statusOf(each, there)]).toEqual([200, 404])

    const { status, body } = await switchTo(officer, there)

    expect([status, currentOf(body), (body as CurrentUser).division?.code]).toEqual([
      200,
      [there.county],
      there.county,
    ])
    expect(currentOf((await officer.get('/api/v1/me')).body)).toEqual([there.county])
    for (const each of [elsewhere, officer]) {
      expect([await statusOf(each, here), await statusOf(each, there)]).toEqual([404, 200])
      expect(await namesSeen(each)).toEqual([`人${there.county}`])
    }
  })

  test('registers people in the county she works in and in no other', async () => {
    const officer = await signedIn(await somebody('county_population', 'county_population'))
    await switchTo(officer, there)

    const refused = await officer.post('/api/v1/persons', newPerson(here.village))
    const registered = await officer.post('/api/v1/persons', newPerson(there.village))

    expect([refused.status >= 400 && refused.status < 500, registered.status]).toEqual([true, 201])
    await switchTo(officer, here)
    expect(await statusOf(officer, there)).toBe(404)
    expect((await officer.post('/api/v1/persons', newPerson(there.village))).status).toBeGreaterThan(399)
  })

  test('may in each what she was granted there', async () => {
    const officer = await signedIn(await somebody('county_population', 'county_finance'))
    const asks = async () => [
      (await officer.get('/api/v1/persons')).status,
      (await officer.get('/api/v1/programme-funds')).status,
    ]

    const first = await asks()
    const { body } = await switchTo(officer, there)

    expect(officer.user.permissions).toContain('person.create')
    expect((body as CurrentUser).permissions).not.toContain('person.create')
    expect((body as CurrentUser).grants).toHaveLength(2)
    expect([first, await asks()]).toEqual([
      [200, 403],
      [403, 200],
    ])
  })

  test('finds herself where she was when she signs in again or renews her token', async () => {
    const account = await somebody('county_population', 'county_population')
    await switchTo(await signedIn(account), there)

    const again = await signedIn(account)

    expect(currentOf(again.user)).toEqual([there.county])
    expect([await statusOf(again, here), await statusOf(again, there)]).toEqual([404, 200])
  })

  test('is back in the first when the grant of the other ends', async () => {
    const officer = await signedIn(await somebody('county_population', 'county_population'))
    await switchTo(officer, there)
    expect(await statusOf(officer, there)).toBe(200)

    await office.sql(
      `update grants set withdrawn_at = now() where division_prefix = $1 and user_id = (select id from users where username = $2)`,
      [there.county.slice(0, 6), officer.username],
    )

    expect([await statusOf(officer, here), await statusOf(officer, there)]).toEqual([200, 404])
    expect((await switchTo(officer, there)).status).toBe(400)
    expect(currentOf((await officer.get('/api/v1/me')).body)).toEqual([here.county])
  })

  test('stands in the log of the county she went to', async () => {
    const officer = await signedIn(await somebody('county_population', 'county_population'))
    await switchTo(officer, there)

    const entries = await office.sql(
      `select l.county_code, l.action, l.entity, l.division_code, l.fields from access_log l join users u on u.id = l.actor_id
       where u.username = $1 and l.entity = 'session' and l.action = 'change'`,
      [officer.username],
    )

    expect(entries).toEqual([
      {
        county_code: 370321,
        action: 'change',
        entity: 'session',
        division_code: there.county,
        fields: ['county'],
      },
    ])
  })
})

describe('an officer of one county', () => {
  test('is told of it, and can go to no other', async () => {
    const officer = await office.officer('county_population', here.county)

    const { status, body } = await switchTo(officer, there)

    expect([status, (body as { errors: object[] }).errors]).toMatchObject([
      400,
      [{ pointer: '/code', code: 'beyond-own-rights' }],
    ])
    expect((await switchTo(officer, here)).status).toBe(200)
    expect(await statusOf(officer, there)).toBe(404)
  })
})
