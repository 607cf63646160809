import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { officerAt, openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { furnishPlaces, places, register, somebody } from '../../../../test/register.ts'
import { buildApp } from '../../../app.ts'
import { readKeys } from '../../../crypto/keys.ts'
import { connect, type Database } from '../../../database/connect.ts'
import type { App } from '../../../office.ts'

let office: TestOffice
let second: { app: App; db: Database }
let person: string

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  person = (await register(await office.officer('county_population', places.county), { name: '张三' })).id
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

const reads: [string, () => string][] = [
  ['a person', () => `/api/v1/persons/${person}`],
  ['a person as she was', () => `/api/v1/persons/${person}?asOf=2099-01-01T00:00:00Z`],
  ['the list', () => '/api/v1/persons?limit=1'],
  ['the list with its total', () => '/api/v1/persons?limit=1&total=true'],
  ['a search', () => '/api/v1/persons/search?q=zs'],
]

/** Somebody who is known to both servers, each of which has answered her from memory. */
async function known(
  division: string = places.county,
): Promise<{ here: Officer; there: Officer; id: string }> {
  const here = await office.officer('county_population', division)
  const there = officerAt(second.app, here.username, here.token)
  for (const by of [here, there, here, there])
    expect((await by.get('/api/v1/persons?limit=1')).status).toBe(200)
  const [user] = await office.sql<{ id: string }>('select id from users where username = $1', [here.username])
  return { here, there, id: user!.id }
}

const births = '/api/v1/births'
const birthOf = (motherId: string) => ({
  ...{ motherId, occurredOn: '2024-05-01', sex: '1', place: 'HOSPITAL', child: {} },
})
const changes: [string, string, () => object][] = [
  ['to register a person', '/api/v1/persons', () => somebody()],
  [
    'to register a person with her mother',
    '/api/v1/persons',
    () => somebody({ birthDate: '2012-01-01', motherId: person }),
  ],
  ['to record a birth', births, () => birthOf(person)],
]

const ofUser = 'where user_id = $1'
const endings: [string, string, number, string][] = [
  ['her session was ended', `update sessions set revoked_at = now() ${ofUser}`, 401, 'session-revoked'],
  [
    'her session has run out',
    `update sessions set expires_at = now() - interval '1 second' ${ofUser}`,
    401,
    'session-revoked',
  ],
  ['her account was closed', `update users set status = 'disabled' where id = $1`, 401, 'session-revoked'],
  ['her grant was withdrawn', `update grants set withdrawn_at = now() ${ofUser}`, 403, 'forbidden'],
  [
    'her grant has run out',
    `update grants set valid_until = now() - interval '1 second' ${ofUser}`,
    403,
    'forbidden',
  ],
  ['her grant has other modules', `update grants set modules = '{subsidies}' ${ofUser}`, 403, 'forbidden'],
  [
    'she must change her password',
    `update users set must_change_password = true where id = $1`,
    403,
    'password-change-required',
  ],
]

describe('an officer whom the servers remember', () => {
  test.each(endings)('is refused on the next request when %s', async (_, change, status, code) => {
    const { here, there, id } = await known()
    await office.sql(change, [id])

    const answers = [await there.get(reads[0]![1]()), await here.get(reads[0]![1]())]

    expect(answers).toMatchObject([
      { status, body: { code } },
      { status, body: { code } },
    ])
  })

  test.each(reads)('is refused %s after signing out elsewhere', async (_, url) => {
    const { here, there } = await known()
    await here.delete('/api/v1/sessions/current')

    expect([(await there.get(url())).status, (await here.get(url())).status]).toEqual([401, 401])
  })

  test('is refused before she learns what was wrong with her request', async () => {
    for (const url of ['/api/v1/persons?limit=no', `/api/v1/persons/${crypto.randomUUID()}`]) {
      const { here, there } = await known()
      await here.delete('/api/v1/sessions/current')

      expect((await there.get(url)).status).toBe(401)
    }
  })

  test('is still told what was wrong with her request', async () => {
    const { here } = await known()

    expect((await here.get('/api/v1/persons?limit=no')).status).toBe(400)
    expect((await here.get(`/api/v1/persons/${crypto.randomUUID()}`)).status).toBe(404)
  })

  test('sees at once what another area shows and hides', async () => {
    const { there, id } = await known(places.otherTownship)
    const moveTo = async (prefix: string) => {
      await office.sql(`update grants set division_prefix = $2 ${ofUser}`, [id, prefix])
      return (await there.get(reads[0]![1]())).status
    }

    const seen = [
      (await there.get(reads[0]![1]())).status,
      await moveTo('371121'),
      await moveTo('370321'),
      await moveTo('371121001'),
    ]

    expect(seen).toEqual([404, 200, 404, 200])
  })

  test('leaves no look in the log when she is refused', async () => {
    const { here, id } = await known()
    await office.office.views.flush()
    await office.sql(`update grants set withdrawn_at = now() ${ofUser}`, [id])

    await here.get(reads[0]![1]())
    await here.get(reads[1]![1]())
    await office.office.views.flush()

    const looks = await office.sql(`select action from access_log where actor_id = $1 and entity_id = $2`, [
      id,
      person,
    ])
    expect(looks).toEqual([])
  })

  const refusals = endings.flatMap(([when, ...ending]) =>
    changes.map(([what, ...change]) => [when, what, ...change, ...ending] as const),
  )
  test.each(refusals)(
    'is refused on the next request when %s, %s',
    async (_, __, url, body, change, status, code) => {
      const { there, id } = await known()
      await office.sql(change, [id])
      const before = await office.sql('select count(*) from persons')

      const answer = await there.post(url, body(), { key: crypto.randomUUID() })

      expect(answer).toMatchObject({ status, body: { code } })
      expect(await office.sql('select count(*) from persons')).toEqual(before)
      expect(await office.sql('select from idempotency_keys where actor_id = $1', [id])).toEqual([])
    },
  )

  test.each(changes)(
    'is let %s when only her grant was renewed, once under one key',
    async (_, url, body) => {
      const { there, id } = await known()
      await office.sql(`update grants set valid_until = now() + interval '1 day' ${ofUser}`, [id])
      const [asked, key] = [body(), crypto.randomUUID()]

      const first = await there.post(url, asked, { key })
      await office.sql(`update grants set valid_until = now() + interval '2 days' ${ofUser}`, [id])
      const second = await there.post(url, asked, { key })
      const third = await there.post(url, asked, { key })

      expect([first.status, second.status, third.status]).toEqual([201, 201, 201])
      expect([second.body, third.body]).toEqual([first.body, first.body])
    },
  )

  test('reads of a birth what she was answered', async () => {
    const { there } = await known()
    const mother = await register(there, { birthDate: '1990-01-01' })

    const recorded = await there.post(births, birthOf(mother.id), { key: crypto.randomUUID() })

    const { id } = recorded.body as { id: string }
    expect(recorded.status).toBe(201)
    expect((await there.get(`${births}/${id}`)).body).toEqual(recorded.body)
  })
})
