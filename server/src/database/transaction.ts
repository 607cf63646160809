import { setTimeout as pause } from 'node:timers/promises'
import { drizzle } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import { rangeOf } from '@youyu/shared/values'
import type { Access } from '../access/access.ts'
import { confirm, Outdated, type Lines } from '../access/standing.ts'
import { abandon } from './abandon.ts'
import { claimKey, claimPatience, storeAnswer } from './answers.ts'
import type { Asking, Database, NamedStatement, Statements, Transaction } from './connect.ts'
import { isTransient } from './failures.ts'
import { askFramed, type Frame } from './framed-query.ts'
import { lanesOf } from './reading-lanes.ts'

const MAX_ATTEMPTS = 4

const onConnection = new WeakMap<pg.PoolClient, Statements>()

function statementsOn(client: pg.PoolClient): Transaction {
  let statements = onConnection.get(client)
  if (!statements) {
    rememberFailures(client)
    statements = Object.assign(drizzle(client), { client })
    onConnection.set(client, statements)
  }
  return statements as Transaction
}

const firstFailure = new WeakMap<pg.PoolClient, unknown>()

/**
 * Of statements sent together, those behind a failed one fail too, and theirs may be the refusal that arrives first:
 * the connection remembers what really went wrong.
 */
function rememberFailures(client: pg.PoolClient): void {
  const send = client.query.bind(client) as (...asked: unknown[]) => unknown
  const remember = (error: unknown) => {
    if (!firstFailure.has(client)) firstFailure.set(client, error)
  }
  client.query = ((...asked: unknown[]) => {
    const answer = send(...asked)
    if (answer instanceof Promise) answer.catch(remember)
    return answer
  }) as typeof client.query
}

const IN_FAILED_TRANSACTION = '25P02'

function causeOf(client: pg.PoolClient, error: unknown): unknown {
  const { code } = error as { code?: unknown }
  return code === IN_FAILED_TRANSACTION ? (firstFailure.get(client) ?? error) : error
}

/** What a transaction is told about its access, as literals: an area is digits, an actor a UUID. */
export function settingsOf(access: Pick<Access, 'prefixes' | 'actorId' | 'facility' | 'reviews'>): string[] {
  const ranges = access.prefixes.map((prefix) => {
    if (!/^\d{0,12}$/.test(prefix)) throw new Error('A division prefix has digits only')
    const { lo, hi } = rangeOf(prefix)
    return `["${lo}","${hi}")`
  })
  if (!/^[0-9a-f-]{36}$/.test(access.actorId)) throw new Error('An actor has a UUID')
  const settings = [
    `set local app.area = '{${ranges.join(',')}}'`,
    `set local app.actor = '${access.actorId}'`,
  ]
  if (access.facility === null) return settings
  if (!/^[0-9a-f-]{36}$/.test(access.facility)) throw new Error('A facility has a UUID')
  settings.push(`set local app.facility = '${access.facility}'`, 'set local role youyu_care')
  return access.reviews ? [...settings, "set local app.reviews = 'on'"] : settings
}

/** The statements that open a transaction for an access. */
export function opening(access: Pick<Access, 'prefixes' | 'actorId' | 'facility' | 'reviews'>): string {
  return ['begin', ...settingsOf(access)].join('; ')
}

/**
 * Runs the statements of one action in one transaction, inside the area of its access: the first statements travel
 * together with the opening (pipelined), and row-level security sees nothing outside. With an idempotency key the
 * result is stored in the same transaction and answered again the second time. Serialization failures and deadlocks
 * are tried again.
 */
export async function transaction<Result>(
  db: Database,
  access: Access,
  run: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return await persisting(() => once(db, db.pool, access, run))
}

/** Serialization failures and deadlocks are tried again. */
export async function persisting<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !isTransient(error)) throw error
      await pause(Math.random() * 20 * 2 ** attempt)
    }
  }
}

/** The same for long work on a connection that may stream; no idempotency, no second try. */
export async function longTransaction<Result>(
  db: Database,
  access: Access,
  run: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const { idempotency: _, ...rest } = access
  return await once(db, db.streams, rest, run)
}

