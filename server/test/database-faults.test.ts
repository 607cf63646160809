import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pino } from 'pino'
import { buildApp } from '../src/app.ts'
import { readKeys } from '../src/crypto/keys.ts'
import { connect, type Database } from '../src/database/connect.ts'
import { logOptions } from '../src/logging.ts'
import type { App, Office } from '../src/office.ts'
import { accessTo } from './accesses.ts'
import { foundCounty, newPerson, type Place } from './county.ts'
import { flakyLink, type FlakyLink } from './flaky-link.ts'
import { openOffice, officerAt, type Officer, type TestOffice } from './office.ts'

/** Long after the six seconds in which every answer should come (`npm run test:faults` measures them): a machine may be busy, nobody may hang. */
const LONGEST_WAIT = 20_000

let office: TestOffice
let link: FlakyLink
let db: Database
let app: App
let desk: Office
let officer: Officer
let place: Place

beforeAll(async () => {
  office = await openOffice()
  place = await foundCounty(office, '371121')
  const { token, username } = await office.officer('county_population', place.county)
  link = await flakyLink(office.url)
  db = connect(link.url, { poolSize: 4, onError: () => undefined })
  ;({ app, office: desk } = await buildApp({
    config: office.config,
    db,
    keys: readKeys(office.config),
    log: pino(logOptions('silent')),
  }))
  await app.ready()
  officer = officerAt(app, username, token)
})
afterAll(async () => {
  await app.close()
  await db.close()
  await link.close()
  await office.close()
})

/** As a client that goes on asking until the database is back. */
async function untilAnswered(url: string): Promise<number> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const { status } = await officer.get(url)
    if (status === 200) return status
    await sleep(200)
  }
  return 0
}

describe('a database that is gone', { timeout: 120_000 }, () => {
  test.each(['cut', 'silence'] as const)(
    'answers 503 with a problem while the line is %s, and heals by itself',
    async (fault) => {
      expect((await officer.get('/api/v1/persons')).status).toBe(200)

      link[fault]()
      const answers = await Promise.all([
        officer.get('/api/v1/persons'),
        officer.get('/api/v1/me'),
        officer.post('/api/v1/persons', newPerson(place.village)),
        officer.get('/health/ready'),
      ])
      const statuses = answers.map(({ status }) => status)
      link.mend()

      expect(statuses).toEqual([503, 503, 503, 503])
      expect(answers[0].headers['retry-after']).toBeDefined()
      expect((answers[0].body as { code: string }).code).toMatch(/database-unavailable|timeout/)
      expect(await untilAnswered('/api/v1/persons')).toBe(200)
    },
  )

  test('is asked with patience while it is slow, and refused for when it is too slow', async () => {
    const asked = async () => {
      const asking = [
        officer.get('/api/v1/persons'),
        officer.post('/api/v1/persons', newPerson(place.village)),
      ]
      const answers = await Promise.race([Promise.all(asking), sleep(LONGEST_WAIT, [])])
      return answers.map(({ status }) => status)
    }

    link.slow(150)
    const slow = await asked()
    link.slow(3000)
    const slower = await asked()
    link.mend()

    expect(slow).toEqual([200, 201])
    expect(slower).toEqual([503, 503])
    expect(await untilAnswered('/api/v1/persons')).toBe(200)
  })

  test('is still alive to the one who asks whether it lives', async () => {
    link.cut()

    const { status } = await officer.get('/health/live')

    expect(status).toBe(200)
    link.mend()
    expect(await untilAnswered('/api/v1/me')).toBe(200)
  })

  test('forgets nobody who looked meanwhile', async () => {
    const access = accessTo('371121')
    const entityId = access.actorId
    const kept = async () => await office.sql('select id from access_log where entity_id = $1', [entityId])

    link.cut()
    desk.views.note(access, { action: 'view', entity: 'person', entityId, division: place.village })
    const failed = await desk.views.flush().then(
      () => false,
      () => true,
    )
    link.mend()
    expect(await untilAnswered('/api/v1/me')).toBe(200)
    await desk.views.flush()

    expect(failed).toBe(true)
    expect(await kept()).toHaveLength(1)
  })

  test('loses no registration that it acknowledged and keeps none that it did not', async () => {
    const bodies = Array.from({ length: 40 }, () => newPerson(place.village, { name: '赵断线' }))
    const sending = bodies.map(async (body, index) => {
      await sleep(index * 10)
      return await officer.post('/api/v1/persons', body, { key: `cut-${index}` })
    })

    await sleep(200)
    link.cut()
    await sleep(100)
    link.mend()
    const first = await Promise.all(sending)
    const retried = await Promise.all(
      bodies.map((body, index) => officer.post('/api/v1/persons', body, { key: `cut-${index}` })),
    )

    const [kept] = await office.sql<{ n: number }>(
      `select count(*)::int as n from persons where name = '赵断线'`,
    )
    expect(retried.map(({ status }) => status)).toEqual(bodies.map(() => 201))
    expect(kept?.n).toBe(bodies.length)
    for (const [index, { status, body }] of first.entries()) {
      if (status === 201)
        expect((retried[index]!.body as { id: string }).id).toBe((body as { id: string }).id)
    }
  })
})
