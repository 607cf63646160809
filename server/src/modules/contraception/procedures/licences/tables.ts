import { sql } from 'drizzle-orm'
import {
  boolean,
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
import { civilDate, id, instant, plainText } from '../../../../database/columns.ts'
import { users } from '../../../accounts/tables.ts'
import { organisations } from '../../../organisations/tables.ts'

/** 施术人员资格: who may perform which procedures; reference, kept by the county's care office. */
export const operatorLicences = pgTable(
  'operator_licences',
  {
    id: id(),
    organisationId: uuid('organisation_id').notNull(),
    userId: uuid('user_id'),
    name: plainText('name').notNull(),
    certificateNumber: plainText('certificate_number').notNull(),
    procedures: text('procedures').array().notNull(),
    validFrom: civilDate('valid_from').notNull(),
    validUntil: civilDate('valid_until'),
    isExpert: boolean('is_expert').notNull(),
    status: text('status').$type<'active' | 'withdrawn'>().notNull(),
    version: integer('version').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'operator_licences_pk', columns: [table.id] }),
    uniqueIndex('operator_licences_certificate').on(table.certificateNumber),
    index('operator_licences_by_name').on(table.name, table.id),
    index('operator_licences_by_organisation').on(table.organisationId),
    foreignKey({
      name: 'operator_licences_organisation',
      columns: [table.organisationId],
      foreignColumns: [organisations.id],
    }),
    foreignKey({ name: 'operator_licences_user', columns: [table.userId], foreignColumns: [users.id] }),
    check('operator_licences_in_order', sql`${table.validFrom} <= ${table.validUntil}`),
    check('operator_licences_procedures', sql`cardinality(${table.procedures}) > 0`),
    check('operator_licences_status', sql`${table.status} in ('active', 'withdrawn')`),
  ],
)
