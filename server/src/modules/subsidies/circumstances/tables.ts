import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { CircumstanceKind } from '@youyu/shared/subsidies/circumstance-values'
import { bytes, civilDate, countyCode, divisionCode, factColumns, id } from '../../../database/columns.ts'
import { persons } from '../../population/persons/tables.ts'

/** 资格情形: what rules read beside the register, from a day to a day, with the document that says so. */
export const circumstances = pgTable(
  'circumstances',
  {
    countyCode: countyCode(),
    id: id(),
    personId: uuid('person_id').notNull(),
    kind: text('kind').$type<CircumstanceKind>().notNull(),
    grade: smallint('grade'),
    detail: text('detail'),
    fromOn: civilDate('from_on').notNull(),
    /** The last day. */
    toOn: civilDate('to_on'),
    documentType: text('document_type').notNull(),
    /** The number of the document: that of a disability card holds the identity number. */
    documentCipher: bytes('document_cipher'),
    documentMask: text('document_mask'),
    /** Village of hukou when it was recorded. */
    divisionCode: divisionCode('division_code').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'circumstances_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'circumstances_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    index('circumstances_by_person')
      .on(table.countyCode, table.personId)
      .where(sql`${table.voidedAt} is null`),
    index('circumstances_by_place').on(table.countyCode, table.divisionCode, table.kind, table.id),
    uniqueIndex('circumstances_once')
      .on(table.countyCode, table.personId, table.kind, table.fromOn)
      .where(sql`${table.voidedAt} is null`),
    check(
      'circumstances_kind',
      sql`${table.kind} in ('ONLY_CHILD_CERTIFICATE', 'DISABILITY', 'COMPLICATION', 'LOW_INCOME', 'PENSION_SCHEME', 'HISTORIC_QUALIFICATION', 'INSURED', 'SPECIAL_FAMILY', 'GUARDIANSHIP')`,
    ),
    check(
      'circumstances_grade',
      sql`case ${table.kind} when 'DISABILITY' then ${table.grade} between 1 and 4 when 'COMPLICATION' then ${table.grade} between 1 and 3 else ${table.grade} is null end`,
    ),
    check('circumstances_in_order', sql`${table.toOn} >= ${table.fromOn}`),
    check('circumstances_document', sql`(${table.documentCipher} is null) = (${table.documentMask} is null)`),
    check('circumstances_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)
