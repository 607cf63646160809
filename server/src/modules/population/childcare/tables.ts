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
  uuid,
} from 'drizzle-orm/pg-core'
import {
  civilDate,
  countyCode,
  divisionCode,
  factColumns,
  id,
  instant,
  plainText,
} from '../../../database/columns.ts'
import { persons } from '../persons/tables.ts'

/** 托育机构 */
export const childcareInstitutions = pgTable(
  'childcare_institutions',
  {
    countyCode: countyCode(),
    id: id(),
    name: text('name').notNull(),
    organisationId: uuid('organisation_id'),
    kind: text('kind').notNull(),
    filingNumber: plainText('filing_number'),
    inclusive: boolean('inclusive').notNull(),
    placesUnder1: integer('places_under_1').notNull(),
    places1: integer('places_1').notNull(),
    places2: integer('places_2').notNull(),
    staff: integer('staff'),
    feeMonthFen: integer('fee_month_fen'),
    openedOn: civilDate('opened_on').notNull(),
    closedOn: civilDate('closed_on'),
    divisionCode: divisionCode('division_code').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'childcare_institutions_pk', columns: [table.countyCode, table.id] }),
    index('childcare_institutions_by_place').on(table.countyCode, table.divisionCode, table.id),
    check(
      'childcare_institutions_kind',
      sql`${table.kind} in ('COMMUNITY', 'EMPLOYER', 'KINDERGARTEN', 'INDEPENDENT', 'HOME')`,
    ),
    check(
      'childcare_institutions_places',
      sql`${table.placesUnder1} >= 0 and ${table.places1} >= 0 and ${table.places2} >= 0`,
    ),
  ],
)

/** 入托: a child at an institution, from a day until the day before `to_on`. */
export const childcareEnrolments = pgTable(
  'childcare_enrolments',
  {
    countyCode: countyCode(),
    id: id(),
    institutionId: uuid('institution_id').notNull(),
    childId: uuid('child_id').notNull(),
    fromOn: civilDate('from_on').notNull(),
    toOn: civilDate('to_on'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'childcare_enrolments_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'childcare_enrolments_institution',
      columns: [table.countyCode, table.institutionId],
      foreignColumns: [childcareInstitutions.countyCode, childcareInstitutions.id],
    }),
    foreignKey({
      name: 'childcare_enrolments_child',
      columns: [table.countyCode, table.childId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    index('childcare_enrolments_by_institution').on(table.countyCode, table.institutionId, table.fromOn),
    index('childcare_enrolments_by_child').on(table.countyCode, table.childId),
    check('childcare_enrolments_in_order', sql`${table.toOn} > ${table.fromOn}`),
    check(
      'childcare_enrolments_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)

/** 母婴设施: a site that should have a mother-infant room, and whether the room meets the standard. */
export const motherInfantRooms = pgTable(
  'mother_infant_rooms',
  {
    countyCode: countyCode(),
    id: id(),
    site: text('site').notNull(),
    siteKind: text('site_kind').notNull(),
    required: boolean('required').notNull(),
    areaSquareMetres: integer('area_square_metres'),
    standardMet: boolean('standard_met').notNull(),
    openedOn: civilDate('opened_on'),
    divisionCode: divisionCode('division_code').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'mother_infant_rooms_pk', columns: [table.countyCode, table.id] }),
    index('mother_infant_rooms_by_place').on(table.countyCode, table.divisionCode, table.id),
    check(
      'mother_infant_rooms_kind',
      sql`${table.siteKind} in ('HOSPITAL', 'STATION', 'MALL', 'PARK', 'WORKPLACE', 'OFFICE', 'OTHER')`,
    ),
  ],
)
