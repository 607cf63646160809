import type pg from 'pg'
import type { Access } from '../access/access.ts'
import { confirming, Outdated, OUTDATED } from '../access/standing.ts'
import { abandon } from './abandon.ts'
import { answerAfter, claimAnswered, claimForetold } from './answers.ts'
import type { Asking, Database, NamedStatement } from './connect.ts'
import { serverErrorIn } from './failures.ts'
import { askFramed } from './framed-query.ts'
import { persisting, settingsOf } from './transaction.ts'
import { Turns } from './turns.ts'

type Command = {
  statement: NamedStatement
  /** What the statement will answer, for the idempotency key (see `claimForetold`). */
  answer: NamedStatement
}

/**
 * An action of one statement: opening, key, statement and commit are one message, and one answer comes back: the rows
 * of the statement, or what an earlier request under the same key was answered.
 */
export async function command<Row>(
  db: Database,
  access: Access,
  { statement, answer }: Command,
): Promise<{ rows: Row[] } | { answer: unknown }> {
  const claim = access.idempotency ? claimForetold(access, answer) : []
  const { standing } = access
  const proof = standing && !standing.isConfirmed ? [confirming(standing)] : []
  const statements = [...proof, ...claim, statement]
  const frame = { settings: settingsOf(access), standing: undefined, statements }
  return await persisting(async () => {
    const client = await db.pool.connect()
    try {
      const answers = await askFramed(client, frame)
      if (standing) standing.isConfirmed = true
      client.release()
      return { rows: answers.at(-1) as Row[] }
    } catch (error) {
      return await answeredBefore(client, access, error)
    }
  })
}

/** A result that is known while the statements that make it true have yet to leave. */
export type Foretold<Result> = { readonly result: Result; readonly done: Promise<unknown> }

/**
 * An action of two messages that does nothing outside the database: what must be known is asked with the opening, what
 * is written leaves with the key, its answer and the commit. `run` asks all its questions in one turn, sends all it
 * writes in the next, and answers before that is under way.
 */
export async function foretelling<Result>(
  db: Database,
  access: Access,
  run: (tx: Asking) => Promise<Foretold<Result>>,
): Promise<Result> {
  return await persisting(async () => {
    const client = await db.pool.connect()
    try {
      const turns = new Turns(client, access)
      const { result, done } = await run(turns)
      await Promise.all([turns.close(access.idempotency ? claimAnswered(access, result) : []), done])
      client.release()
      return result
    } catch (error) {
      return (await answeredBefore(client, access, error)).answer as Result
    }
  })
}

/** What an earlier request under the same key was answered, where that is why this one failed. */
async function answeredBefore(
  client: pg.PoolClient,
  access: Access,
  error: unknown,
): Promise<{ answer: unknown }> {
  try {
    if (serverErrorIn(error)?.code === OUTDATED) throw new Outdated('The session has to be looked up again')
    const earlier = await answerAfter(client, access, error)
    if (!earlier) throw error
    if (access.standing) access.standing.isConfirmed = true
    client.release()
    return earlier
  } catch (failure) {
    await abandon(client, failure)
    throw failure
  }
}
