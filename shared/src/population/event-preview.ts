import { z } from 'zod'
import { DivisionCode, Id } from '../values.ts'
import { Month, PostingKind } from './book.ts'

/** What recording, correcting or voiding an event would do, found by doing it and taking it back. */
export const EventPreview = z.object({
  changes: z.array(
    z.object({
      entity: z.enum(['event', 'person', 'household', 'residence', 'registration', 'pregnancy']),
      id: Id,
      label: z.string(),
      field: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
  /** Cells of the book that change; `isClosed` where the month is closed and the change becomes an amendment. */
  book: z.array(
    z.object({
      division: z.object({ code: DivisionCode, name: z.string() }),
      month: Month,
      kind: PostingKind,
      residence: z.int(),
      registered: z.int(),
      isClosed: z.boolean(),
    }),
  ),
  /** Finding codes that it would raise (domain §7.5). */
  findings: z.array(z.string()),
})
export type EventPreview = z.infer<typeof EventPreview>
