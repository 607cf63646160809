import type pg from 'pg'
import { isUnreachable } from './failures.ts'

/** A connection whose state is not known for sure is never used again. */
export async function abandon(client: pg.PoolClient, error: unknown): Promise<void> {
  try {
    if (isUnreachable(error)) throw error
    await client.query('rollback')
    client.release()
  } catch (failure) {
    client.release(failure instanceof Error ? failure : true)
  }
}
