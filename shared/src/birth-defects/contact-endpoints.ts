import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { Id, QueryFlag } from '../values.ts'
import { CareText } from './fetal-sex.ts'

/** A contact of care, before the birth or after it: where it is kept, how it is shown, and what a dry run tells of it. */
type Contact<Url, Shown, Preview> = { url: Url; shown: Shown; preview: Preview }

const tags = ['antenatal-care'] as const satisfies [string]
const params = z.strictObject({ id: Id })
const reason = CareText(200)
const dryRun = z.strictObject({ dryRun: QueryFlag.optional() })
const recording = { permission: 'care.record', dataClass: 'L4', idempotent: true } as const

export function contactReading<const Url extends `/${string}`, Shown extends z.ZodType>(
  { url, shown }: Contact<Url, Shown, z.ZodType>,
  summary: string,
) {
  return defineEndpoint({
    method: 'GET',
    url: `${url}/:id`,
    schema: { summary, tags, params, response: { 200: shown } },
    config: { permission: 'care.read', dataClass: 'L4' },
  })
}

export function contactRecording<
  const Url extends `/${string}`,
  Shown extends z.ZodType,
  Preview extends z.ZodType,
  Body extends z.ZodType,
>({ url, shown, preview }: Contact<Url, Shown, Preview>, summary: string, body: Body) {
  return defineEndpoint({
    method: 'POST',
    url,
    schema: { summary, tags, querystring: dryRun, body, response: { 200: preview, 201: shown } },
    config: recording,
  })
}

/** `set` without defaults: what is left out stays as it was. */
export function contactCorrection<
  const Url extends `/${string}`,
  Shown extends z.ZodType,
  Preview extends z.ZodType,
  Set extends z.ZodType,
>({ url, shown, preview }: Contact<Url, Shown, Preview>, summary: string, set: Set) {
  return defineEndpoint({
    method: 'POST',
    url: `${url}/:id/corrections`,
    schema: {
      ...{ summary, tags, params, querystring: dryRun },
      body: z.strictObject({ set, reason }),
      response: { 200: preview, 201: shown },
    },
    config: recording,
  })
}

export function contactVoiding<const Url extends `/${string}`, Shown extends z.ZodType>(
  { url, shown }: Contact<Url, Shown, z.ZodType>,
  summary: string,
) {
  return defineEndpoint({
    method: 'POST',
    url: `${url}/:id/void`,
    schema: { summary, tags, params, body: z.strictObject({ reason }), response: { 200: shown } },
    config: recording,
  })
}
