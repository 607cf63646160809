import { z } from 'zod'
import { Id } from '../values.ts'

/** What recording something in care did or would do, beside the record itself. */
export const CareChange = z.object({
  entity: z.enum([
    'encounter',
    'choice',
    'screen',
    'override',
    'episode',
    'procedure',
    'complication',
    'consent',
    'task',
    'dispensing',
    'check',
    'offer',
  ]),
  /** Null where another facility's record is touched: nothing more is told of it. */
  id: Id.nullable(),
  field: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
})
export type CareChange = z.infer<typeof CareChange>

/** Found by doing it and taking it back. */
export const CarePreview = z.object({
  changes: z.array(CareChange),
  /** Finding codes that it would raise (domain §7.5): V6, V7, V9. */
  findings: z.array(z.string()),
})
export type CarePreview = z.infer<typeof CarePreview>
