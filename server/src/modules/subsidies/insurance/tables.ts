import { sql } from 'drizzle-orm'
import {
  bigint,
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
import { civilDate, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'
import { organisations } from '../../organisations/tables.ts'
import { persons } from '../../population/persons/tables.ts'

/** 意外伤害和住院护理保险: bought in one lot for the members of special families. */
export const insurancePolicies = pgTable(
  'insurance_policies',
  {
    countyCode: countyCode(),
    id: id(),
    number: text('number').notNull(),
    insurerId: uuid('insurer_id').notNull(),
    year: integer('year').notNull(),
    fromOn: civilDate('from_on').notNull(),
    toOn: civilDate('to_on').notNull(),
    covers: text('covers').array().notNull(),
    insured: integer('insured').notNull(),
    premiumFen: bigint('premium_fen', { mode: 'number' }).notNull(),
    /** Days of hospital that are paid, in one stay and in one year; null = no limit. */
    daysPerStay: smallint('days_per_stay'),
    daysPerYear: smallint('days_per_year'),
    document: text('document').notNull(),
    madeAt: instant('made_at').notNull(),
    madeBy: uuid('made_by').notNull(),
    voidedAt: instant('voided_at'),
    voidReason: text('void_reason'),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'insurance_policies_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'insurance_policies_insurer',
      columns: [table.insurerId],
      foreignColumns: [organisations.id],
    }),
    uniqueIndex('insurance_policies_number')
      .on(table.countyCode, table.number)
      .where(sql`${table.voidedAt} is null`),
    index('insurance_policies_by_year').on(table.countyCode, table.fromOn, table.id),
    check('insurance_policies_span', sql`${table.toOn} > ${table.fromOn}`),
    check('insurance_policies_premium', sql`${table.premiumFen} > 0 and ${table.insured} > 0`),
    check(
      'insurance_policies_covers',
      sql`${table.covers} <@ '{ACCIDENT,NURSING}' and cardinality(${table.covers}) > 0`,
    ),
    check(
      'insurance_policies_days',
      sql`coalesce(${table.daysPerStay}, 1) > 0 and coalesce(${table.daysPerYear}, 1) > 0`,
    ),
    check(
      'insurance_policies_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)

/** 参保人: her share of the premium adds up with the others' to the fen. */
export const insuredPersons = pgTable(
  'insured_persons',
  {
    countyCode: countyCode(),
    coverId: uuid('cover_id').notNull(),
    personId: uuid('person_id').notNull(),
    familyId: uuid('family_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    seq: integer('seq').notNull(),
    premiumFen: bigint('premium_fen', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({
      name: 'insured_persons_pk',
      columns: [table.countyCode, table.coverId, table.personId],
    }),
    foreignKey({
      name: 'insured_persons_policy',
      columns: [table.countyCode, table.coverId],
      foreignColumns: [insurancePolicies.countyCode, insurancePolicies.id],
    }),
    foreignKey({
      name: 'insured_persons_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    index('insured_persons_by_person').on(table.countyCode, table.personId),
    check('insured_persons_premium', sql`${table.premiumFen} >= 0`),
  ],
)