/** A change that rewrites many rows: on a connection that may take minutes, with its idempotency key kept. */
export async function longCommand<Result>(
  db: Database,
  access: Access,
  run: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return await once(db, db.streams, access, run)
}

async function once<Result>(
  db: Database,
  pool: pg.Pool,
  access: Access,
  run: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  const tx = statementsOn(client)
  firstFailure.delete(client)
  try {
    const opened = client.query(access.idempotency ? `${opening(access)}; ${claimPatience}` : opening(access))
    opened.catch(() => undefined)
    // Only the pool of requests is pipelined.
    if (pool !== db.pool) await opened
    const confirming = confirmed(client, access)
    confirming.catch(() => undefined)
    const claiming = access.idempotency && claimKey(tx, access)
    await confirming
    const earlier = await claiming
    if (earlier) {
      await client.query('rollback')
      client.release()
      return earlier.answer as Result
    }
    const result = await run(tx)
    await opened
    const stored = access.idempotency && storeAnswer(tx, access, result)
    if (pool !== db.pool) await stored
    const [{ command }] = await Promise.all([client.query('commit'), stored])
    if (command !== 'COMMIT') throw new Error('A statement of the transaction had failed, and nobody said so')
    client.release()
    return result
  } catch (error) {
    const cause = causeOf(client, error)
    await abandon(client, cause)
    throw cause
  }
}

/** The rows of a statement as the database writes them. */
export async function askLines(
  client: pg.Pool | pg.PoolClient,
  { name, text, values }: { name: string; text: string; values: readonly string[] },
): Promise<Lines> {
  const { rows } = await client.query<(string | null)[]>({
    ...{ name, text, values: [...values], rowMode: 'array' },
    types: { getTypeParser: () => (cell: unknown) => cell },
  })
  return rows
}

async function confirmed(client: pg.PoolClient, { standing }: Access): Promise<void> {
  if (standing && !standing.isConfirmed) confirm(standing, await askLines(client, standing.question))
}

/** Reads inside the area; the answer does not wait for the closing of the transaction. */
export async function reading<Result>(
  db: Database,
  access: Access,
  run: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const client = await db.pool.connect()
  try {
    client.query(opening(access)).catch(() => undefined)
    const confirming = confirmed(client, access)
    confirming.catch(() => undefined)
    const result = await run(statementsOn(client))
    await confirming
    client.query('commit').then(
      () => client.release(),
      (error: Error) => client.release(error),
    )
    return result
  } catch (error) {
    await abandon(client, error)
    throw error
  }
}

/**
 * A read of named statements that are asked in one turn, with its area and what the access stands on, in a single
 * round trip.
 */
export async function readingOne<Result>(
  db: Database,
  access: Access,
  run: (tx: Asking) => Promise<Result>,
): Promise<Result> {
  const frameOf = framesFor(access)
  const client = await db.pool.connect()
  try {
    const result = await run(gathering((statements) => askFramed(client, frameOf(statements))))
    client.release()
    return result
  } catch (error) {
    if (error instanceof Outdated) {
      client.release()
      throw error
    }
    await abandon(client, error)
    throw error
  }
}

/** The same for what is found by its key: such reads may wait for each other, and share a connection under load. */
export async function readingByKey<Result>(
  db: Database,
  access: Access,
  run: (tx: Asking) => Promise<Result>,
): Promise<Result> {
  const frameOf = framesFor(access)
  const lanes = lanesOf(db.pool)
  return await run(gathering((statements) => lanes.ask(frameOf(statements))))
}

function framesFor(access: Access): (statements: readonly NamedStatement[]) => Frame {
  const settings = settingsOf(access)
  return (statements) => ({ settings, standing: access.standing, statements })
}

/** Statements that are asked in the same turn make one frame. */
function gathering(send: (statements: readonly NamedStatement[]) => Promise<unknown[][]>): Asking {
  let statements: NamedStatement[] = []
  let answers: Promise<unknown[][]> | null = null

  async function query(statement: NamedStatement): Promise<{ rows: unknown[] }> {
    const place = statements.push(statement) - 1
    answers ??= Promise.resolve().then(() => {
      const asked = statements
      statements = []
      answers = null
      return send(asked)
    })
    return { rows: (await answers)[place]! }
  }

  return { client: { query } }
}
