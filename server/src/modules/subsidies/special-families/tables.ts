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
import {
  bytes,
  civilDate,
  countyCode,
  divisionCode,
  factColumns,
  id,
  instant,
} from '../../../database/columns.ts'
import { organisations } from '../../organisations/tables.ts'
import { persons } from '../../population/persons/tables.ts'

/** 计划生育特殊家庭: a family whose only child died or is disabled, or who bears a complication; L3 throughout. */
export const specialFamilies = pgTable(
  'special_families',
  {
    countyCode: countyCode(),
    id: id(),
    number: text('number').notNull(),
    kind: text('kind').notNull(),
    /** The day of the child's death, of the disability or of the complication's assessment. */
    eventOn: civilDate('event_on').notNull(),
    childId: uuid('child_id'),
    divisionCode: divisionCode('division_code').notNull(),
    source: text('source').notNull(),
    identifiedOn: civilDate('identified_on').notNull(),
    firstVisitOn: civilDate('first_visit_on'),
    consentOn: civilDate('consent_on'),
    consentEvidence: text('consent_evidence'),
    openedOn: civilDate('opened_on'),
    closedOn: civilDate('closed_on'),
    closeReason: text('close_reason'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'special_families_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('special_families_number').on(table.countyCode, table.number),
    uniqueIndex('special_families_once')
      .on(table.countyCode, table.childId, table.kind)
      .where(sql`${table.closedOn} is null`),
    foreignKey({
      name: 'special_families_child',
      columns: [table.countyCode, table.childId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    index('special_families_by_place').on(table.countyCode, table.divisionCode, table.id),
    check('special_families_kind', sql`${table.kind} in ('DEATH', 'DISABILITY', 'COMPLICATION')`),
    check('special_families_source', sql`${table.source} in ('VILLAGE', 'FEED', 'APPLICATION', 'IMPORT')`),
    check('special_families_after_event', sql`${table.identifiedOn} >= ${table.eventOn}`),
    // 首访不填表: nobody is asked to sign anything before, or on, the day of the first visit.
    check(
      'special_families_grief',
      sql`${table.consentOn} is null or (${table.firstVisitOn} is not null and ${table.consentOn} > ${table.firstVisitOn})`,
    ),
    check(
      'special_families_consented',
      sql`(${table.consentOn} is null) = (${table.consentEvidence} is null) and (${table.openedOn} is null or ${table.consentOn} is not null and ${table.openedOn} >= ${table.consentOn})`,
    ),
    check(
      'special_families_closed',
      sql`(${table.closedOn} is null) = (${table.closeReason} is null) and (${table.closeReason} is null or ${table.closeReason} in ('LAST_MEMBER_DIED', 'OPTED_OUT', 'MOVED_OUT', 'NO_LONGER_SPECIAL', 'ERROR'))`,
    ),
  ],
)

/** 家庭成员: whom the care is for. */
export const familyMembers = pgTable(
  'family_members',
  {
    countyCode: countyCode(),
    id: id(),
    familyId: uuid('family_id').notNull(),
    personId: uuid('person_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    joinedOn: civilDate('joined_on').notNull(),
    leftOn: civilDate('left_on'),
  },
  (table) => [
    primaryKey({ name: 'family_members_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'family_members_family',
      columns: [table.countyCode, table.familyId],
      foreignColumns: [specialFamilies.countyCode, specialFamilies.id],
    }),
    foreignKey({
      name: 'family_members_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    uniqueIndex('family_members_one_family')
      .on(table.countyCode, table.personId)
      .where(sql`${table.leftOn} is null`),
    index('family_members_of_family').on(table.countyCode, table.familyId),
    check('family_members_span', sql`${table.leftOn} is null or ${table.leftOn} >= ${table.joinedOn}`),
  ],
)

/** 双岗联系人: one of the township, one of the village. */
export const supportContacts = pgTable(
  'support_contacts',
  {
    countyCode: countyCode(),
    id: id(),
    familyId: uuid('family_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    tier: text('tier').notNull(),
    userId: uuid('user_id').notNull(),
    fromOn: civilDate('from_on').notNull(),
    toOn: civilDate('to_on'),
    assignedAt: instant('assigned_at').notNull(),
    assignedBy: uuid('assigned_by').notNull(),
  },
  (table) => [
    primaryKey({ name: 'support_contacts_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'support_contacts_family',
      columns: [table.countyCode, table.familyId],
      foreignColumns: [specialFamilies.countyCode, specialFamilies.id],
    }),
    uniqueIndex('support_contacts_one_each')
      .on(table.countyCode, table.familyId, table.tier)
      .where(sql`${table.toOn} is null`),
    uniqueIndex('support_contacts_two_people')
      .on(table.countyCode, table.familyId, table.userId)
      .where(sql`${table.toOn} is null`),
    index('support_contacts_of_user').on(table.countyCode, table.userId),
    check('support_contacts_tier', sql`${table.tier} in ('TOWNSHIP', 'VILLAGE')`),
    check('support_contacts_span', sql`${table.toOn} is null or ${table.toOn} >= ${table.fromOn}`),
  ],
)

/** 走访: monthly or at a festival; what was said of her mood is enciphered. */
export const familyVisits = pgTable(
  'family_visits',
  {
    countyCode: countyCode(),
    id: id(),
    familyId: uuid('family_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    contactId: uuid('contact_id').notNull(),
    tier: text('tier').notNull(),
    visitedOn: civilDate('visited_on').notNull(),
    manner: text('manner').notNull(),
    occasion: text('occasion').notNull(),
    isFirst: boolean('is_first').notNull(),
    outcome: text('outcome').notNull(),
    /** What was filled in or signed at the visit. */
    forms: text('forms').array().notNull(),
    needs: text('needs').array().notNull(),
    noteCipher: bytes('note_cipher'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'family_visits_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'family_visits_family',
      columns: [table.countyCode, table.familyId],
      foreignColumns: [specialFamilies.countyCode, specialFamilies.id],
    }),
    foreignKey({
      name: 'family_visits_contact',
      columns: [table.countyCode, table.contactId],
      foreignColumns: [supportContacts.countyCode, supportContacts.id],
    }),
    uniqueIndex('family_visits_one_first')
      .on(table.countyCode, table.familyId)
      .where(sql`${table.isFirst} and ${table.voidedAt} is null`),
    index('family_visits_of_family').on(table.countyCode, table.familyId, table.visitedOn),
    check('family_visits_manner', sql`${table.manner} in ('IN_PERSON', 'PHONE', 'VIDEO')`),
    check('family_visits_occasion', sql`${table.occasion} in ('FIRST', 'MONTHLY', 'FESTIVAL', 'NEED')`),
    check('family_visits_outcome', sql`${table.outcome} in ('MET', 'NOT_AT_HOME', 'DECLINED')`),
    // 首访：村级联系人上门，不填任何表。
    check(
      'family_visits_grief',
      sql`${table.isFirst} = (${table.occasion} = 'FIRST' and ${table.outcome} = 'MET') and (${table.occasion} <> 'FIRST' or (${table.manner} = 'IN_PERSON' and ${table.tier} = 'VILLAGE' and cardinality(${table.forms}) = 0))`,
    ),
    check('family_visits_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)

/** 家庭医生签约、就医绿色通道 of a member; or that she does not want it. */
export const familyServices = pgTable(
  'family_services',
  {
    countyCode: countyCode(),
    id: id(),
    familyId: uuid('family_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    personId: uuid('person_id').notNull(),
    kind: text('kind').notNull(),
    isDeclined: boolean('is_declined').notNull(),
    organisationId: uuid('organisation_id'),
    provider: text('provider'),
    cardNumber: text('card_number'),
    fromOn: civilDate('from_on').notNull(),
    toOn: civilDate('to_on'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
  },
  (table) => [
    primaryKey({ name: 'family_services_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'family_services_family',
      columns: [table.countyCode, table.familyId],
      foreignColumns: [specialFamilies.countyCode, specialFamilies.id],
    }),
    foreignKey({
      name: 'family_services_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'family_services_organisation',
      columns: [table.organisationId],
      foreignColumns: [organisations.id],
    }),
    uniqueIndex('family_services_one_each')
      .on(table.countyCode, table.personId, table.kind)
      .where(sql`${table.toOn} is null`),
    index('family_services_of_family').on(table.countyCode, table.familyId),
    check('family_services_kind', sql`${table.kind} in ('FAMILY_DOCTOR', 'GREEN_CHANNEL')`),
    check(
      'family_services_given',
      sql`${table.isDeclined} = (${table.organisationId} is null and ${table.provider} is null)`,
    ),
    check('family_services_span', sql`${table.toOn} is null or ${table.toOn} >= ${table.fromOn}`),
  ],
)

/** 待遇告知: what a family was told it may apply for, and its answer. */
export const familyOffers = pgTable(
  'family_offers',
  {
    countyCode: countyCode(),
    id: id(),
    familyId: uuid('family_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    programme: text('programme').notNull(),
    personId: uuid('person_id').notNull(),
    offeredOn: civilDate('offered_on').notNull(),
    answer: text('answer').notNull(),
    answeredOn: civilDate('answered_on'),
    applicationId: uuid('application_id'),
    /** 再生育补贴 exchanges data with the hospital that helps: her consent to it. */
    consentOn: civilDate('consent_on'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
  },
  (table) => [
    primaryKey({ name: 'family_offers_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'family_offers_family',
      columns: [table.countyCode, table.familyId],
      foreignColumns: [specialFamilies.countyCode, specialFamilies.id],
    }),
    foreignKey({
      name: 'family_offers_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    uniqueIndex('family_offers_open')
      .on(table.countyCode, table.familyId, table.programme, table.personId)
      .where(sql`${table.answer} = 'OPEN'`),
    // 一次性: consolation once per event, the re-birth subsidy once per family.
    uniqueIndex('family_offers_once')
      .on(table.countyCode, table.familyId, table.programme)
      .where(sql`${table.programme} in ('P07', 'P08') and ${table.answer} = 'ACCEPTED'`),
    check('family_offers_programme', sql`${table.programme} in ('P01', 'P02', 'P07', 'P08')`),
    check('family_offers_answer', sql`${table.answer} in ('OPEN', 'ACCEPTED', 'DECLINED', 'LATER')`),
    check('family_offers_answered', sql`(${table.answer} = 'OPEN') = (${table.answeredOn} is null)`),
    check(
      'family_offers_consent',
      sql`not (${table.programme} = 'P08' and ${table.answer} = 'ACCEPTED') or ${table.consentOn} is not null`,
    ),
  ],
)
