import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../access/access.ts'
import type { Transaction } from '../../database/connect.ts'
import { bookEffects, type Posted } from './book/index.ts'

/** What an event came to: its fact, the people who changed, the findings it raised, the postings of the book. */
export type Done = {
  id: Id
  changes: EventPreview['changes']
  findings: string[]
  posted: Posted[]
}

/** The same, told to somebody who has not decided yet. */
export async function toldEffects(
  tx: Transaction,
  access: Access,
  { changes, findings, posted }: Done,
): Promise<EventPreview> {
  return { changes, findings, book: await bookEffects(tx, access, posted) }
}
