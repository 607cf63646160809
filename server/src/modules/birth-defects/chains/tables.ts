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
import type {
  ChainClose,
  ChainEvent,
  ChainGround,
  ChainItem,
  ChainState,
  JoinGround,
  LinkReason,
} from '@youyu/shared/birth-defects/chain-values'
import { civilDate, countyCode, divisionCode, factColumns, id, instant } from '../../../database/columns.ts'
import { organisations } from '../../organisations/tables.ts'
import { births } from '../../population/births/tables.ts'
import { persons } from '../../population/persons/tables.ts'
import { pregnancies } from '../../population/pregnancies/tables.ts'

/** 优生监护档案: one for each intention to have a child, or pregnancy; from the marriage to the follow-up of the child. L4. */
export const chains = pgTable(
  'chains',
  {
    countyCode: countyCode(),
    id: id(),
    womanId: uuid('woman_id').notNull(),
    partnerId: uuid('partner_id'),
    pregnancyId: uuid('pregnancy_id'),
    /** The case manager's; null where nobody has taken it yet. */
    facilityId: uuid('facility_id'),
    caseManagerId: uuid('case_manager_id'),
    /** Where she lives; since the birth: where she lived then. */
    divisionCode: divisionCode('division_code').notNull(),
    ground: text('ground').$type<ChainGround>().notNull(),
    openedOn: civilDate('opened_on').notNull(),
    marriedOn: civilDate('married_on'),
    expectedOn: civilDate('expected_on'),
    bornOn: civilDate('born_on'),
    /** Born in an institution. */
    isHospitalBirth: boolean('is_hospital_birth').notNull(),
    /** Since when nothing more falls due of her, and why: a loss, her death, a move, her own wish. */
    stoppedOn: civilDate('stopped_on'),
    stopReason: text('stop_reason').$type<ChainClose>(),
    /** First day of the month of the birth; else of the expected day; else of the opening. */
    cohortMonth: civilDate('cohort_month').notNull(),
    closedOn: civilDate('closed_on'),
    closeReason: text('close_reason').$type<ChainClose>(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'chains_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'chains_woman',
      columns: [table.countyCode, table.womanId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'chains_pregnancy',
      columns: [table.countyCode, table.pregnancyId],
      foreignColumns: [pregnancies.countyCode, pregnancies.id],
    }),
    uniqueIndex('chains_of_pregnancy')
      .on(table.countyCode, table.pregnancyId)
      .where(sql`${table.pregnancyId} is not null and ${table.voidedAt} is null`),
    uniqueIndex('chains_one_open')
      .on(table.countyCode, table.womanId)
      .where(sql`${table.bornOn} is null and ${table.closedOn} is null and ${table.voidedAt} is null`),
    index('chains_by_woman').on(table.countyCode, table.womanId, table.openedOn),
    index('chains_by_partner')
      .on(table.countyCode, table.partnerId)
      .where(sql`${table.partnerId} is not null`),
    index('chains_open')
      .on(table.countyCode, table.id)
      .where(sql`${table.closedOn} is null and ${table.voidedAt} is null`),
    index('chains_of_facility').on(table.countyCode, table.facilityId, table.cohortMonth, table.id),
    index('chains_by_month').on(table.countyCode, table.cohortMonth, table.divisionCode),
    check('chains_ground', sql`${table.ground} in ('PREMARITAL', 'PRECONCEPTION', 'PREGNANCY', 'BIRTH')`),
    check('chains_month', sql`extract(day from ${table.cohortMonth}) = 1`),
    check('chains_stop_has_reason', sql`(${table.stoppedOn} is null) = (${table.stopReason} is null)`),
    check('chains_close_has_reason', sql`(${table.closedOn} is null) = (${table.closeReason} is null)`),
    check('chains_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)

/** Children born of a chain, alive. */
export const chainChildren = pgTable(
  'chain_children',
  {
    countyCode: countyCode(),
    chainId: uuid('chain_id').notNull(),
    childId: uuid('child_id').notNull(),
    birthId: uuid('birth_id'),
    bornOn: civilDate('born_on').notNull(),
    plurality: smallint('plurality').notNull(),
    sequence: smallint('sequence').notNull(),
    stoppedOn: civilDate('stopped_on'),
    stopReason: text('stop_reason').$type<ChainClose>(),
  },
  (table) => [
    primaryKey({ name: 'chain_children_pk', columns: [table.countyCode, table.chainId, table.childId] }),
    foreignKey({
      name: 'chain_children_chain',
      columns: [table.countyCode, table.chainId],
      foreignColumns: [chains.countyCode, chains.id],
    }),
    foreignKey({
      name: 'chain_children_person',
      columns: [table.countyCode, table.childId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'chain_children_birth',
      columns: [table.countyCode, table.birthId],
      foreignColumns: [births.countyCode, births.id],
    }),
    index('chain_children_by_child').on(table.countyCode, table.childId),
  ],
)

/** Facilities that see a chain: whose it is, to whom she was referred, whom she let in. */
export const chainFacilities = pgTable(
  'chain_facilities',
  {
    countyCode: countyCode(),
    id: id(),
    chainId: uuid('chain_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    ground: text('ground').$type<JoinGround>().notNull(),
    fromOn: civilDate('from_on').notNull(),
    untilOn: civilDate('until_on'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    source: text('source').notNull(),
  },
  (table) => [
    primaryKey({ name: 'chain_facilities_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'chain_facilities_chain',
      columns: [table.countyCode, table.chainId],
      foreignColumns: [chains.countyCode, chains.id],
    }),
    foreignKey({
      name: 'chain_facilities_facility',
      columns: [table.facilityId],
      foreignColumns: [organisations.id],
    }),
    uniqueIndex('chain_facilities_once')
      .on(table.countyCode, table.chainId, table.facilityId)
      .where(sql`${table.untilOn} is null`),
    index('chain_facilities_of_chain').on(table.countyCode, table.chainId),
    check('chain_facilities_ground', sql`${table.ground} in ('OWNER', 'REFERRAL', 'LAB', 'CONSENT')`),
  ],
)

/** What was said and done of an item, appended; the links follow from it. */
export const chainEvents = pgTable(
  'chain_events',
  {
    countyCode: countyCode(),
    id: id(),
    chainId: uuid('chain_id').notNull(),
    item: text('item').$type<ChainItem>().notNull(),
    /** The child, or the chain itself. */
    subjectId: uuid('subject_id').notNull(),
    event: text('event').$type<ChainEvent>().notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    reason: text('reason').$type<LinkReason>(),
    /** Only of INDICATED: when it is due; null: as the schedule says. */
    windowFrom: civilDate('window_from'),
    windowTo: civilDate('window_to'),
    /** The record that says so. */
    recordId: uuid('record_id').notNull(),
    /** Of an offer that the village may bring. */
    offerId: uuid('offer_id'),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'chain_events_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'chain_events_chain',
      columns: [table.countyCode, table.chainId],
      foreignColumns: [chains.countyCode, chains.id],
    }),
    uniqueIndex('chain_events_once')
      .on(table.countyCode, table.recordId, table.chainId, table.item, table.subjectId, table.event)
      .where(sql`${table.voidedAt} is null`),
    index('chain_events_of_chain').on(table.countyCode, table.chainId, table.item),
    index('chain_events_of_offer')
      .on(table.countyCode, table.offerId)
      .where(sql`${table.offerId} is not null`),
    check(
      'chain_events_event',
      sql`${table.event} in ('INDICATED', 'OFFERED', 'ACCEPTED', 'DONE', 'POSITIVE', 'FOLLOWED', 'DECLINED', 'NOT_APPLICABLE', 'MISSED')`,
    ),
    check('chain_events_window', sql`${table.windowTo} >= ${table.windowFrom}`),
    check('chain_events_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)

/** Where each item of a chain stands: follows from the chain, its events, the schedule in force and the day. */
export const chainLinks = pgTable(
  'chain_links',
  {
    countyCode: countyCode(),
    chainId: uuid('chain_id').notNull(),
    item: text('item').$type<ChainItem>().notNull(),
    /** The child, or the chain itself. */
    subjectId: uuid('subject_id').notNull(),
    link: smallint('link').notNull(),
    windowFrom: civilDate('window_from'),
    /** The last day on which it is due. */
    windowTo: civilDate('window_to'),
    state: text('state').$type<ChainState>().notNull(),
    offeredOn: civilDate('offered_on'),
    acceptedOn: civilDate('accepted_on'),
    settledOn: civilDate('settled_on'),
    positiveOn: civilDate('positive_on'),
    followedOn: civilDate('followed_on'),
    dropReason: text('drop_reason').$type<LinkReason>(),
    facilityId: uuid('facility_id'),
    divisionCode: divisionCode('division_code').notNull(),
    cohortMonth: civilDate('cohort_month').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'chain_links_pk',
      columns: [table.countyCode, table.chainId, table.item, table.subjectId],
    }),
    foreignKey({
      name: 'chain_links_chain',
      columns: [table.countyCode, table.chainId],
      foreignColumns: [chains.countyCode, chains.id],
    }),
    index('chain_links_work')
      .on(table.countyCode, table.facilityId, table.state, table.windowTo, table.chainId)
      .where(sql`${table.state} in ('DUE', 'OFFERED', 'OVERDUE') and ${table.dropReason} is null`),
    index('chain_links_of_item')
      .on(table.countyCode, table.facilityId, table.item, table.windowFrom, table.chainId)
      .where(sql`${table.state} in ('DUE', 'OFFERED', 'OVERDUE')`),
    index('chain_links_opening')
      .on(table.countyCode, table.windowFrom)
      .where(sql`${table.state} = 'NOT_DUE'`),
    index('chain_links_ending')
      .on(table.countyCode, table.windowTo)
      .where(sql`${table.state} in ('DUE', 'OFFERED')`),
    check(
      'chain_links_state',
      sql`${table.state} in ('NOT_DUE', 'DUE', 'OFFERED', 'DONE', 'DECLINED', 'NOT_APPLICABLE', 'OVERDUE')`,
    ),
    check('chain_links_link', sql`${table.link} between 1 and 13`),
  ],
)

/** Nights in which a county was planned. */
export const chainRuns = pgTable(
  'chain_runs',
  {
    countyCode: countyCode(),
    dayOn: civilDate('day_on').notNull(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    opened: integer('opened'),
    changed: integer('changed'),
  },
  (table) => [primaryKey({ name: 'chain_runs_pk', columns: [table.countyCode, table.dayOn] })],
)
