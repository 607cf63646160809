import type pg from 'pg'
import { abandon } from './abandon.ts'
import type { Database } from './connect.ts'
import { serverErrorIn } from './failures.ts'

type Options = { opening?: string; unless: { constraint: string } }

/** One transaction on the owner's connection. Whoever else took the same number first has done the work: null. */
export async function ownerTransaction<Result>(
  owner: Database['owner'],
  work: (connection: pg.PoolClient) => Promise<Result>,
  { opening = 'begin', unless }: Options,
): Promise<Result | null> {
  const connection = await owner.connect()
  try {
    await connection.query(opening)
    const result = await work(connection)
    await connection.query('commit')
    connection.release()
    return result
  } catch (error) {
    await abandon(connection, error)
    if (serverErrorIn(error)?.constraint === unless.constraint) return null
    throw error
  }
}
