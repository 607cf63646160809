import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { ViewLog } from './audit/index.ts'
import type { Config } from './config.ts'
import type { Ciphers } from './crypto/field-cipher.ts'
import type { Keys } from './crypto/keys.ts'
import type { Database } from './database/connect.ts'

/** What every module works with; made once in `app.ts`. */
export type Office = {
  config: Config
  db: Database
  keys: Keys
  ciphers: Ciphers
  /** Looks at masked records, written in batches: who looked is answerable without slowing the look. */
  views: ViewLog
  log: FastifyBaseLogger
  now: () => Date
}

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>

const civilDates = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' })

let latest = { quarter: Number.NaN, day: '' }

/** Today in Asia/Shanghai, as a civil date. */
export function todayOf(now: Date): string {
  // No time zone has ever begun a day but at a quarter of an hour.
  const quarter = Math.floor(now.getTime() / 900_000)
  if (quarter !== latest.quarter) latest = { quarter, day: civilDates.format(now) }
  return latest.day
}
