import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { civilDate, countyCode, divisionCode, factColumns, id } from '../../../database/columns.ts'
import { organisations } from '../../organisations/tables.ts'
import { persons } from '../../population/persons/tables.ts'
import { benefitSettlements } from '../settlements/tables.ts'

/** 两免两减半: a fee waived at a designated hospital, settled with it by the month. */
export const feeWaivers = pgTable(
  'fee_waivers',
  {
    countyCode: countyCode(),
    id: id(),
    personId: uuid('person_id').notNull(),
    familyId: uuid('family_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    /** What is waived says nothing of an illness. */
    item: text('item').notNull(),
    usedOn: civilDate('used_on').notNull(),
    normalFen: bigint('normal_fen', { mode: 'number' }).notNull(),
    waivedFen: bigint('waived_fen', { mode: 'number' }).notNull(),
    receipt: text('receipt').notNull(),
    settlementId: uuid('settlement_id'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'fee_waivers_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'fee_waivers_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'fee_waivers_organisation',
      columns: [table.organisationId],
      foreignColumns: [organisations.id],
    }),
    foreignKey({
      name: 'fee_waivers_settlement',
      columns: [table.countyCode, table.settlementId],
      foreignColumns: [benefitSettlements.countyCode, benefitSettlements.id],
    }),
    uniqueIndex('fee_waivers_receipt')
      .on(table.countyCode, table.organisationId, table.receipt, table.item)
      .where(sql`${table.voidedAt} is null`),
    index('fee_waivers_by_day').on(table.countyCode, table.usedOn, table.id),
    index('fee_waivers_by_person').on(table.countyCode, table.personId),
    check('fee_waivers_amount', sql`${table.waivedFen} > 0 and ${table.waivedFen} <= ${table.normalFen}`),
    check('fee_waivers_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
    check('fee_waivers_settled_stands', sql`${table.settlementId} is null or ${table.voidedAt} is null`),
  ],
)
