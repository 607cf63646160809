import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { Month } from '../population/book.ts'
import { PeriodBasis } from '../population/indicators.ts'
import { CivilDate, DivisionCode, Id, Instant, QueryFlag, Text } from '../values.ts'
import { ChainItem, LinkReason } from './chain-values.ts'

const tags = ['birth-defect-statistics'] as [string]

/** Null: withheld for publication (domain §9.5). */
const Count = z.int().nullable()

/** Of one item: the states add up to the cohort; the others are stations on the way, and parts of it. */
export const CascadeItem = z.object({
  item: ChainItem,
  link: z.int(),
  cohort: Count,
  notDue: Count,
  due: Count,
  waiting: Count,
  done: Count,
  declined: Count,
  notApplicable: Count,
  overdue: Count,
  /** Ever told of it, or came without. */
  offered: Count,
  accepted: Count,
  positive: Count,
  followed: Count,
  /** Declined and overdue ones by reason; null where no reason is known. */
  dropOffs: z.array(z.object({ reason: LinkReason.nullable(), links: Count })),
})
export type CascadeItem = z.infer<typeof CascadeItem>

const CascadePart = z.object({
  division: z.object({ code: DivisionCode, name: z.string() }),
  /** Chains of the cohort. */
  chains: Count,
  items: z.array(CascadeItem),
})
export type CascadePart = z.infer<typeof CascadePart>

export const Cascade = z.object({
  division: z.object({ code: DivisionCode, name: z.string() }),
  periodBasis: PeriodBasis,
  from: Month,
  to: Month,
  whole: CascadePart,
  townships: z.array(CascadePart),
  /** A closed period answers as it was closed … */
  closed: z.object({ id: Id, closedOn: CivilDate }).nullable(),
  /** … and tells apart what has become known since. */
  amendments: z.array(
    z.object({
      division: z.object({ code: DivisionCode, name: z.string() }),
      item: ChainItem,
      was: z.object({ cohort: z.int(), done: z.int() }),
      now: z.object({ cohort: z.int(), done: z.int() }),
    }),
  ),
  isPublication: z.boolean(),
  dataCutoff: Instant,
})
export type Cascade = z.infer<typeof Cascade>

/** Months of birth, or of the expected birth. */
const period = {
  periodBasis: PeriodBasis.default('MONTH_RANGE'),
  /** Of a calendar year or statistical year (October to September). */
  year: z.coerce.number().int().min(2000).max(2100).optional(),
  from: Month.optional(),
  /** First day of the last month. */
  to: Month.optional(),
}

export const getBirthDefectCascade = defineEndpoint({
  method: 'GET',
  url: '/api/v1/birth-defect-cascades',
  schema: {
    summary:
      'The cascade of a cohort by township: offered, accepted, done, declined, overdue, not applicable',
    tags,
    querystring: z.strictObject({
      ...period,
      division: DivisionCode.optional(),
      /** For publication: small cells and their complements are withheld. */
      publication: QueryFlag.optional(),
      /** A closed period instead of one asked by its months. */
      periodId: Id.optional(),
    }),
    response: { 200: Cascade },
  },
  config: { permission: 'care-statistics.read', dataClass: 'L1' },
})

export const ClosedPeriod = z.object({
  id: Id,
  from: Month,
  to: Month,
  closedOn: CivilDate,
  note: z.string().nullable(),
})
export type ClosedPeriod = z.infer<typeof ClosedPeriod>
export const listClosedCascades = defineEndpoint({
  method: 'GET',
  url: '/api/v1/birth-defect-cascade-periods',
  schema: {
    summary: 'Periods whose denominators are closed',
    tags,
    querystring: z.strictObject({ division: DivisionCode.optional() }),
    response: { 200: z.object({ items: z.array(ClosedPeriod) }) },
  },
  config: { permission: 'care-statistics.read', dataClass: 'L1' },
})
export const closeCascadePeriod = defineEndpoint({
  method: 'POST',
  url: '/api/v1/birth-defect-cascade-periods',
  schema: {
    summary: 'Close a period: its denominators stand as they are now, later changes are told apart',
    tags,
    body: z.strictObject({ from: Month, to: Month, note: Text(300).optional() }),
    response: { 201: ClosedPeriod },
  },
  config: { permission: 'care-rule.manage', dataClass: 'L1', idempotent: true },
})
