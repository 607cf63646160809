import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
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
  plainText,
} from '../../../database/columns.ts'
import { persons } from '../persons/tables.ts'

/** 死亡: counted where the person lived (or was registered) on the day. */
export const deaths = pgTable(
  'deaths',
  {
    countyCode: countyCode(),
    id: id(),
    personId: uuid('person_id').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    place: text('place').notNull(),
    /** ICD-10, L4: enciphered, without an index. */
    causeCipher: bytes('cause_cipher'),
    certificateNumber: plainText('certificate_number'),
    maternal: text('maternal').notNull(),
    reporter: text('reporter').notNull(),
    sex: text('sex').notNull(),
    birthDate: civilDate('birth_date').notNull(),
    /** Days lived. */
    ageDays: integer('age_days').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    hukouDivision: divisionCode('hukou_division').notNull(),
    findings: text('findings')
      .array()
      .notNull()
      .default(sql`'{}'`),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'deaths_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'deaths_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    uniqueIndex('deaths_once')
      .on(table.countyCode, table.personId)
      .where(sql`${table.voidedAt} is null`),
    index('deaths_by_day').on(table.countyCode, table.occurredOn, table.id),
    index('deaths_by_place').on(table.countyCode, table.divisionCode, table.occurredOn),
    index('deaths_by_hukou').on(table.countyCode, table.hukouDivision, table.occurredOn),
    index('deaths_by_person').on(table.countyCode, table.personId),
    index('deaths_findings')
      .on(table.countyCode, table.recordedAt)
      .where(sql`${table.findings} <> '{}' and ${table.voidedAt} is null`),
    check('deaths_maternal', sql`${table.maternal} in ('NO', 'DIRECT', 'INDIRECT')`),
    check('deaths_reporter', sql`${table.reporter} in ('HEALTH', 'POLICE', 'CIVIL', 'VILLAGE')`),
    check('deaths_after_birth', sql`${table.ageDays} >= 0`),
    check('deaths_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)
