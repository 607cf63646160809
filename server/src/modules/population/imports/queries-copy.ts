import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import type { Transaction } from '../../../database/connect.ts'

/** Sends lines in COPY's text format into a table of the transaction; its connection must not be pipelined. */
export async function copyInto(tx: Transaction, target: string, pieces: readonly Buffer[]): Promise<void> {
  if (pieces.length === 0) return
  const stream = tx.client.query(copyFrom(`copy ${target} from stdin`))
  const done = finished(stream)
  done.catch(() => undefined)
  for (const piece of pieces) if (!stream.write(piece)) await Promise.race([once(stream, 'drain'), done])
  stream.end()
  await done
}
