import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, type Transaction } from '../src/database/connect.ts'
import { reading, transaction } from '../src/database/transaction.ts'
import { refusalOf } from '../src/http/problem.ts'
import { accessTo, codeOf } from './accesses.ts'
import { flakyLink } from './flaky-link.ts'
import { openOffice, type TestOffice } from './office.ts'

let office: TestOffice

beforeAll(async () => {
  office = await openOffice()
  await office.sql('create table scratch (id integer primary key, n integer not null)')
  await office.sql('insert into scratch values (1, 0), (2, 0)')
  await office.sql('grant all on scratch to youyu_app')
})
afterAll(() => office.close())

const raise = (state: string) =>
  sql.raw(`do $$ begin raise exception 'made by the test' using errcode = '${state}'; end $$`)
const add = (tx: Transaction, id: number) => tx.execute(sql`update scratch set n = n + 1 where id = ${id}`)
const value = async (id: number) =>
  (await office.sql<{ n: number }>('select n from scratch where id = $1', [id]))[0]!.n
const inUse = () => office.db.pool.totalCount - office.db.pool.idleCount

async function untilIdle(): Promise<void> {
  for (let attempt = 0; attempt < 1000 && inUse() > 0; attempt += 1) await sleep(10)
}

describe('a transaction', () => {
  test.each(['40001', '40P01'])(
    'is tried again after %s, and its first tries leave nothing',
    async (state) => {
      const before = await value(1)
      let tries = 0

      await transaction(office.db, accessTo('371121'), async (tx) => {
        await add(tx, 1)
        if (++tries < 3) await tx.execute(raise(state))
      })

      expect([tries, await value(1)]).toEqual([3, before + 1])
    },
  )

  test('that never succeeds says that the system is busy', async () => {
    const refused = await transaction(office.db, accessTo('371121'), (tx) =>
      tx.execute(raise('40001')),
    ).catch(refusalOf)

    expect(refused).toMatchObject({
      code: 'overloaded',
      status: 503,
      details: { headers: { 'retry-after': '2' } },
    })
  })

  test('says what went wrong, though the statement behind it is refused sooner', async () => {
    const late = async (tx: Transaction) => {
      const failing = tx.client.query('insert into scratch values (1, 0)')
      await failing.catch(() => undefined)
      await sleep(20)
      await failing
    }

    const running = transaction(office.db, accessTo('371121'), (tx) =>
      Promise.all([late(tx), tx.client.query('select 1')]),
    )

    await expect(running).rejects.toMatchObject({ code: '23505' })
  })

  test('survives a real deadlock with another', async () => {
    const [one, two] = [await value(1), await value(2)]
    const crosswise = (first: number, second: number) =>
      transaction(office.db, accessTo('371121'), async (tx) => {
        await add(tx, first)
        await sleep(50)
        await add(tx, second)
      })

    await Promise.all([crosswise(1, 2), crosswise(2, 1)])

    expect([await value(1), await value(2)]).toEqual([one + 2, two + 2])
  })

  test('never acknowledges what a swallowed failure has undone', async () => {
    const before = await value(1)

    const outcome = codeOf(
      transaction(office.db, accessTo('371121'), async (tx) => {
        await add(tx, 1)
        await tx.execute(raise('P0001')).catch(() => undefined)
      }),
    )

    expect(await outcome).toBe('internal')
    expect(await value(1)).toBe(before)
  })

  test('whose statement takes too long answers in time and gives its connection back', async () => {
    const outcome = await codeOf(
      transaction(office.db, accessTo('371121'), async (tx) => {
        await tx.execute(sql`set local statement_timeout = '50ms'`)
        await tx.execute(sql`select pg_sleep(3)`)
      }),
    )
    const later = await reading(
      office.db,
      accessTo('371121'),
      async (tx) => (await tx.execute(sql`show statement_timeout`)).rows,
    )
    await untilIdle()

    expect(outcome).toBe('timeout')
    expect(inUse()).toBe(0)
    expect(later).toEqual([{ statement_timeout: '4500ms' }])
  })

  test('fails alone when its connection is lost between two statements', async () => {
    const outcome = await codeOf(
      transaction(office.db, accessTo('371121'), async (tx) => {
        const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
        await office.sql('select pg_terminate_backend($1)', [rows[0]!.pid])
        await sleep(50)
        await add(tx, 1)
      }),
    )

    expect(outcome).toBe('database-unavailable')
    expect(await codeOf(transaction(office.db, accessTo('371121'), (tx) => add(tx, 1)))).toBe('fine')
  })

  test('destroys a connection that went silent', async () => {
    const link = await flakyLink(office.url)
    const db = connect(link.url, { poolSize: 1, onError: () => undefined })
    await transaction(db, accessTo('371121'), (tx) => add(tx, 1))

    link.silence()
    const outcomes = await Promise.all([
      codeOf(transaction(db, accessTo('371121'), (tx) => add(tx, 1))),
      codeOf(reading(db, accessTo('371121'), (tx) => tx.execute(sql`select 1`))),
    ])
    const left = db.pool.totalCount
    link.mend()
    const healed = await codeOf(transaction(db, accessTo('371121'), (tx) => add(tx, 1)))
    await db.close()
    await link.close()

    expect(outcomes).toEqual(['database-unavailable', 'database-unavailable'])
    expect([left, healed]).toEqual([0, 'fine'])
  })
})

describe('the pool', () => {
  test('has all its connections after two hundred failures of every kind', async () => {
    const ways: ((tx: Transaction) => Promise<unknown>)[] = [
      (tx) => tx.execute(raise('P0001')),
      (tx) => tx.execute(raise('23505')),
      (tx) => tx.execute(sql`select no_such_column`),
      (tx) => tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`),
      () => Promise.reject(new Error('of the program')),
      (tx) => Promise.all([tx.execute(sql`select 1 / 0`), tx.execute(sql`select 1`), add(tx, 1)]),
      async (tx) =>
        await Promise.all([add(tx, 1), Promise.reject(new Error('beside a statement under way'))]),
    ]
    const failing = Array.from({ length: 200 }, (_, index) => {
      const run = ways[index % ways.length]!
      return codeOf(
        index % 2
          ? transaction(office.db, accessTo('371121'), run)
          : reading(office.db, accessTo('371121'), run),
      )
    })

    const outcomes = await Promise.all(failing)
    await untilIdle()

    expect(outcomes).not.toContain('fine')
    expect([inUse(), office.db.pool.waitingCount]).toEqual([0, 0])
    expect(await codeOf(transaction(office.db, accessTo('371121'), (tx) => add(tx, 1)))).toBe('fine')
  })
})
