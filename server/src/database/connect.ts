import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { gatherWrites } from './gathering.ts'

/** Drizzle on one connection or on a pool: what every query function takes. */
export type Statements = NodePgDatabase

declare const inside: unique symbol
/** Statements on one connection inside a transaction whose area is set. Only `transaction` makes one. */
export type Transaction = Statements & { readonly [inside]: true; readonly client: pg.PoolClient }

export type NamedStatement = { name: string; text: string; values: unknown[] }

/** Whoever can be asked a named statement: a transaction, or the frame of a single read. */
export type Asking = {
  readonly client: {
    query(statement: NamedStatement): Promise<{ rows: unknown[] }>
  }
}

export type Database = {
  /** Single statements that need no area: accounts, divisions, health. Row-level security shows them no people. */
  statements: Statements
  /** Pipelined connections for requests. */
  pool: pg.Pool
  /** Connections for COPY, cursors and long work. */
  streams: pg.Pool
  /** The owner's connections: sealing and maintenance, never a request. */
  owner: pg.Pool
  close(): Promise<void>
}

const SECOND = 1000

/** Dates stay strings; bigint counts are numbers. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
    if (oid === Number(pg.types.builtins.DATE)) return (value) => value
    if (oid === Number(pg.types.builtins.INT8)) return Number
    return pg.types.getTypeParser(oid, format) as (value: string) => unknown
  },
}

type Options = { poolSize: number; onError: (error: Error) => void }

export function connect(url: string, { poolSize, onError }: Options): Database {
  const common = {
    connectionString: url,
    connectionTimeoutMillis: 4 * SECOND,
    keepAlive: true,
    idle_in_transaction_session_timeout: 60 * SECOND,
    idleTimeoutMillis: 60 * SECOND,
    types,
  }
  // Where a moment becomes a day in SQL it is a day of this county, whatever the database server calls its own time.
  const inShanghai = '-c timezone=Asia/Shanghai'
  const asApplication = `${inShanghai} -c role=youyu_app`
  const pool = new pg.Pool({
    ...common,
    max: poolSize,
    query_timeout: 5 * SECOND,
    statement_timeout: 4.5 * SECOND,
    // Planning a page anew costs more than reading it, and so do parallel workers for a few thousand rows. A plan lives
    // as long as its connection: one made while a table was small must not read the whole of it once it has grown.
    options: `${asApplication} -c plan_cache_mode=force_generic_plan -c max_parallel_workers_per_gather=0 -c enable_seqscan=off`,
    pipeline: true,
    application_name: 'youyu',
  })
  const streams = new pg.Pool({
    ...common,
    max: Math.max(4, Math.ceil(poolSize / 2)),
    statement_timeout: 600 * SECOND,
    query_timeout: 610 * SECOND,
    options: asApplication,
    application_name: 'youyu streams',
  })
  const owner = new pg.Pool({
    ...common,
    max: 2,
    statement_timeout: 60 * SECOND,
    query_timeout: 65 * SECOND,
    options: inShanghai,
    application_name: 'youyu owner',
  })
  for (const each of [pool, streams, owner]) {
    each.on('error', onError)
    // A connection lost between two statements of a transaction is told to nobody else, and would end the process.
    each.on('connect', (client) => client.on('error', onError))
  }
  pool.on('connect', gatherWrites)
  return {
    statements: drizzle(pool),
    pool,
    streams,
    owner,
    async close() {
      await Promise.allSettled([pool.end(), streams.end(), owner.end()])
    },
  }
}

type Prepared = { execute(values: Record<string, unknown>): Promise<unknown> }
const preparedOf = new WeakMap<object, Map<string, Prepared>>()

/**
 * A statement that is built once per connection and planned once by the server.
 * `build` must end in `.prepare(name)`-able drizzle builders; placeholders by `sql.placeholder`.
 */
export function prepared<Values extends Record<string, unknown>, Rows>(
  name: string,
  build: (db: Statements) => {
    prepare(name: string): { execute(values?: Record<string, unknown>): Promise<Rows> }
  },
): (db: Statements, values: Values) => Promise<Rows> {
  return async (db, values) => {
    let statements = preparedOf.get(db)
    if (!statements) preparedOf.set(db, (statements = new Map<string, Prepared>()))
    let statement = statements.get(name)
    if (!statement) statements.set(name, (statement = build(db).prepare(name)))
    return (await statement.execute(values)) as Rows
  }
}
