import { customType, date, integer, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** 12 digits in collation "C", so that a subtree is a range. */
export const divisionCode = customType<{ data: string }>({ dataType: () => 'text collate "C"' })

/** Text that is searched by prefix or ordered by code point. */
export const plainText = customType<{ data: string }>({ dataType: () => 'text collate "C"' })

export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })

export const civilDate = (name: string) => date(name, { mode: 'string' })
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** First six digits of the division; distributes every county-owned table. 0 holds what belongs to no county. */
export const countyCode = () => integer('county_code').notNull()
export const id = () => uuid('id').notNull()

/** What every fact row carries: when it was recorded, by whom, from where, and its voiding. */
export const factColumns = () => ({
  recordedAt: instant('recorded_at').notNull(),
  recordedBy: uuid('recorded_by'),
  source: text('source').notNull(),
  sourceRef: text('source_ref'),
  voidedAt: instant('voided_at'),
  voidedBy: uuid('voided_by'),
  voidReason: text('void_reason'),
  replaces: uuid('replaces'),
})
