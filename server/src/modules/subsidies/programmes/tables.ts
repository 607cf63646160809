import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { GoldenCase, LegalBasis, ProgrammeTerms } from '@youyu/shared/subsidies/programmes'
import { civilDate, instant, plainText } from '../../../database/columns.ts'

const ownerCounty = () => integer('owner_county').notNull()
const id = () => uuid('id').notNull()
/** Where a figure comes from, how sure it is, and when a later set of the same owner took its place. */
const provenance = () => ({
  source: text('source').notNull(),
  confidence: text('confidence').notNull(),
  recordedAt: instant('recorded_at').notNull(),
  recordedBy: uuid('recorded_by'),
  /** The four-eyes change that brought it; none for the national standard. */
  changeId: uuid('change_id'),
  supersededAt: instant('superseded_at'),
})
const confidences = sql`('FOUND', 'SEED', 'HIGH', 'MEDIUM', 'LOW', 'DESIGN', 'LOCAL')`

/** 项目: what is promised to whom; the national standard is of county 0, a county puts its own over it. */
export const programmes = pgTable(
  'programmes',
  {
    ownerCounty: ownerCounty(),
    code: plainText('code').notNull(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    noteZh: text('note_zh').notNull(),
    noteEn: text('note_en').notNull(),
    scope: text('scope').notNull(),
    status: text('status').notNull(),
    legalBasis: jsonb('legal_basis').$type<LegalBasis[]>().notNull(),
    levels: jsonb('levels').$type<{ level: string; zh: string; en: string }[]>().notNull(),
    position: integer('position').notNull(),
  },
  (table) => [
    primaryKey({ name: 'programmes_pk', columns: [table.ownerCounty, table.code] }),
    check('programmes_scope', sql`${table.scope} in ('NATIONAL', 'PROVINCIAL', 'CITY', 'COUNTY')`),
    check('programmes_status', sql`${table.status} in ('OPEN', 'TEMPLATE', 'CLOSED', 'WITHDRAWN')`),
  ],
)

/** 项目版本: terms from a day on, kept for ever, with the golden cases that they passed. */
export const programmeVersions = pgTable(
  'programme_versions',
  {
    id: id(),
    ownerCounty: ownerCounty(),
    code: plainText('code').notNull(),
    number: integer('number').notNull(),
    fromOn: civilDate('from_on').notNull(),
    terms: jsonb('terms').$type<ProgrammeTerms>().notNull(),
    golden: jsonb('golden').$type<GoldenCase[]>().notNull(),
    reason: text('reason').notNull(),
    source: text('source').notNull(),
    confidence: text('confidence').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    approvedBy: uuid('approved_by'),
    changeId: uuid('change_id'),
  },
  (table) => [
    primaryKey({ name: 'programme_versions_pk', columns: [table.id] }),
    uniqueIndex('programme_versions_number').on(table.ownerCounty, table.code, table.number),
    check('programme_versions_confidence', sql`${table.confidence} in ${confidences}`),
    check(
      'programme_versions_four_eyes',
      sql`${table.ownerCounty} = 0 or ${table.approvedBy} is distinct from ${table.recordedBy}`,
    ),
  ],
)

/** 标准: so much for a level from a day to a day. */
export const programmeRates = pgTable(
  'programme_rates',
  {
    id: id(),
    ownerCounty: ownerCounty(),
    code: plainText('code').notNull(),
    level: plainText('level').notNull(),
    unit: text('unit').notNull(),
    amountFen: bigint('amount_fen', { mode: 'number' }).notNull(),
    fromOn: civilDate('from_on').notNull(),
    toOn: civilDate('to_on'),
    ...provenance(),
  },
  (table) => [
    primaryKey({ name: 'programme_rates_pk', columns: [table.id] }),
    uniqueIndex('programme_rates_once')
      .on(table.ownerCounty, table.code, table.level, table.fromOn)
      .where(sql`${table.supersededAt} is null`),
    check(
      'programme_rates_unit',
      sql`${table.unit} in ('PER_MONTH', 'PER_YEAR', 'PER_QUARTER', 'PER_DAY', 'ONE_OFF', 'PCT')`,
    ),
    check('programme_rates_amount', sql`${table.amountFen} >= 0`),
    check('programme_rates_in_order', sql`${table.toOn} >= ${table.fromOn}`),
    check('programme_rates_confidence', sql`${table.confidence} in ${confidences}`),
  ],
)

/** 分担: which tier bears how much from a day on; the standard may differ by the leading digits of a division. */
export const programmeShares = pgTable(
  'programme_shares',
  {
    id: id(),
    ownerCounty: ownerCounty(),
    code: plainText('code').notNull(),
    area: plainText('area').notNull(),
    fromOn: civilDate('from_on').notNull(),
    tier: text('tier').notNull(),
    pct: numeric('pct', { precision: 6, scale: 3, mode: 'number' }).notNull(),
    ...provenance(),
  },
  (table) => [
    primaryKey({ name: 'programme_shares_pk', columns: [table.id] }),
    uniqueIndex('programme_shares_once')
      .on(table.ownerCounty, table.code, table.area, table.fromOn, table.tier)
      .where(sql`${table.supersededAt} is null`),
    check(
      'programme_shares_tier',
      sql`${table.tier} in ('CENTRAL', 'PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP', 'OTHER')`,
    ),
    check('programme_shares_pct', sql`${table.pct} between 0 and 100`),
    check('programme_shares_confidence', sql`${table.confidence} in ${confidences}`),
  ],
)

/** 叠加: whether two programmes go together for one person. */
export const programmeStacking = pgTable(
  'programme_stacking',
  {
    id: id(),
    ownerCounty: ownerCounty(),
    first: plainText('first').notNull(),
    firstLevel: plainText('first_level').notNull(),
    second: plainText('second').notNull(),
    secondLevel: plainText('second_level').notNull(),
    verdict: text('verdict').notNull(),
    isLocal: boolean('is_local').notNull(),
    reason: text('reason').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    changeId: uuid('change_id'),
    supersededAt: instant('superseded_at'),
  },
  (table) => [
    primaryKey({ name: 'programme_stacking_pk', columns: [table.id] }),
    uniqueIndex('programme_stacking_once')
      .on(table.ownerCounty, table.first, table.firstLevel, table.second, table.secondLevel)
      .where(sql`${table.supersededAt} is null`),
    check(
      'programme_stacking_verdict',
      sql`${table.verdict} in ('ALLOW', 'DENY', 'XOR_PER_CHILD', 'STOP_FIRST', 'REQUIRE')`,
    ),
  ],
)
