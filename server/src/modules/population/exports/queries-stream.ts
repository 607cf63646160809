import { pipeline, Transform, type Readable } from 'node:stream'
import type { PersonFilter } from '@youyu/shared/population/persons'
import type { CivilDate } from '@youyu/shared/values'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import QueryStream from 'pg-query-stream'
import type { Access } from '../../../access/access.ts'
import type { Database, Transaction } from '../../../database/connect.ts'
import { opening } from '../../../database/transaction.ts'
import { householdsOfCounty, peopleOfCounty } from '../area.ts'
import { conditionsOf } from '../persons/filter.ts'
import { ask, Bound } from '../../../database/statements.ts'
import { columnList, type Shape } from './queries-columns.ts'

type Choice = { filter: PersonFilter; today: CivilDate; limit: number }
export type CountedChoice = Choice & { rows: number }

/** Up to here the rows come by village; sorting a whole county would hold the first row back and spill to disk. */
const SORTED_UP_TO = 20_000

/** From here on households are read once as a whole: their guard then asks once a household, not once a person. */
const JOINED_AS_WHOLE_FROM = 2000

const PIECE = 64 * 1024

/** COPY takes no parameters: values are written into the text, escaped. */
class Literals extends Bound {
  override bind(value: unknown): string {
    return typeof value === 'number' ? String(value) : pg.escapeLiteral(String(value))
  }
}

function chosen(bound: Bound, access: Access, { filter, today }: Choice): string {
  return `${peopleOfCounty(bound, access, 'p')} and ${conditionsOf(bound, filter, today)}`
}

/** How many rows an export has, counted no further than one above the limit. */
export async function countPeople(tx: Transaction, access: Access, choice: Choice): Promise<number> {
  const bound = new Bound()
  const where = chosen(bound, access, choice)
  const [counted] = await ask<{ rows: number }>(
    tx,
    `select count(*)::int as rows from (select from persons p where ${where} limit ${bound.bind(choice.limit + 1)}) as chosen`,
    bound.values,
  )
  return counted!.rows
}

function selection(access: Access, choice: CountedChoice, shape: Shape, first = ''): string {
  const order = choice.rows <= SORTED_UP_TO ? 'order by p.residence_division, p.id' : ''
  const bound = new Literals()
  const household = shape.columns.includes('householdNumber')
    ? `left join households h on h.id = p.household_id and ${householdsOfCounty(bound, access, 'h')}`
    : ''
  return `select ${first}${columnList(shape)} from persons p ${household}
    where ${chosen(bound, access, choice)} ${order} limit ${bound.bind(choice.limit)}`
}

/** PostgreSQL writes the lines itself: nothing of a row becomes an object here. */
export async function streamText(
  db: Database,
  access: Access,
  choice: CountedChoice,
  shape: Shape,
  head: string,
): Promise<Readable> {
  const rows = selection(access, choice, shape)
  const statement =
    shape.format === 'csv'
      ? `copy (${rows}) to stdout (format csv)`
      : // JSON text holds no control characters, so that nothing is ever quoted.
        `copy (select row_to_json(line) from (${rows}) as line) to stdout (format csv, delimiter E'\\x02', quote E'\\x01')`
  const client = await begun(db, access, choice)
  const source = client.query(copyTo(statement))
  givesBack(client, source)
  const lines = inPieces()
  lines.write(head)
  pipeline(source, lines, () => undefined)
  return lines
}

/** PostgreSQL sends 8 KiB at a time; each of them written to the reader would wake her and cost more than its rows. */
function inPieces(): Transform {
  let waiting: Buffer[] = []
  let size = 0
  function take(): Buffer {
    const piece = Buffer.concat(waiting, size)
    waiting = []
    size = 0
    return piece
  }
  return new Transform({
    writableHighWaterMark: 4 * PIECE,
    readableHighWaterMark: PIECE,
    transform(chunk: Buffer, _encoding, done) {
      waiting.push(chunk)
      size += chunk.length
      if (size >= PIECE) done(null, take())
      else done()
    },
    flush(done) {
      done(null, take())
    },
  })
}

/** Rows as arrays; with `withId` the id of the person stands first. */
export async function streamRows(
  db: Database,
  access: Access,
  choice: CountedChoice,
  shape: Shape,
  withId: boolean,
): Promise<Readable> {
  const client = await begun(db, access, choice)
  const statement = new QueryStream(selection(access, choice, shape, withId ? 'p.id, ' : ''), [], {
    rowMode: 'array',
    batchSize: 1000,
    highWaterMark: 1000,
  })
  const source = client.query(statement)
  givesBack(client, source)
  return source
}

async function begun(db: Database, access: Access, { rows }: CountedChoice): Promise<pg.PoolClient> {
  const client = await db.streams.connect()
  const joining = rows >= JOINED_AS_WHOLE_FROM ? '; set local enable_nestloop = off' : ''
  try {
    await client.query(`${opening(access)}${joining}`)
    return client
  } catch (error) {
    client.release(true)
    throw error
  }
}

/** A file read to its end gives its connection back; one that was given up half-way costs the connection, not the pool. */
function givesBack(client: pg.PoolClient, source: Readable): void {
  let isRead = false
  source.once('end', () => {
    isRead = true
    client.query('commit').then(
      () => client.release(),
      (error: Error) => client.release(error),
    )
  })
  source.once('close', () => {
    if (!isRead) client.release(new Error('The download was given up'))
  })
  source.on('error', () => undefined)
}
