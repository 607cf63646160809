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

/** 产前筛查 (L4, link 7): explained, agreed to or declined, taken, answered. What the fetus might be is nowhere (E7). */
export const prenatalScreens = pgTable(
  'prenatal_screens',
  {
    countyCode: countyCode(),
    id: id(),
    chainId: uuid('chain_id').notNull(),
    womanId: uuid('woman_id').notNull(),
    pregnancyId: uuid('pregnancy_id'),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    kind: text('kind').notNull(),
    offeredOn: civilDate('offered_on').notNull(),
    counsellor: text('counsellor'),
    understood: boolean('understood'),
    decision: text('decision').notNull(),
    takenOn: civilDate('taken_on'),
    gestationDays: smallint('gestation_days'),
    inWindow: boolean('in_window'),
    laboratoryId: uuid('laboratory_id'),
    labOrderId: uuid('lab_order_id'),
    result: text('result'),
    /** T21, T18, T13, NTD, NT, STRUCTURAL, MARKER, GLUCOSE or Q96-Q99: what made it more than low. */
    flagged: text('flagged')
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Parameters that the result rests on. */
    parameters: text('parameters')
      .array()
      .notNull()
      .default(sql`'{}'`),
    reportedOn: civilDate('reported_on'),
    valuesCipher: bytes('values_cipher'),
    noteCipher: bytes('note_cipher'),
    ...factColumns(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'prenatal_screens_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'prenatal_screens_woman',
      columns: [table.countyCode, table.womanId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    index('prenatal_screens_by_facility').on(table.countyCode, table.facilityId, table.offeredOn, table.id),
    index('prenatal_screens_by_woman').on(table.countyCode, table.womanId, table.kind),
    index('prenatal_screens_by_chain').on(table.countyCode, table.chainId, table.kind),
    index('prenatal_screens_by_day').on(table.countyCode, table.takenOn, table.kind),
    index('prenatal_screens_by_replaced')
      .on(table.countyCode, table.replaces)
      .where(sql`${table.replaces} is not null`),
    uniqueIndex('prenatal_screens_of_order')
      .on(table.countyCode, table.labOrderId)
      .where(sql`${table.labOrderId} is not null and ${table.voidedAt} is null`),
    check('prenatal_screens_kind', sql`${table.kind} in ('NT', 'SERUM', 'NIPT', 'ANOMALY_SCAN', 'OGTT')`),
    check('prenatal_screens_decision', sql`${table.decision} in ('AGREED', 'DECLINED', 'UNDECIDED')`),
    check('prenatal_screens_result', sql`${table.result} in ('LOW', 'CRITICAL', 'HIGH', 'NO_CALL')`),
    // Nobody is screened who did not agree.
    check(
      'prenatal_screens_agreed_first',
      sql`${table.decision} = 'AGREED' or (${table.takenOn} is null and ${table.result} is null)`,
    ),
    check(
      'prenatal_screens_in_order',
      sql`${table.offeredOn} <= coalesce(${table.takenOn}, ${table.reportedOn}, ${table.offeredOn}) and coalesce(${table.takenOn} <= ${table.reportedOn}, true)`,
    ),
    check(
      'prenatal_screens_result_is_whole',
      sql`(${table.result} is null) = (${table.reportedOn} is null) and (${table.result} is null or ${table.takenOn} is not null)`,
    ),
    check(
      'prenatal_screens_flags',
      sql`${table.flagged} <@ array['T21', 'T18', 'T13', 'NTD', 'NT', 'STRUCTURAL', 'MARKER', 'GLUCOSE', 'Q96-Q99', 'OTHER']`,
    ),
    check(
      'prenatal_screens_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)
