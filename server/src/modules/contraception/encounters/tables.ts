import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, civilDate, countyCode, divisionCode, factColumns, id } from '../../../database/columns.ts'
import { organisations } from '../../organisations/tables.ts'
import { persons } from '../../population/persons/tables.ts'
import { operatorLicences } from '../procedures/licences/tables.ts'

/** 接诊: one visit of one client and what it held. Ids of parts only: the parts are kept where they belong. L4. */
export const encounters = pgTable(
  'encounters',
  {
    countyCode: countyCode(),
    id: id(),
    clientId: uuid('client_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    place: text('place').notNull(),
    outreachId: uuid('outreach_id'),
    sessionId: uuid('session_id'),
    expertId: uuid('expert_id'),
    checklist: text('checklist').array().notNull(),
    choiceId: uuid('choice_id'),
    screenId: uuid('screen_id'),
    overrideId: uuid('override_id'),
    consentId: uuid('consent_id'),
    episodeId: uuid('episode_id'),
    procedureId: uuid('procedure_id'),
    complicationId: uuid('complication_id'),
    taskId: uuid('task_id'),
    dispensingIds: uuid('dispensing_ids')
      .array()
      .notNull()
      .default(sql`'{}'`),
    checkId: uuid('check_id'),
    nextContactOn: civilDate('next_contact_on'),
    nextContactMode: text('next_contact_mode'),
    noteCipher: bytes('note_cipher'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'encounters_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'encounters_person',
      columns: [table.countyCode, table.clientId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'encounters_facility',
      columns: [table.facilityId],
      foreignColumns: [organisations.id],
    }),
    foreignKey({
      name: 'encounters_expert',
      columns: [table.expertId],
      foreignColumns: [operatorLicences.id],
    }),
    index('encounters_by_facility').on(table.countyCode, table.facilityId, table.occurredOn, table.id),
    index('encounters_by_client').on(table.countyCode, table.clientId, table.occurredOn),
    index('encounters_by_outreach')
      .on(table.countyCode, table.outreachId)
      .where(sql`${table.outreachId} is not null`),
    index('encounters_next_contact')
      .on(table.countyCode, table.facilityId, table.nextContactOn)
      .where(sql`${table.nextContactOn} is not null and ${table.voidedAt} is null`),
    index('encounters_by_replaced')
      .on(table.countyCode, table.replaces)
      .where(sql`${table.replaces} is not null`),
    check(
      'encounters_place',
      sql`${table.place} in ('STATION', 'OUTREACH', 'HOME', 'PHONE', 'HOTLINE', 'ONLINE')`,
    ),
    check('encounters_outreach', sql`${table.outreachId} is null or ${table.place} = 'OUTREACH'`),
    check(
      'encounters_next_contact_is_whole',
      sql`(${table.nextContactOn} is null) = (${table.nextContactMode} is null) and ${table.nextContactOn} >= ${table.occurredOn}`,
    ),
    check('encounters_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)

/** 六化服务标准 (S1-01) as data: what a good encounter holds, by dimension, from a day on. */
export const encounterChecklist = pgTable(
  'encounter_checklist',
  {
    code: text('code').notNull(),
    dimension: text('dimension').notNull(),
    dimensionZh: text('dimension_zh').notNull(),
    dimensionEn: text('dimension_en').notNull(),
    zh: text('zh').notNull(),
    en: text('en').notNull(),
    position: smallint('position').notNull(),
    validFrom: civilDate('valid_from').notNull(),
    validTo: civilDate('valid_to'),
    source: text('source').notNull(),
  },
  (table) => [primaryKey({ name: 'encounter_checklist_pk', columns: [table.code, table.validFrom] })],
)
