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
import { bytes, civilDate, countyCode, divisionCode, id, instant } from '../../../database/columns.ts'
import { persons } from '../../population/persons/tables.ts'

/**
 * What stands for a claimant when counties compare: keyed hashes under the national salt, nothing else. The first is made of
 * the identity number, the second of name, birth date and sex, the kin key of the mother's (or else the spouse's) number.
 */
export const claimKeys = pgTable(
  'claim_keys',
  {
    countyCode: countyCode(),
    personId: uuid('person_id').notNull(),
    numberKey: bytes('number_key'),
    nameKey: bytes('name_key').notNull(),
    kinKey: bytes('kin_key'),
    /** When the other counties were last asked about her. */
    askedAt: instant('asked_at'),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'claim_keys_pk', columns: [table.countyCode, table.personId] }),
    index('claim_keys_by_number').on(table.countyCode, table.numberKey),
    index('claim_keys_by_name').on(table.countyCode, table.nameKey),
    index('claim_keys_to_ask')
      .on(table.countyCode, table.recordedAt)
      .where(sql`${table.askedAt} is null`),
    foreignKey({
      name: 'claim_keys_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
  ],
)

/** Other installations that cannot be reached: whom they have to be asked about once they answer again. */
export const silentPeers = pgTable(
  'silent_peers',
  {
    countyCode: countyCode(),
    otherCounty: integer('other_county').notNull(),
    /** They know of everybody who was asked about until then. */
    reachedUntil: instant('reached_until').notNull(),
    triedAt: instant('tried_at').notNull(),
  },
  (table) => [primaryKey({ name: 'silent_peers_pk', columns: [table.countyCode, table.otherCounty] })],
)

/** What another county has answered instead: that it compares nobody of this programme, by the code it gave. */
export const claimRefusals = pgTable(
  'claim_refusals',
  {
    countyCode: countyCode(),
    otherCounty: integer('other_county').notNull(),
    programme: text('programme').notNull(),
    code: text('code').notNull(),
    refusedAt: instant('refused_at').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'claim_refusals_pk',
      columns: [table.countyCode, table.otherCounty, table.programme],
    }),
  ],
)

/** 全国名单: lists of claimants handed down by the higher authority, and answers of other counties, as keyed hashes. */
export const claimLists = pgTable(
  'claim_lists',
  {
    countyCode: countyCode(),
    id: id(),
    title: text('title').notNull(),
    sha256: bytes('sha256').notNull(),
    rows: integer('rows').notNull(),
    refused: integer('refused').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
  },
  (table) => [
    primaryKey({ name: 'claim_lists_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('claim_lists_once').on(table.countyCode, table.sha256),
  ],
)

export const claimListEntries = pgTable(
  'claim_list_entries',
  {
    countyCode: countyCode(),
    listId: uuid('list_id').notNull(),
    row: integer('row').notNull(),
    numberKey: bytes('number_key').notNull(),
    programme: text('programme').notNull(),
    ownerCounty: integer('owner_county').notNull(),
    fromMonth: civilDate('from_month'),
    toMonth: civilDate('to_month'),
  },
  (table) => [
    primaryKey({ name: 'claim_list_entries_pk', columns: [table.countyCode, table.listId, table.row] }),
    index('claim_list_entries_by_key').on(table.countyCode, table.numberKey),
    foreignKey({
      name: 'claim_list_entries_list',
      columns: [table.countyCode, table.listId],
      foreignColumns: [claimLists.countyCode, claimLists.id],
    }),
  ],
)

/** 疑似重复享受: a claimant who may be paid elsewhere too, until somebody settles it. */
export const claimMatches = pgTable(
  'claim_matches',
  {
    countyCode: countyCode(),
    id: id(),
    programme: text('programme').notNull(),
    personId: uuid('person_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    applicationId: uuid('application_id'),
    beneficiaryId: uuid('beneficiary_id'),
    /** Where it was found: in the own installation, at another county's exchange, in a national list. */
    source: text('source').notNull(),
    /** NUMBER: the same identity number; NAME: name, birth date and sex, for a human to look at. */
    keyKind: text('key_kind').notNull(),
    /** SAME_PROGRAMME or OTHER. */
    answer: text('answer').notNull(),
    otherCounty: integer('other_county').notNull(),
    state: text('state').notNull(),
    foundOn: civilDate('found_on').notNull(),
    notifiedOn: civilDate('notified_on'),
    notifiedBy: uuid('notified_by'),
    /** Number of the letter to the other county. */
    letterNumber: text('letter_number'),
    ownerCounty: integer('owner_county'),
    stopFrom: civilDate('stop_from'),
    resolvedOn: civilDate('resolved_on'),
    resolvedBy: uuid('resolved_by'),
    reason: text('reason'),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    primaryKey({ name: 'claim_matches_pk', columns: [table.countyCode, table.id] }),
    uniqueIndex('claim_matches_once').on(
      table.countyCode,
      table.programme,
      table.personId,
      table.source,
      table.otherCounty,
      table.keyKind,
    ),
    index('claim_matches_by_state').on(table.countyCode, table.state, table.foundOn, table.id),
    index('claim_matches_by_person').on(table.countyCode, table.personId),
    foreignKey({
      name: 'claim_matches_person',
      columns: [table.countyCode, table.personId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    check('claim_matches_source', sql`${table.source} in ('INSTALLATION', 'EXCHANGE', 'NATIONAL_LIST')`),
    check('claim_matches_key_kind', sql`${table.keyKind} in ('NUMBER', 'NAME')`),
    check('claim_matches_answer', sql`${table.answer} in ('SAME_PROGRAMME', 'OTHER')`),
    check(
      'claim_matches_state',
      sql`${table.state} in ('POSSIBLE', 'SUSPECTED', 'NOTIFIED', 'RESOLVED', 'DISMISSED')`,
    ),
    check('claim_matches_elsewhere', sql`${table.otherCounty} <> ${table.countyCode}`),
    check('claim_matches_notified', sql`(${table.state} = 'NOTIFIED') <= (${table.notifiedOn} is not null)`),
    check(
      'claim_matches_resolved',
      sql`(${table.state} = 'RESOLVED') = (${table.ownerCounty} is not null) and (${table.state} = 'RESOLVED') <= (${table.notifiedOn} is not null)`,
    ),
    check(
      'claim_matches_settled_with_reason',
      sql`(${table.state} in ('RESOLVED', 'DISMISSED')) = (${table.resolvedOn} is not null and ${table.resolvedBy} is not null and ${table.reason} is not null)`,
    ),
  ],
)
