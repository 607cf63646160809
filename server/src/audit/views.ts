import type { FastifyBaseLogger } from 'fastify'
import type { Access } from '../access/access.ts'
import type { Database } from '../database/connect.ts'
import { entryOf, type Deed } from './record.ts'
import { accessLog } from './tables.ts'

export type ViewLog = {
  /** Notes a look at masked data, or a refusal; written within a second. */
  note(access: Access, deed: Deed): void
  flush(): Promise<void>
}

const FLUSH_EVERY = 1000
const BATCH = 500

/**
 * Reads of L3 and L4 are logged in their own transaction (`record`); looks at masked records are gathered here and
 * written in batches, so that opening a page costs no write.
 */
export function viewLog(db: Database, log: FastifyBaseLogger, now: () => Date): ViewLog {
  let waiting: (typeof accessLog.$inferInsert)[] = []
  let timer: NodeJS.Timeout | null = null

  async function flush(): Promise<void> {
    if (timer) clearTimeout(timer)
    timer = null
    const entries = waiting
    waiting = []
    for (let start = 0; start < entries.length; start += BATCH) {
      await db.statements.insert(accessLog).values(entries.slice(start, start + BATCH))
    }
  }

  return {
    note(access, deed) {
      waiting.push(entryOf(access, deed, now()))
      timer ??= setTimeout(() => {
        flush().catch((error: unknown) =>
          log.error({ name: (error as Error).name }, 'views could not be logged'),
        )
      }, FLUSH_EVERY).unref()
    },
    flush,
  }
}
