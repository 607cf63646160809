import type pg from 'pg'

type Socket = { cork(): void; uncork(): void }

/**
 * Lets all statements that are sent in one turn leave in one write: on a machine with few cores every write wakes a
 * server process and costs more than the statement's own parsing.
 */
export function gatherWrites(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  const send = client.query.bind(client) as (...statement: unknown[]) => unknown
  let isGathering = false

  function query(...statement: unknown[]): unknown {
    if (!isGathering) {
      isGathering = true
      stream.cork()
      process.nextTick(() => {
        isGathering = false
        stream.uncork()
      })
    }
    return send(...statement)
  }

  client.query = query as typeof client.query
}
