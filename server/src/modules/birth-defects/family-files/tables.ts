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
  instant,
} from '../../../database/columns.ts'
import { persons } from '../../population/persons/tables.ts'

/** 病残儿家庭档案 (L4): a family known to have a sick or disabled child; its file is open once it agrees. */
export const familyFiles = pgTable(
  'family_files',
  {
    countyCode: countyCode(),
    id: id(),
    childId: uuid('child_id').notNull(),
    motherId: uuid('mother_id'),
    fatherId: uuid('father_id'),
    chainId: uuid('chain_id'),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    /** How the family came to be known: CASE, SURVEY, FAMILY. */
    knownBy: text('known_by').notNull(),
    knownOn: civilDate('known_on').notNull(),
    /** Since when there is a file (BDI-25); null while the family is only known. */
    openedOn: civilDate('opened_on'),
    /** Whether the family wants to be contacted. */
    contact: text('contact').notNull(),
    /** What it wants of us; never a condition of anything. */
    wish: text('wish'),
    closedOn: civilDate('closed_on'),
    noteCipher: bytes('note_cipher'),
    ...factColumns(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'family_files_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'family_files_child',
      columns: [table.countyCode, table.childId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    uniqueIndex('family_files_standing')
      .on(table.countyCode, table.childId)
      .where(sql`${table.voidedAt} is null`),
    index('family_files_by_facility').on(table.countyCode, table.facilityId, table.knownOn, table.id),
    check('family_files_known_by', sql`${table.knownBy} in ('CASE', 'SURVEY', 'FAMILY')`),
    check('family_files_contact', sql`${table.contact} in ('NOT_ASKED', 'AGREED', 'DECLINED')`),
    check(
      'family_files_wish',
      sql`${table.wish} in ('ANOTHER_CHILD', 'COUNSELLING', 'TREATMENT_SUPPORT', 'NOTHING_NOW')`,
    ),
    check(
      'family_files_in_order',
      sql`${table.openedOn} >= ${table.knownOn} and (${table.closedOn} is null or ${table.closedOn} >= ${table.knownOn})`,
    ),
    check('family_files_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)

/** 遗传咨询记录 (L4): pedigree and words under the cipher. */
export const geneticCounsellings = pgTable(
  'genetic_counsellings',
  {
    countyCode: countyCode(),
    id: id(),
    fileId: uuid('file_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    counsellorId: uuid('counsellor_id').notNull(),
    /** Mode of inheritance as far as known. */
    inheritance: text('inheritance').notNull(),
    recurrence: text('recurrence').notNull(),
    /** { pedigree, explained, asked, agreed } enciphered. */
    noteCipher: bytes('note_cipher').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'genetic_counsellings_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'genetic_counsellings_file',
      columns: [table.countyCode, table.fileId],
      foreignColumns: [familyFiles.countyCode, familyFiles.id],
    }),
    index('genetic_counsellings_by_file').on(table.countyCode, table.fileId, table.occurredOn),
    check(
      'genetic_counsellings_inheritance',
      sql`${table.inheritance} in ('CHROMOSOMAL', 'AUTOSOMAL_DOMINANT', 'AUTOSOMAL_RECESSIVE', 'X_LINKED', 'MITOCHONDRIAL', 'MULTIFACTORIAL', 'NOT_GENETIC', 'UNKNOWN')`,
    ),
    check(
      'genetic_counsellings_recurrence',
      sql`${table.recurrence} in ('LOW', 'MODERATE', 'HIGH', 'UNKNOWN')`,
    ),
    check(
      'genetic_counsellings_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)

/** 0—7岁儿童先天性遗传疾病调查登记 (L4). */
export const childSurveys = pgTable(
  'child_surveys',
  {
    countyCode: countyCode(),
    id: id(),
    childId: uuid('child_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    surveyedOn: civilDate('surveyed_on').notNull(),
    /** Null where nothing was found. */
    icd10: text('icd10'),
    familyHistory: text('family_history').notNull(),
    fileId: uuid('file_id'),
    /** { condition, relatives } enciphered. */
    noteCipher: bytes('note_cipher'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'child_surveys_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'child_surveys_child',
      columns: [table.countyCode, table.childId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'child_surveys_file',
      columns: [table.countyCode, table.fileId],
      foreignColumns: [familyFiles.countyCode, familyFiles.id],
    }),
    index('child_surveys_by_facility').on(table.countyCode, table.facilityId, table.surveyedOn, table.id),
    index('child_surveys_by_child').on(table.countyCode, table.childId),
    check('child_surveys_icd10', sql`${table.icd10} ~ '^[A-Z][0-9]{2}([.][0-9]{1,3})?$'`),
    check('child_surveys_family_history', sql`${table.familyHistory} in ('NONE', 'PRESENT', 'UNKNOWN')`),
    check('child_surveys_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)

/** 健康教育与培训签到: clients who came to a session, so that their chain knows (link 1). */
export const educationAttendances = pgTable(
  'education_attendances',
  {
    countyCode: countyCode(),
    id: id(),
    sessionId: uuid('session_id').notNull(),
    clientId: uuid('client_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    chainId: uuid('chain_id'),
    occurredOn: civilDate('occurred_on').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'education_attendances_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'education_attendances_client',
      columns: [table.countyCode, table.clientId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    uniqueIndex('education_attendances_once')
      .on(table.countyCode, table.sessionId, table.clientId)
      .where(sql`${table.voidedAt} is null`),
  ],
)
