import { sql } from 'drizzle-orm'
import { boolean, check, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { civilDate, plainText } from '../../../../database/columns.ts'

/** 药具目录: what the free range holds, with the document that says so. */
export const supplyItems = pgTable(
  'supply_items',
  {
    code: plainText('code').notNull(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    method: plainText('method').notNull(),
    /** What is counted and handed out. */
    unitZh: text('unit_zh').notNull(),
    unitEn: text('unit_en').notNull(),
    packSize: integer('pack_size').notNull(),
    manufacturer: text('manufacturer').notNull(),
    approvalNumber: text('approval_number').notNull(),
    isFree: boolean('is_free').notNull(),
    /** Handed out by clinicians and pharmacists only. */
    isPrescription: boolean('is_prescription').notNull(),
    firstByClinician: boolean('first_by_clinician').notNull(),
    /** Unopened, it may go back on the shelf. */
    isReturnable: boolean('is_returnable').notNull(),
    /** Units a year that one client is given without a second question; going beyond only warns. */
    yearlyAllowance: integer('yearly_allowance'),
    source: text('source').notNull(),
    validFrom: civilDate('valid_from').notNull(),
    validTo: civilDate('valid_to'),
  },
  (table) => [
    primaryKey({ name: 'supply_items_pk', columns: [table.code] }),
    check('supply_items_pack', sql`${table.packSize} > 0`),
    check('supply_items_allowance', sql`${table.yearlyAllowance} > 0`),
  ],
)
