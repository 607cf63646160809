import type { CivilDate } from '@youyu/shared/values'
import type pg from 'pg'

export type Said = { status: number; body: unknown; text: string }
export type Asked = { body?: object | undefined; version?: number; key?: string }
type Method = 'GET' | 'POST'

/** The county at its counters: an office of the tests, or a server in a process of its own that is killed now and then. */
export type Desk = {
  /** Asks as an officer until the office has answered; the same key is the same deed. */
  ask(who: string, method: Method, path: string, asked?: Asked): Promise<Said>
  /** It is this day now. */
  moveTo(day: CivilDate): Promise<void>
  /** Something is killed while this is done, as soon as a statement of this pattern stands in a transaction. */
  struck<Done>(what: string, statement: string, work: () => Promise<Done>): Promise<Done>
  /** Jobs and the work with the bank go on. */
  work(): Promise<void>
  /** What is not sealed yet is sealed. */
  seal(): Promise<void>
  /** What the verification of the ledger prints, and whether all held. */
  verify(): Promise<{ isWhole: boolean; text: string }>
  /** Whoever has the password of the database's owner. */
  superuser: Pick<pg.Pool, 'query'>
  /** What the bank was sent, by batch number, and what it really paid. */
  bank: { files: Map<string, string>; paid(): Map<string, { times: number; fen: number }> }
}

/** A deed that must succeed. */
export async function enter<Body>(desk: Desk, who: string, path: string, asked: Asked = {}): Promise<Body> {
  const { status, body, text } = await desk.ask(who, 'POST', path, asked)
  if (status >= 300) throw new Error(`${who} ${path}: ${status} ${text.slice(0, 300)}`)
  return body as Body
}

export async function look<Body>(desk: Desk, who: string, path: string): Promise<Body> {
  const { status, body, text } = await desk.ask(who, 'GET', path)
  if (status !== 200) throw new Error(`${who} ${path}: ${status} ${text.slice(0, 300)}`)
  return body as Body
}

/** All pages of a list. */
export async function all<Row>(desk: Desk, who: string, path: string): Promise<Row[]> {
  const rows: Row[] = []
  let cursor = ''
  do {
    const more = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
    const page = await look<{ items: Row[]; nextCursor: string | null }>(
      desk,
      who,
      `${path}${path.includes('?') ? '&' : '?'}limit=200${more}`,
    )
    rows.push(...page.items)
    cursor = page.nextCursor ?? ''
  } while (cursor)
  return rows
}

const AT_ONCE = 4

/** Four officers work at the same time; how much they did. */
export async function each<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<number>,
): Promise<number> {
  const left = [...items]
  let done = 0
  async function officer(): Promise<void> {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      const count = await work(item)
      done += count
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, officer))
  return done
}

export async function rowsOf<Row extends pg.QueryResultRow>(
  desk: Desk,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return (await desk.superuser.query<Row>(text, values)).rows
}
