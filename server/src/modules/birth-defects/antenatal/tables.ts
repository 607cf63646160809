import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { AntenatalStep } from '@youyu/shared/birth-defects/antenatal-contacts'
import type { ContactPlace } from '@youyu/shared/birth-defects/contact-values'
import type { PostnatalKind } from '@youyu/shared/birth-defects/postnatal-contacts'
import type { Urgency } from '@youyu/shared/birth-defects/decision-support'
import type { RiskColour } from '@youyu/shared/population/value-sets'
import {
  bytes,
  civilDate,
  countyCode,
  divisionCode,
  factColumns,
  id,
  instant,
  plainText,
} from '../../../database/columns.ts'
import { antenatalVisits, pregnancies } from '../../population/pregnancies/tables.ts'
import { chains } from '../chains/tables.ts'
import { decisionTables } from '../decision-support/tables.ts'

/** 产前检查的评估: what the rules made of a visit; values, signs in words and notes are enciphered. L4. */
export const antenatalContacts = pgTable(
  'antenatal_contacts',
  {
    countyCode: countyCode(),
    id: id(),
    facilityId: uuid('facility_id').notNull(),
    chainId: uuid('chain_id').notNull(),
    pregnancyId: uuid('pregnancy_id').notNull(),
    womanId: uuid('woman_id').notNull(),
    visitId: uuid('visit_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    place: text('place').$type<ContactPlace>().notNull(),
    gestationDays: smallint('gestation_days').notNull(),
    step: text('step').$type<AntenatalStep>(),
    riskColour: text('risk_colour').$type<RiskColour>().notNull(),
    isPurple: boolean('is_purple').notNull(),
    /** Codes of the risk items that were present, ticked or found. */
    riskItems: text('risk_items').array().notNull(),
    /** Codes of the rows of advice that held. */
    adviceRows: text('advice_rows').array().notNull(),
    urgency: text('urgency').$type<Urgency>(),
    riskTable: plainText('risk_table').notNull(),
    adviceTable: plainText('advice_table').notNull(),
    counselling: text('counselling').array().notNull(),
    ironDays: smallint('iron_days'),
    nextOn: civilDate('next_on'),
    /** What was written and what was known from before, as the rules read it. */
    valuesCipher: bytes('values_cipher').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'antenatal_contacts_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'antenatal_contacts_chain',
      columns: [table.countyCode, table.chainId],
      foreignColumns: [chains.countyCode, chains.id],
    }),
    foreignKey({
      name: 'antenatal_contacts_pregnancy',
      columns: [table.countyCode, table.pregnancyId],
      foreignColumns: [pregnancies.countyCode, pregnancies.id],
    }),
    foreignKey({
      name: 'antenatal_contacts_visit',
      columns: [table.countyCode, table.visitId],
      foreignColumns: [antenatalVisits.countyCode, antenatalVisits.id],
    }),
    foreignKey({
      name: 'antenatal_contacts_risk_table',
      columns: [table.riskTable],
      foreignColumns: [decisionTables.code],
    }),
    foreignKey({
      name: 'antenatal_contacts_advice_table',
      columns: [table.adviceTable],
      foreignColumns: [decisionTables.code],
    }),
    index('antenatal_contacts_by_pregnancy').on(table.countyCode, table.pregnancyId, table.occurredOn),
    index('antenatal_contacts_by_chain').on(table.countyCode, table.chainId),
    index('antenatal_contacts_by_facility').on(
      table.countyCode,
      table.facilityId,
      table.occurredOn,
      table.id,
    ),
    index('antenatal_contacts_by_day').on(table.countyCode, table.occurredOn, table.divisionCode),
    check('antenatal_contacts_place', sql`${table.place} in ('FACILITY', 'HOME', 'PHONE')`),
    check('antenatal_contacts_gestation', sql`${table.gestationDays} between 0 and 315`),
    check('antenatal_contacts_colour', sql`${table.riskColour} in ('GREEN', 'YELLOW', 'ORANGE', 'RED')`),
    check(
      'antenatal_contacts_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)

/** 孕妇管理: one line for a pregnancy in care at a facility, kept by its contacts; what its lists read. L4. */
export const antenatalCares = pgTable(
  'antenatal_cares',
  {
    countyCode: countyCode(),
    pregnancyId: uuid('pregnancy_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    firstOn: civilDate('first_on').notNull(),
    lastOn: civilDate('last_on').notNull(),
    nextOn: civilDate('next_on'),
    contacts: integer('contacts').notNull(),
    riskColour: text('risk_colour').$type<RiskColour>().notNull(),
    isPurple: boolean('is_purple').notNull(),
    /** Orange, red or purple since, and no plan yet. */
    planDueSince: civilDate('plan_due_since'),
    /** The plan that is open. */
    planId: uuid('plan_id'),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'antenatal_cares_pk',
      columns: [table.countyCode, table.pregnancyId, table.facilityId],
    }),
    foreignKey({
      name: 'antenatal_cares_pregnancy',
      columns: [table.countyCode, table.pregnancyId],
      foreignColumns: [pregnancies.countyCode, pregnancies.id],
    }),
    index('antenatal_cares_next').on(table.countyCode, table.facilityId, table.nextOn, table.pregnancyId),
    index('antenatal_cares_plan')
      .on(table.countyCode, table.facilityId, table.planDueSince, table.pregnancyId)
      .where(sql`${table.planDueSince} is not null`),
    check('antenatal_cares_colour', sql`${table.riskColour} in ('GREEN', 'YELLOW', 'ORANGE', 'RED')`),
  ],
)

/** 产后访视与产后42天检查 of the mother. L4. */
export const postnatalContacts = pgTable(
  'postnatal_contacts',
  {
    countyCode: countyCode(),
    id: id(),
    facilityId: uuid('facility_id').notNull(),
    chainId: uuid('chain_id').notNull(),
    pregnancyId: uuid('pregnancy_id').notNull(),
    womanId: uuid('woman_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    kind: text('kind').$type<PostnatalKind>().notNull(),
    bornOn: civilDate('born_on').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    daysAfterBirth: smallint('days_after_birth').notNull(),
    place: text('place').$type<ContactPlace>().notNull(),
    breastfeeding: text('breastfeeding'),
    counselling: text('counselling').array().notNull(),
    adviceRows: text('advice_rows').array().notNull(),
    urgency: text('urgency').$type<Urgency>(),
    adviceTable: plainText('advice_table').notNull(),
    valuesCipher: bytes('values_cipher').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'postnatal_contacts_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'postnatal_contacts_chain',
      columns: [table.countyCode, table.chainId],
      foreignColumns: [chains.countyCode, chains.id],
    }),
    foreignKey({
      name: 'postnatal_contacts_pregnancy',
      columns: [table.countyCode, table.pregnancyId],
      foreignColumns: [pregnancies.countyCode, pregnancies.id],
    }),
    foreignKey({
      name: 'postnatal_contacts_advice_table',
      columns: [table.adviceTable],
      foreignColumns: [decisionTables.code],
    }),
    uniqueIndex('postnatal_contacts_one_a_day')
      .on(table.countyCode, table.pregnancyId, table.facilityId, table.kind, table.occurredOn)
      .where(sql`${table.voidedAt} is null`),
    index('postnatal_contacts_by_facility').on(
      table.countyCode,
      table.facilityId,
      table.occurredOn,
      table.id,
    ),
    index('postnatal_contacts_by_chain').on(table.countyCode, table.chainId),
    index('postnatal_contacts_by_day').on(table.countyCode, table.occurredOn, table.divisionCode),
    check('postnatal_contacts_kind', sql`${table.kind} in ('VISIT', 'CHECK_42D')`),
    check('postnatal_contacts_place', sql`${table.place} in ('FACILITY', 'HOME', 'PHONE')`),
    check('postnatal_contacts_after', sql`${table.daysAfterBirth} between 0 and 366`),
    check('postnatal_contacts_feeding', sql`${table.breastfeeding} in ('EXCLUSIVE', 'MIXED', 'FORMULA')`),
    check(
      'postnatal_contacts_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)
