import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import {
  bytes,
  civilDate,
  countyCode,
  divisionCode,
  factColumns,
  id,
  instant,
} from '../../../database/columns.ts'
import { persons } from '../../population/persons/tables.ts'

/** 检查项目集: items, elements and risk rules of a check, each version whole; 0 owns the sets that counties are given. */
export const checkItemSets = pgTable(
  'check_item_sets',
  {
    ownerCounty: integer('owner_county').notNull(),
    code: text('code').notNull(),
    version: integer('version').notNull(),
    effectiveFrom: civilDate('effective_from').notNull(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    source: text('source').notNull(),
    items: jsonb('items').notNull(),
    elements: jsonb('elements').notNull(),
    rules: jsonb('rules').notNull(),
    followUp: jsonb('follow_up').notNull(),
    reason: text('reason'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
  },
  (table) => [
    primaryKey({ name: 'check_item_sets_pk', columns: [table.ownerCounty, table.code, table.version] }),
    check('check_item_sets_code', sql`${table.code} in ('PREMARITAL', 'PRECONCEPTION')`),
  ],
)

/** 婚前保健与孕前优生健康检查 (L4): a couple on a day, also where one came alone. Free: there is no fee. */
export const coupleChecks = pgTable(
  'couple_checks',
  {
    countyCode: countyCode(),
    id: id(),
    kind: text('kind').notNull(),
    chainId: uuid('chain_id'),
    womanId: uuid('woman_id'),
    manId: uuid('man_id'),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    setOwner: integer('set_owner').notNull(),
    setVersion: integer('set_version').notNull(),
    risk: text('risk').notNull(),
    herRisk: text('her_risk').notNull(),
    hisRisk: text('his_risk').notNull(),
    /** Codes of the risk rules that were met. */
    reasons: text('reasons').array().notNull(),
    counselled: boolean('counselled').notNull(),
    advisedOn: civilDate('advised_on'),
    adviceCipher: bytes('advice_cipher'),
    marriageId: uuid('marriage_id'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'couple_checks_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'couple_checks_woman',
      columns: [table.countyCode, table.womanId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'couple_checks_man',
      columns: [table.countyCode, table.manId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    index('couple_checks_by_facility').on(table.countyCode, table.facilityId, table.occurredOn, table.id),
    index('couple_checks_by_woman').on(table.countyCode, table.womanId, table.occurredOn),
    index('couple_checks_by_man').on(table.countyCode, table.manId, table.occurredOn),
    index('couple_checks_by_day').on(table.countyCode, table.kind, table.occurredOn),
    index('couple_checks_by_chain')
      .on(table.countyCode, table.chainId)
      .where(sql`${table.chainId} is not null`),
    index('couple_checks_by_replaced')
      .on(table.countyCode, table.replaces)
      .where(sql`${table.replaces} is not null`),
    check('couple_checks_kind', sql`${table.kind} in ('PREMARITAL', 'PRECONCEPTION')`),
    check('couple_checks_somebody', sql`${table.womanId} is not null or ${table.manId} is not null`),
    check('couple_checks_two_people', sql`${table.womanId} <> ${table.manId}`),
    check(
      'couple_checks_risk',
      sql`${table.risk} in ('GENERAL', 'HIGH_RISK') and ${table.herRisk} in ('GENERAL', 'HIGH_RISK') and ${table.hisRisk} in ('GENERAL', 'HIGH_RISK')`,
    ),
    check(
      'couple_checks_risk_has_reasons',
      sql`(${table.risk} = 'HIGH_RISK') = (cardinality(${table.reasons}) > 0)`,
    ),
    check('couple_checks_advised_after', sql`${table.advisedOn} >= ${table.occurredOn}`),
    check('couple_checks_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)

/** Who of the two came, and what was found; what was found is enciphered. Voided with its check. */
export const coupleCheckParties = pgTable(
  'couple_check_parties',
  {
    countyCode: countyCode(),
    id: id(),
    checkId: uuid('check_id').notNull(),
    kind: text('kind').notNull(),
    party: text('party').notNull(),
    personId: uuid('person_id').notNull(),
    chainId: uuid('chain_id'),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    infectionConsent: boolean('infection_consent').notNull(),
    itemsDone: text('items_done').array().notNull(),
    /** CV06.00.210: advice, and no more. */
    opinion: text('opinion'),
    resultsCipher: bytes('results_cipher').notNull(),
  },
  (table) => [
    primaryKey({ name: 'couple_check_parties_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'couple_check_parties_check',
      columns: [table.countyCode, table.checkId],
      foreignColumns: [coupleChecks.countyCode, coupleChecks.id],
    }),
    foreignKey({
      name: 'couple_check_parties_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    index('couple_check_parties_by_check').on(table.countyCode, table.checkId),
    index('couple_check_parties_by_person').on(table.countyCode, table.personId, table.occurredOn),
    check('couple_check_parties_party', sql`${table.party} in ('HER', 'HIM')`),
    check(
      'couple_check_parties_opinion',
      sql`${table.opinion} is null or (${table.kind} = 'PREMARITAL' and ${table.opinion} in ('1', '2', '3', '4', '5'))`,
    ),
  ],
)
