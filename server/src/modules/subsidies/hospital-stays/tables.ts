import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { StayPart } from '@youyu/shared/subsidies/hospital-stays'
import { civilDate, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'
import { organisations } from '../../organisations/tables.ts'
import { persons } from '../../population/persons/tables.ts'
import { insurancePolicies } from '../insurance/tables.ts'

/** 住院护理补贴: days of a hospital stay, each at the rate of its own day. Why she was there is not asked. */
export const hospitalStays = pgTable(
  'hospital_stays',
  {
    countyCode: countyCode(),
    id: id(),
    personId: uuid('person_id').notNull(),
    familyId: uuid('family_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    hospitalId: uuid('hospital_id').notNull(),
    admittedOn: civilDate('admitted_on').notNull(),
    dischargedOn: civilDate('discharged_on').notNull(),
    /** 结算单号 of the discharge: the proof, and what makes a second claim visible. */
    receipt: text('receipt').notNull(),
    days: integer('days').notNull(),
    paidDays: integer('paid_days').notNull(),
    /** Days by rate. */
    parts: jsonb('parts').$type<StayPart[]>().notNull(),
    amountFen: bigint('amount_fen', { mode: 'number' }).notNull(),
    payer: text('payer').notNull(),
    coverId: uuid('cover_id'),
    state: text('state').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
    checkedAt: instant('checked_at'),
    checkedBy: uuid('checked_by'),
    reason: text('reason'),
    /** The entitlement that came of it, paid with the next roster. */
    eventId: uuid('event_id'),
    settledFen: bigint('settled_fen', { mode: 'number' }),
    settledOn: civilDate('settled_on'),
    settledReference: text('settled_reference'),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'hospital_stays_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'hospital_stays_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'hospital_stays_hospital',
      columns: [table.hospitalId],
      foreignColumns: [organisations.id],
    }),
    foreignKey({
      name: 'hospital_stays_policy',
      columns: [table.countyCode, table.coverId],
      foreignColumns: [insurancePolicies.countyCode, insurancePolicies.id],
    }),
    uniqueIndex('hospital_stays_receipt')
      .on(table.countyCode, table.hospitalId, table.receipt)
      .where(sql`${table.state} <> 'REFUSED'`),
    index('hospital_stays_by_day').on(table.countyCode, table.dischargedOn, table.id),
    index('hospital_stays_by_person').on(table.countyCode, table.personId),
    check('hospital_stays_span', sql`${table.dischargedOn} >= ${table.admittedOn}`),
    check(
      'hospital_stays_days',
      sql`${table.days} = greatest(${table.dischargedOn} - ${table.admittedOn}, 1) and ${table.paidDays} between 0 and ${table.days}`,
    ),
    check('hospital_stays_payer', sql`${table.payer} in ('FISCAL', 'INSURER')`),
    check('hospital_stays_policy_known', sql`${table.payer} <> 'INSURER' or ${table.coverId} is not null`),
    check('hospital_stays_state', sql`${table.state} in ('RECORDED', 'PASSED', 'REFUSED', 'SETTLED')`),
    check('hospital_stays_maker_not_checker', sql`${table.checkedBy} <> ${table.recordedBy}`),
    check('hospital_stays_checked', sql`(${table.state} = 'RECORDED') = (${table.checkedBy} is null)`),
    check('hospital_stays_refused', sql`(${table.state} = 'REFUSED') <= (${table.reason} is not null)`),
    check(
      'hospital_stays_settled',
      sql`(${table.state} = 'SETTLED') = (${table.settledOn} is not null) and (${table.state} <> 'SETTLED' or ${table.payer} = 'INSURER')`,
    ),
  ],
)
