import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Access } from '../src/access/access.ts'
import type { Transaction } from '../src/database/connect.ts'
import { opening, reading, readingByKey, readingOne, transaction } from '../src/database/transaction.ts'
import { accessTo, codeOf } from './accesses.ts'
import { foundCounty, registerPerson } from './county.ts'
import { openOffice, type TestOffice } from './office.ts'

let office: TestOffice

beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

describe('the area of a transaction', () => {
  type Seen = { area: string; actor: string }
  const ASK = `select current_setting('app.area', true) as area, current_setting('app.actor', true) as actor, current_user::text as role`
  const settings = sql.raw(ASK)
  const lookWith = async (tx: { execute: Transaction['execute'] }) =>
    (await tx.execute(settings)).rows[0] as Seen & { role: string }

  test('never reaches the next user of a connection', async () => {
    const officers = [accessTo('371121'), accessTo('370321', '370322001'), accessTo()]
    const areas = ['{["371121","371121:")}', '{["370321","370321:"),["370322001","370322001:")}', '{}']
    const step = fc.record({
      who: fc.integer({ min: 0, max: 3 }),
      how: fc.constantFrom(
        'read',
        'write',
        'one',
        'broken-one',
        'key',
        'broken-key',
        'fail',
        'refuse',
        'kill',
      ),
    })

    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        const looks = steps.map(async ({ who, how }) => {
          const access = officers[who]
          if (!access)
            return expect(await lookWith(office.db.statements)).toMatchObject({ role: 'youyu_app' })
          const run = async (tx: Transaction) => {
            const seen = await lookWith(tx)
            expect(seen).toEqual({ area: areas[who], actor: access.actorId, role: 'youyu_app' })
            if (how === 'fail') await tx.execute(sql`select 1 / 0`)
            if (how === 'refuse') throw new Error('refused')
            if (how === 'kill') await tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`)
          }
          if (/one|key/.test(how)) {
            const isFine = !how.startsWith('broken')
            const text = isFine
              ? ASK
              : `${ASK} where 1 / (current_setting('app.area', true) <> '')::int > 9 and 1 / 0 = 1`
            const ask = how.endsWith('key') ? readingByKey : readingOne
            const outcome = await codeOf(
              ask(office.db, access, async (tx) => {
                const statement = { name: isFine ? 'fine' : 'broken', text, values: [] }
                const answers = await Promise.all([tx.client.query(statement), tx.client.query(statement)])
                const seen = [{ area: areas[who], actor: access.actorId, role: 'youyu_app' }]
                expect(answers.map(({ rows }) => rows)).toEqual([seen, seen])
              }),
            )
            return expect(outcome).toBe(isFine ? 'fine' : 'internal')
          }
          const outcome = await codeOf(
            how === 'read' ? reading(office.db, access, run) : transaction(office.db, access, run),
          )
          expect(outcome === 'fine').toBe(how === 'read' || how === 'write')
        })
        await Promise.all(looks)
        const bare = (await office.db.statements.execute(settings)).rows[0] as Seen
        expect([bare.area || '', bare.actor || '']).toEqual(['', ''])
      }),
      { numRuns: 25 },
    )
  })

  test.each(["371121'; drop table persons; --", '37%', '371121}', ' 37', '3711210000001'])(
    'cannot be made of %s',
    (prefix) => {
      expect(() => opening(accessTo(prefix))).toThrow(/digits/)
    },
  )

  test('that cannot be made takes no connection', async () => {
    const broken = accessTo('37%')
    const asked = [
      codeOf(
        readingOne(office.db, broken, (tx) => tx.client.query({ name: 'never', text: ASK, values: [] })),
      ),
      codeOf(reading(office.db, broken, (tx) => tx.execute(settings))),
      codeOf(transaction(office.db, broken, (tx) => tx.execute(settings))),
    ]

    expect(await Promise.all(asked)).toEqual(['internal', 'internal', 'internal'])
    expect(office.db.pool.totalCount - office.db.pool.idleCount).toBe(0)
  })

  test('cannot be opened by an actor or a facility that is none', () => {
    const somebody = { prefixes: [], actorId: randomUUID(), facility: null }
    expect(() => opening({ ...somebody, actorId: "x'; set role postgres; --" })).toThrow(/UUID/)
    expect(() => opening({ ...somebody, facility: "x'; set role postgres; --" })).toThrow(/UUID/)
  })
})

describe('row-level security', () => {
  const count = async (access: Access) =>
    await reading(
      office.db,
      access,
      async (tx) => (await tx.execute(sql`select count(*)::int as n from persons`)).rows[0],
    )

  test('shows nothing without an area, to the wrong one, or outside any transaction', async () => {
    const place = await foundCounty(office, '371121')
    await registerPerson(await office.officer('county_population', place.county), place.village)

    const [own, none, foreign, above] = await Promise.all(
      [accessTo('371121'), accessTo(), accessTo('370321'), accessTo('37')].map(count),
    )
    const outside = (await office.db.statements.execute(sql`select count(*)::int as n from persons`)).rows[0]

    expect([own, none, foreign, above, outside]).toEqual([{ n: 1 }, { n: 0 }, { n: 0 }, { n: 1 }, { n: 0 }])
  })

  test('refuses to write outside the area', async () => {
    const outcome = await codeOf(
      transaction(office.db, accessTo('370321'), (tx) =>
        tx.execute(
          sql`insert into households (county_code, id, number, type, division_code, version, recorded_at, source, updated_at) values (371121, gen_random_uuid(), 'X', 'FAMILY', '371121101201', 1, now(), 'x', now())`,
        ),
      ),
    )

    expect(outcome).toBe('out-of-area')
  })

  test.each([
    'alter table persons disable row level security',
    'delete from persons',
    'update access_log set actor_id = null',
    'create table t ()',
  ])('leaves the application no right to %s', async (text) => {
    expect(await codeOf(transaction(office.db, accessTo('371121'), (tx) => tx.execute(sql.raw(text))))).toBe(
      'internal',
    )
  })
})
