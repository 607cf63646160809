import type { Access } from '../access/access.ts'
import { confirming, Outdated, OUTDATED } from '../access/standing.ts'
import { abandon } from './abandon.ts'
import { answerAfter, claimForetold } from './answers.ts'
import type { Database, NamedStatement } from './connect.ts'
import { serverErrorIn } from './failures.ts'
import { sendTogether } from './message.ts'
import { persisting, settingsOf } from './transaction.ts'

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
  const parts = ['begin', ...settingsOf(access), ...proof, ...claim, statement, 'commit']
  return await persisting(async () => {
    const client = await db.pool.connect()
    try {
      const results = await sendTogether(client, parts)
      if (results.at(-1)?.command !== 'COMMIT')
        throw new Error('A message was not committed, and nobody said so')
      if (standing) standing.isConfirmed = true
      client.release()
      return { rows: results.at(-2)!.rows as Row[] }
    } catch (error) {
      try {
        if (serverErrorIn(error)?.code === OUTDATED)
          throw new Outdated('The session has to be looked up again')
        const earlier = await answerAfter(client, access, error)
        if (!earlier) throw error
        if (standing) standing.isConfirmed = true
        client.release()
        return earlier
      } catch (failure) {
        await abandon(client, failure)
        throw failure
      }
    }
  })
}
