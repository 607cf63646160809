import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { DivisionCode, Instant } from '../values.ts'

const Counts = z.object({
  residents: z.int(),
  registered: z.int(),
  inflow: z.int(),
  away: z.int(),
  households: z.int(),
  male: z.int(),
  female: z.int(),
})

export const getOverview = defineEndpoint({
  method: 'GET',
  url: '/api/v1/overview',
  schema: {
    summary: 'My area at a glance: kept counts, never counted at the visit',
    tags: ['overview'],
    querystring: z.strictObject({ division: DivisionCode.optional() }),
    response: {
      200: z.object({
        division: z.object({ code: DivisionCode, name: z.string(), level: z.int() }),
        counts: Counts,
        /** The divisions one level below. */
        parts: z.array(Counts.extend({ code: DivisionCode, name: z.string() })),
        /** When the register last changed here; null while it is empty. */
        freshness: Instant.nullable(),
        villages: z.int(),
        villagesWithPeople: z.int(),
      }),
    },
  },
  config: { permission: 'overview.read', dataClass: 'L1' },
})
