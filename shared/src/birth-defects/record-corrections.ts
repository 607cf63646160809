import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { Id } from '../values.ts'

/** A record of care whose corrections are alike. */
type CareRecord<Url, Shown, Reason> = { url: Url; tag: string; shown: Shown; reason: Reason }

const params = z.strictObject({ id: Id })
const config = { permission: 'care.record', dataClass: 'L4', idempotent: true } as const

/** What was recorded is not changed: it is voided with the reason, and its replacement is appended. */
export function correctionOf<
  const Url extends `/${string}`,
  Shown extends z.ZodType,
  Reason extends z.ZodType,
  Set extends z.ZodType,
>({ url, tag, shown, reason }: CareRecord<Url, Shown, Reason>, summary: string, set: Set) {
  return defineEndpoint({
    method: 'POST',
    url: `${url}/:id/corrections`,
    schema: {
      summary,
      tags: [tag],
      params,
      body: z.strictObject({ set, reason }),
      response: { 201: shown },
    },
    config,
  })
}

/** What never was, is voided with the reason and stays to be read. */
export function voidingOf<const Url extends `/${string}`, Shown extends z.ZodType, Reason extends z.ZodType>(
  { url, tag, shown, reason }: CareRecord<Url, Shown, Reason>,
  summary: string,
) {
  return defineEndpoint({
    method: 'POST',
    url: `${url}/:id/void`,
    schema: { summary, tags: [tag], params, body: z.strictObject({ reason }), response: { 201: shown } },
    config,
  })
}
