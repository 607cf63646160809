import type { FastifyBaseLogger, FastifyRequest } from 'fastify'
import { accessFor, type Access } from '../access/access.ts'
import type { Database } from '../database/connect.ts'
import { isUnreachable } from '../database/failures.ts'
import { failureShown } from '../logging.ts'
import { insertEntries } from './queries.ts'
import { entryOf, type Deed } from './record.ts'
import type { accessLog } from './tables.ts'

export type ViewLog = {
  /** Notes a look at masked data, or a refusal; written within a second. */
  note(access: Access, deed: Deed): void
  flush(): Promise<void>
}

const FLUSH_EVERY = 1000
const BATCH = 500
const RETRY_AFTER = 5000
/** Looks kept while the database is gone. */
const KEPT = 50_000

/**
 * Reads of L3 and L4 are logged in their own transaction (`record`); looks at masked records are gathered here and
 * written in batches, so that opening a page costs no write.
 */
export function viewLog(db: Database, log: FastifyBaseLogger, now: () => Date): ViewLog {
  let waiting: (typeof accessLog.$inferInsert)[] = []
  let timer: NodeJS.Timeout | null = null

  /** What could not be written waits for the next time; an unknown outcome writes the same row once. */
  async function flush(): Promise<void> {
    if (timer) clearTimeout(timer)
    timer = null
    const entries = waiting
    waiting = []
    for (let start = 0; start < entries.length; start += BATCH) {
      try {
        await insertEntries(db.statements, entries.slice(start, start + BATCH))
      } catch (error) {
        if (isUnreachable(error)) waiting = [...entries.slice(start), ...waiting].slice(-KEPT)
        throw error
      }
    }
  }

  function flushLater(pause: number): void {
    timer ??= setTimeout(() => {
      flush().catch((error: unknown) => {
        log.error({ failure: failureShown(error) }, 'views could not be logged')
        flushLater(RETRY_AFTER)
      })
    }, pause).unref()
  }

  return {
    note(access, deed) {
      waiting.push(entryOf(access, deed, now()))
      flushLater(FLUSH_EVERY)
    },
    flush,
  }
}

/** Somebody asked for what her grants do not carry; the address of the operation says what it was. */
export function noteRefusal(views: ViewLog, { actor, ip, id, method, routeOptions }: FastifyRequest): void {
  const access = actor && accessFor(actor, 'signed-in', ip, id)
  if (!access) return
  views.note(access, {
    action: 'refused',
    entity: 'operation',
    reason: `${method} ${routeOptions.url ?? ''}`,
    rows: 0,
    result: 'refused',
  })
}
