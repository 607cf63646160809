import { sql } from 'drizzle-orm'
import {
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
import type { PersonStatus, Source } from '@youyu/shared/population/value-sets'
import {
  bytes,
  civilDate,
  countyCode,
  divisionCode,
  factColumns,
  id,
  instant,
  plainText,
} from '../../../database/columns.ts'

/** 人员: the present state of a person, a projection of what was recorded; kept in the same transaction. */
export const persons = pgTable(
  'persons',
  {
    countyCode: countyCode(),
    id: id(),
    name: plainText('name').notNull(),
    /** The name without its first character. A column, because row-level security keeps `substr` out of an index scan. */
    nameTail: plainText('name_tail').generatedAlwaysAs(sql`substr("name", 2)`),
    namePinyin: plainText('name_pinyin').notNull(),
    nameInitials: plainText('name_initials').notNull(),
    sex: text('sex').notNull(),
    birthDate: civilDate('birth_date').notNull(),
    birthDatePrecision: text('birth_date_precision').notNull(),
    idType: text('id_type').notNull(),
    /** AES-256-GCM under the row; the hash is the blind index of type and number. */
    idNumberCipher: bytes('id_number_cipher'),
    idNumberHash: bytes('id_number_hash'),
    idNumberMask: text('id_number_mask'),
    ethnicity: text('ethnicity'),
    education: text('education'),
    maritalStatus: text('marital_status'),
    hukouDivision: divisionCode('hukou_division').notNull(),
    hukouType: text('hukou_type'),
    residenceDivision: divisionCode('residence_division').notNull(),
    residenceStatus: text('residence_status').notNull(),
    residenceSince: civilDate('residence_since'),
    householdId: uuid('household_id'),
    relationToHead: text('relation_to_head'),
    phoneCipher: bytes('phone_cipher'),
    phoneHash: bytes('phone_hash'),
    phoneMask: text('phone_mask'),
    address: text('address'),
    motherId: uuid('mother_id'),
    fatherId: uuid('father_id'),
    status: text('status').$type<PersonStatus>().notNull(),
    mergedInto: uuid('merged_into'),
    findings: text('findings')
      .array()
      .notNull()
      .default(sql`'{}'`),
    source: text('source').$type<Source>().notNull(),
    sourceRef: text('source_ref'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'persons_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('persons_id_number')
      .on(table.countyCode, table.idNumberHash)
      .where(sql`${table.status} <> 'MERGED' and ${table.idNumberHash} is not null`),
    // In the order of the list, with what it is filtered by: who is filtered out is never fetched.
    index('persons_in_list_order').on(
      table.countyCode,
      table.residenceDivision,
      table.id,
      table.sex,
      table.birthDate,
    ),
    index('persons_by_hukou').on(table.countyCode, table.hukouDivision, table.id),
    index('persons_by_name').on(table.countyCode, table.name, table.id),
    index('persons_by_name_tail').on(table.countyCode, table.nameTail, table.id),
    index('persons_by_pinyin').on(table.countyCode, table.namePinyin, table.id),
    index('persons_by_initials').on(table.countyCode, table.nameInitials, table.id),
    index('persons_by_phone')
      .on(table.countyCode, table.phoneHash)
      .where(sql`${table.phoneHash} is not null`),
    index('persons_elsewhere')
      .on(table.countyCode, table.hukouDivision, table.residenceDivision, table.id)
      .where(sql`${table.residenceDivision} <> ${table.hukouDivision}`),
    index('persons_by_mother')
      .on(table.countyCode, table.motherId)
      .where(sql`${table.motherId} is not null`),
    index('persons_by_father')
      .on(table.countyCode, table.fatherId)
      .where(sql`${table.fatherId} is not null`),
    index('persons_by_household')
      .on(table.countyCode, table.householdId)
      .where(sql`${table.householdId} is not null`),
    check('persons_sex', sql`${table.sex} in ('0', '1', '2', '9')`),
    check('persons_residence_status', sql`${table.residenceStatus} in ('1', '2', '3', '4', '5', '9')`),
    check(
      'persons_status',
      sql`${table.status} in ('ACTIVE', 'MOVED_OUT', 'DECEASED', 'MERGED', 'SUSPECT_DUP', 'ARCHIVED')`,
    ),
    check('persons_merged_has_target', sql`(${table.status} = 'MERGED') = (${table.mergedInto} is not null)`),
    check(
      'persons_number_is_whole',
      sql`(${table.idNumberCipher} is null) = (${table.idNumberHash} is null)`,
    ),
    check('persons_phone_is_whole', sql`(${table.phoneCipher} is null) = (${table.phoneHash} is null)`),
    check(
      'persons_born_within_reason',
      sql`${table.birthDate} between date '1880-01-01' and date '2200-01-01'`,
    ),
    check(
      'persons_not_own_parent',
      sql`${table.motherId} <> ${table.id} and ${table.fatherId} <> ${table.id}`,
    ),
  ],
)

/** Further readings of a name with characters of several sounds (曾 zeng/ceng); only where they differ. */
export const nameReadings = pgTable(
  'name_readings',
  {
    countyCode: countyCode(),
    personId: uuid('person_id').notNull(),
    pinyin: plainText('pinyin').notNull(),
    initials: plainText('initials').notNull(),
  },
  (table) => [
    primaryKey({ name: 'name_readings_pk', columns: [table.countyCode, table.personId, table.pinyin] }),
    index('name_readings_by_pinyin').on(table.countyCode, table.pinyin, table.personId),
    index('name_readings_by_initials').on(table.countyCode, table.initials, table.personId),
    foreignKey({
      name: 'name_readings_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
  ],
)

/** What changed about a person after registration: appended, voided, never edited. Sensitive values stay enciphered. */
export const personFacts = pgTable(
  'person_facts',
  {
    countyCode: countyCode(),
    id: id(),
    personId: uuid('person_id').notNull(),
    kind: text('kind').notNull(),
    occurredOn: civilDate('occurred_on'),
    before: jsonb('before').$type<Record<string, string | null>>().notNull(),
    after: jsonb('after').$type<Record<string, string | null>>().notNull(),
    reason: text('reason'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'person_facts_pk', columns: [table.countyCode, table.id] }),
    index('person_facts_by_person').on(table.countyCode, table.personId, table.id),
    foreignKey({
      name: 'person_facts_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    check('person_facts_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)

/** 居住记录: where a person lived, from a day until the day before `to_on`. */
export const residenceEpisodes = pgTable(
  'residence_episodes',
  {
    countyCode: countyCode(),
    id: id(),
    personId: uuid('person_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    fromOn: civilDate('from_on'),
    toOn: civilDate('to_on'),
    status: text('status').notNull(),
    evidence: text('evidence'),
    expectedReturn: civilDate('expected_return'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'residence_episodes_pk', columns: [table.countyCode, table.id] }),
    index('residence_episodes_by_place').on(table.countyCode, table.divisionCode),
    index('residence_episodes_by_person').on(table.countyCode, table.personId),
    index('residence_episodes_cancelled')
      .on(table.countyCode, table.personId)
      .where(sql`${table.status} = '9' and ${table.voidedAt} is null`),
    foreignKey({
      name: 'residence_episodes_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    check(
      'residence_episodes_in_order',
      sql`${table.fromOn} is null or ${table.toOn} is null or ${table.fromOn} < ${table.toOn}`,
    ),
    check(
      'residence_episodes_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)

/** 合并: two records of one person; `undo` holds what is needed to part them again. */
export const personMerges = pgTable(
  'person_merges',
  {
    countyCode: countyCode(),
    id: id(),
    keptId: uuid('kept_id').notNull(),
    mergedId: uuid('merged_id').notNull(),
    reason: text('reason').notNull(),
    undo: jsonb('undo').notNull(),
    keptVersion: integer('kept_version').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
    undoneAt: instant('undone_at'),
    undoneBy: uuid('undone_by'),
    undoReason: text('undo_reason'),
  },
  (table) => [
    primaryKey({ name: 'person_merges_pk', columns: [table.countyCode, table.id] }),
    index('person_merges_by_kept').on(table.countyCode, table.keptId),
    uniqueIndex('person_merges_once')
      .on(table.countyCode, table.mergedId)
      .where(sql`${table.undoneAt} is null`),
    check('person_merges_two_records', sql`${table.keptId} <> ${table.mergedId}`),
  ],
)
