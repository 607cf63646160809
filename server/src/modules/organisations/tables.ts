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
import type { OrganisationType } from '@youyu/shared/organisations'
import { civilDate, divisionCode, instant } from '../../database/columns.ts'

/** 机构. */
export const organisations = pgTable(
  'organisations',
  {
    id: uuid('id').notNull(),
    code: text('code').notNull(),
    type: text('type').$type<OrganisationType>().notNull(),
    name: text('name').notNull(),
    creditCode: text('credit_code'),
    divisionCode: divisionCode('division_code').notNull(),
    parentId: uuid('parent_id'),
    licenceNumber: text('licence_number'),
    licenceValidUntil: civilDate('licence_valid_until'),
    midwiferyLicence: boolean('midwifery_licence').notNull(),
    familyPlanningLicence: boolean('family_planning_licence').notNull(),
    digitised: boolean('digitised').notNull(),
    status: text('status').$type<'active' | 'closed'>().notNull(),
    version: integer('version').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'organisations_pk', columns: [table.id] }),
    uniqueIndex('organisations_code').on(table.code),
    uniqueIndex('organisations_credit_code')
      .on(table.creditCode)
      .where(sql`${table.creditCode} is not null`),
    index('organisations_by_division').on(table.divisionCode, table.id),
    foreignKey({ name: 'organisations_parent', columns: [table.parentId], foreignColumns: [table.id] }),
    check('organisations_not_own_parent', sql`${table.parentId} <> ${table.id}`),
    check('organisations_status', sql`${table.status} in ('active', 'closed')`),
  ],
)
