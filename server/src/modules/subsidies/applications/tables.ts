import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { ApplicationState, ApplicationStep } from '@youyu/shared/subsidies/application-states'
import {
  bytes,
  civilDate,
  countyCode,
  divisionCode,
  id,
  instant,
  plainText,
} from '../../../database/columns.ts'
import { persons } from '../../population/persons/tables.ts'

const open = sql`state in ('DRAFT', 'SUBMITTED', 'NOT_ACCEPTED', 'VILLAGE_OPINION', 'VILLAGE_NOTICE', 'TOWN_REVIEW', 'TOWN_NOTICE', 'COUNTY_CONFIRM', 'CITY_APPROVE', 'RECONSIDERATION')`
const confirmed = sql`state in ('CONFIRMED', 'BENEFICIARY_ACTIVE')`

/** 申请: where a case stands, under the version of the programme in force when it was filed. */
export const applications = pgTable(
  'applications',
  {
    countyCode: countyCode(),
    id: id(),
    number: plainText('number').notNull(),
    programme: text('programme').notNull(),
    /** Of the programme's terms; a decision stands on them for ever. */
    versionId: uuid('version_id').notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** Who is paid: the subject, her guardian, an institution. */
    payeeId: uuid('payee_id').notNull(),
    applicantId: uuid('applicant_id').notNull(),
    /** The account that files for the applicant, with what authorisation; null where she files herself. */
    agentId: uuid('agent_id'),
    authorisation: text('authorisation'),
    authorisedOn: civilDate('authorised_on'),
    channel: text('channel').notNull(),
    /** The year claimed, of programmes that are claimed each year; 0 elsewhere. */
    claimYear: smallint('claim_year').notNull(),
    /** Village of the subject's hukou when she applied. */
    divisionCode: divisionCode('division_code').notNull(),
    state: text('state').$type<ApplicationState>().notNull(),
    stateSince: civilDate('state_since').notNull(),
    /** The last day of the present step, in working days and within the time of the whole. */
    dueOn: civilDate('due_on'),
    /** The last day of the whole, where the programme sets one. */
    overallDueOn: civilDate('overall_due_on'),
    /** Of the version, and which of them are passed since acceptance. */
    steps: text('steps').$type<ApplicationStep>().array().notNull(),
    passed: text('passed').$type<ApplicationStep>().array().notNull(),
    /** How often it was accepted. */
    round: smallint('round').notNull(),
    rejectedAt: text('rejected_at').$type<ApplicationStep>(),
    /** Evidence that is still missing, all of it at once. */
    missing: text('missing').array().notNull(),
    /** What the rule says by the register, at the last look; null before the first. */
    isMet: boolean('is_met'),
    level: text('level').notNull(),
    accountId: uuid('account_id'),
    /** What the applicant declares, as JSON (L3). */
    declarationCipher: bytes('declaration_cipher'),
    filedOn: civilDate('filed_on').notNull(),
    acceptedOn: civilDate('accepted_on'),
    decidedOn: civilDate('decided_on'),
    /** The last day for an appeal. */
    appealUntil: civilDate('appeal_until'),
    filedBy: uuid('filed_by').notNull(),
    townBy: uuid('town_by'),
    countyBy: uuid('county_by'),
    cityBy: uuid('city_by'),
    rejectedBy: uuid('rejected_by'),
    reconsideredBy: uuid('reconsidered_by'),
    source: text('source').notNull(),
    sourceRef: text('source_ref'),
    recordedAt: instant('recorded_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'applications_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'applications_subject',
      columns: [table.countyCode, table.subjectId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'applications_applicant',
      columns: [table.countyCode, table.applicantId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    uniqueIndex('applications_number').on(table.countyCode, table.number),
    uniqueIndex('applications_once_open')
      .on(table.countyCode, table.programme, table.subjectId, table.applicantId, table.claimYear)
      .where(open),
    uniqueIndex('applications_once_a_year')
      .on(table.countyCode, table.programme, table.subjectId, table.claimYear)
      .where(sql`${table.claimYear} > 0 and ${confirmed}`),
    index('applications_by_deadline').on(table.countyCode, table.state, table.dueOn, table.id),
    index('applications_by_place').on(table.countyCode, table.divisionCode, table.filedOn, table.id),
    index('applications_by_day').on(table.countyCode, table.filedOn, table.id),
    index('applications_by_programme').on(
      table.countyCode,
      table.programme,
      table.state,
      table.divisionCode,
      table.id,
    ),
    index('applications_by_subject').on(table.countyCode, table.subjectId),
    index('applications_by_payee').on(table.countyCode, table.payeeId),
    index('applications_by_applicant').on(table.countyCode, table.applicantId),
    check(
      'applications_state',
      sql`${table.state} in ('DRAFT', 'SUBMITTED', 'NOT_ACCEPTED', 'VILLAGE_OPINION', 'VILLAGE_NOTICE', 'TOWN_REVIEW', 'TOWN_NOTICE', 'COUNTY_CONFIRM', 'CITY_APPROVE', 'CONFIRMED', 'BENEFICIARY_ACTIVE', 'REJECTED', 'RECONSIDERATION', 'UPHELD', 'WITHDRAWN')`,
    ),
    check(
      'applications_channel',
      sql`${table.channel} in ('ONLINE', 'ONE_THING', 'VILLAGE_AGENT', 'WINDOW', 'AUTO_PROPOSED')`,
    ),
    check(
      'applications_agent_authorised',
      sql`(${table.channel} = 'VILLAGE_AGENT') <= (${table.agentId} is not null and ${table.authorisation} is not null)`,
    ),
    check('applications_has_steps', sql`cardinality(${table.steps}) > 0`),
    check(
      'applications_no_way_around',
      sql`(not ${confirmed} or ${table.passed} @> ${table.steps}) and (not (${table.state} = any (${table.steps})) or ${table.passed} = ${table.steps}[1 : array_position(${table.steps}, ${table.state}) - 1])`,
    ),
    check(
      'applications_rejected_at',
      sql`(${table.state} in ('REJECTED', 'RECONSIDERATION', 'UPHELD')) <= (${table.rejectedAt} is not null and ${table.rejectedBy} is not null)`,
    ),
    check(
      'applications_decided_by_hand',
      sql`(not ('TOWN_REVIEW' = any (${table.passed})) or ${table.townBy} is not null) and (not ('COUNTY_CONFIRM' = any (${table.passed})) or ${table.countyBy} is not null) and (not ('CITY_APPROVE' = any (${table.passed})) or ${table.cityBy} is not null)`,
    ),
    check(
      'applications_maker_not_checker',
      sql`coalesce(${table.filedBy} <> ${table.townBy}, true) and coalesce(${table.filedBy} <> ${table.countyBy}, true) and coalesce(${table.filedBy} <> ${table.cityBy}, true)`,
    ),
    check(
      'applications_tiers_differ',
      sql`coalesce(${table.townBy} <> ${table.countyBy}, true) and coalesce(${table.countyBy} <> ${table.cityBy}, true) and coalesce(${table.townBy} <> ${table.cityBy}, true)`,
    ),
    check(
      'applications_reconsidered_by_another',
      sql`coalesce(${table.reconsideredBy} <> ${table.rejectedBy}, true) and coalesce(${table.reconsideredBy} <> ${table.filedBy}, true)`,
    ),
    check('applications_confirmed_on', sql`not ${confirmed} or ${table.decidedOn} is not null`),
    check('applications_claim_year', sql`${table.claimYear} = 0 or ${table.claimYear} between 2000 and 2200`),
  ],
)

/** 审核步骤: everything that was done to an application, appended. */
export const applicationReviews = pgTable(
  'application_reviews',
  {
    countyCode: countyCode(),
    id: id(),
    applicationId: uuid('application_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    round: smallint('round').notNull(),
    /** The version of the application that came of it. */
    sequence: integer('sequence').notNull(),
    event: text('event').notNull(),
    /** The step decided; null for what happens between the steps. */
    step: text('step').$type<ApplicationStep>(),
    fromState: text('from_state').$type<ApplicationState>(),
    toState: text('to_state').$type<ApplicationState>().notNull(),
    /** What is to be completed. */
    items: text('items').array().notNull(),
    /** Words of a person (L3). */
    reasonCipher: bytes('reason_cipher'),
    dueOn: civilDate('due_on'),
    doneOn: civilDate('done_on').notNull(),
    /** Decided together with others. */
    batchId: uuid('batch_id'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
  },
  (table) => [
    primaryKey({ name: 'application_reviews_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'application_reviews_application',
      columns: [table.countyCode, table.applicationId],
      foreignColumns: [applications.countyCode, applications.id],
    }),
    index('application_reviews_by_application').on(table.countyCode, table.applicationId, table.sequence),
    check(
      'application_reviews_event',
      sql`${table.event} in ('SUBMIT', 'ACCEPT', 'NOT_ACCEPT', 'PASS', 'ABSTAIN', 'RETURN', 'REJECT', 'APPEAL', 'UPHOLD', 'REVERSE', 'WITHDRAW', 'ACTIVATE')`,
    ),
    check(
      'application_reviews_return_says_why',
      sql`${table.event} not in ('RETURN', 'REJECT', 'NOT_ACCEPT') or ${table.reasonCipher} is not null or cardinality(${table.items}) > 0`,
    ),
  ],
)

/** 申请材料: what proves a fact, seen by a person or held by a register. */
export const applicationEvidence = pgTable(
  'application_evidence',
  {
    countyCode: countyCode(),
    id: id(),
    applicationId: uuid('application_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    type: text('type').notNull(),
    /** Files are attachments of the application; here is what was seen at the counter, or what another register answered. */
    manner: text('manner').notNull(),
    document: text('document'),
    issuer: text('issuer'),
    seenOn: civilDate('seen_on').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
    withdrawnAt: instant('withdrawn_at'),
  },
  (table) => [
    primaryKey({ name: 'application_evidence_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'application_evidence_application',
      columns: [table.countyCode, table.applicationId],
      foreignColumns: [applications.countyCode, applications.id],
    }),
    index('application_evidence_by_application').on(table.countyCode, table.applicationId),
    check('application_evidence_manner', sql`${table.manner} in ('FEED', 'SEEN')`),
  ],
)

/** 决定: the rule's answer with the facts it stood on; evaluated again it says the same. */
export const applicationDecisions = pgTable(
  'application_decisions',
  {
    countyCode: countyCode(),
    id: id(),
    applicationId: uuid('application_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    round: smallint('round').notNull(),
    step: text('step').notNull(),
    event: text('event').notNull(),
    programme: text('programme').notNull(),
    versionId: uuid('version_id').notNull(),
    /** The day for which the facts were read. */
    asOf: civilDate('as_of').notNull(),
    isMet: boolean('is_met').notNull(),
    level: text('level').notNull(),
    /** Paths of the leaves that failed. */
    failing: text('failing').array().notNull(),
    /** Facts with source and time, as JSON (L3). */
    factsCipher: bytes('facts_cipher').notNull(),
    decidedOn: civilDate('decided_on').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
  },
  (table) => [
    primaryKey({ name: 'application_decisions_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'application_decisions_application',
      columns: [table.countyCode, table.applicationId],
      foreignColumns: [applications.countyCode, applications.id],
    }),
    index('application_decisions_by_application').on(table.countyCode, table.applicationId, table.recordedAt),
  ],
)

/** 复核申请: once for every refusal. */
export const applicationAppeals = pgTable(
  'application_appeals',
  {
    countyCode: countyCode(),
    id: id(),
    applicationId: uuid('application_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    filedOn: civilDate('filed_on').notNull(),
    dueOn: civilDate('due_on').notNull(),
    groundsCipher: bytes('grounds_cipher').notNull(),
    result: text('result'),
    replyCipher: bytes('reply_cipher'),
    decidedOn: civilDate('decided_on'),
    decidedBy: uuid('decided_by'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
  },
  (table) => [
    primaryKey({ name: 'application_appeals_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'application_appeals_application',
      columns: [table.countyCode, table.applicationId],
      foreignColumns: [applications.countyCode, applications.id],
    }),
    uniqueIndex('application_appeals_one_open')
      .on(table.countyCode, table.applicationId)
      .where(sql`${table.result} is null`),
    index('application_appeals_by_application').on(table.countyCode, table.applicationId),
    check('application_appeals_result', sql`${table.result} in ('UPHELD', 'REVERSED')`),
    check(
      'application_appeals_answered',
      sql`(${table.result} is null) = (${table.replyCipher} is null) and (${table.result} is null) = (${table.decidedOn} is null)`,
    ),
  ],
)

/** 编号: the last number given for a programme in a year. */
export const applicationNumbers = pgTable(
  'application_numbers',
  {
    countyCode: countyCode(),
    programme: text('programme').notNull(),
    year: smallint('year').notNull(),
    lastNumber: integer('last_number').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'application_numbers_pk',
      columns: [table.countyCode, table.programme, table.year],
    }),
  ],
)
