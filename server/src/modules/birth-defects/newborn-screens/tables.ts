import { sql } from 'drizzle-orm'
import {
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

const ofChild = () => ({
  countyCode: countyCode(),
  id: id(),
  childId: uuid('child_id').notNull(),
  motherId: uuid('mother_id'),
  chainId: uuid('chain_id'),
  facilityId: uuid('facility_id').notNull(),
  divisionCode: divisionCode('division_code').notNull(),
  bornOn: civilDate('born_on').notNull(),
})

/** 足跟血筛查 (L4): one sample of a child, or why there is none; a repeated sample is a row of its own. */
export const bloodSpots = pgTable(
  'blood_spots',
  {
    ...ofChild(),
    sequence: smallint('sequence').notNull(),
    state: text('state').notNull(),
    stateOn: civilDate('state_on').notNull(),
    dueBy: civilDate('due_by'),
    sampledOn: civilDate('sampled_on'),
    hoursAfterBirth: smallint('hours_after_birth'),
    feeds: smallint('feeds'),
    sampleNumber: text('sample_number'),
    laboratoryId: uuid('laboratory_id'),
    labOrderId: uuid('lab_order_id'),
    /** EARLY, LATE, FEW_FEEDS: what is said against the time of the sample. */
    findings: text('findings')
      .array()
      .notNull()
      .default(sql`'{}'`),
    pku: text('pku'),
    ch: text('ch'),
    g6pd: text('g6pd'),
    cah: text('cah'),
    reportedOn: civilDate('reported_on'),
    recalledOn: civilDate('recalled_on'),
    confirmedOn: civilDate('confirmed_on'),
    diagnosisCodes: text('diagnosis_codes')
      .array()
      .notNull()
      .default(sql`'{}'`),
    treatedOn: civilDate('treated_on'),
    followedOn: civilDate('followed_on'),
    noSampleReason: text('no_sample_reason'),
    remindedOn: text('reminded_on')
      .array()
      .notNull()
      .default(sql`'{}'`),
    valuesCipher: bytes('values_cipher'),
    noteCipher: bytes('note_cipher'),
    ...factColumns(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'blood_spots_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'blood_spots_child',
      columns: [table.countyCode, table.childId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    uniqueIndex('blood_spots_in_order')
      .on(table.countyCode, table.childId, table.facilityId, table.sequence)
      .where(sql`${table.voidedAt} is null`),
    uniqueIndex('blood_spots_of_order')
      .on(table.countyCode, table.labOrderId)
      .where(sql`${table.labOrderId} is not null and ${table.voidedAt} is null`),
    index('blood_spots_by_facility').on(table.countyCode, table.facilityId, table.bornOn, table.id),
    index('blood_spots_open')
      .on(table.countyCode, table.facilityId, table.dueBy, table.id)
      .where(sql`${table.dueBy} is not null and ${table.voidedAt} is null`),
    index('blood_spots_by_day').on(table.countyCode, table.sampledOn),
    check(
      'blood_spots_state',
      sql`${table.state} in ('NO_SAMPLE', 'SAMPLED', 'SATISFACTORY', 'UNSAT', 'RECALL_SAMPLE', 'NEG', 'SUSPECT', 'RECALL', 'CONFIRMED_NEG', 'CONFIRMED_POS', 'TREATED', 'FOLLOWED')`,
    ),
    check(
      'blood_spots_items',
      sql`${table.pku} in ('NEG', 'SUSPECT', 'POS', 'UNSAT_SAMPLE') and ${table.ch} in ('NEG', 'SUSPECT', 'POS', 'UNSAT_SAMPLE') and ${table.g6pd} in ('NEG', 'SUSPECT', 'POS', 'UNSAT_SAMPLE') and ${table.cah} in ('NEG', 'SUSPECT', 'POS', 'UNSAT_SAMPLE')`,
    ),
    check(
      'blood_spots_no_sample',
      sql`(${table.state} = 'NO_SAMPLE') = (${table.sampledOn} is null) and (${table.sampledOn} is null) = (${table.noSampleReason} is not null)`,
    ),
    check(
      'blood_spots_no_sample_reason',
      sql`${table.noSampleReason} in ('REFUSED', 'DIED', 'TRANSFERRED', 'LEFT_EARLY')`,
    ),
    check('blood_spots_reminders', sql`cardinality(${table.remindedOn}) <= 2`),
    check('blood_spots_sequence', sql`${table.sequence} between 1 and 9`),
    check(
      'blood_spots_in_time',
      sql`coalesce(${table.bornOn} <= ${table.sampledOn}, true) and coalesce(${table.sampledOn} <= ${table.reportedOn}, true) and coalesce(${table.reportedOn} <= ${table.recalledOn}, true) and coalesce(${table.recalledOn} <= ${table.confirmedOn}, true) and coalesce(${table.confirmedOn} <= ${table.treatedOn}, true) and coalesce(${table.treatedOn} <= ${table.followedOn}, true)`,
    ),
    check('blood_spots_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)

/** 听力筛查 (L4): a first or second screen, the diagnosis, the intervention. */
export const hearingScreens = pgTable(
  'hearing_screens',
  {
    ...ofChild(),
    stage: text('stage').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    ageDays: smallint('age_days').notNull(),
    method: text('method').notNull(),
    left: text('left_ear'),
    right: text('right_ear'),
    outcome: text('outcome').notNull(),
    /** By when the next stage is due; null where none is. */
    dueBy: civilDate('due_by'),
    diagnosisCodes: text('diagnosis_codes')
      .array()
      .notNull()
      .default(sql`'{}'`),
    noteCipher: bytes('note_cipher'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'hearing_screens_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'hearing_screens_child',
      columns: [table.countyCode, table.childId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    index('hearing_screens_by_child').on(table.countyCode, table.childId, table.occurredOn),
    index('hearing_screens_by_facility').on(table.countyCode, table.facilityId, table.occurredOn, table.id),
    index('hearing_screens_referred')
      .on(table.countyCode, table.facilityId, table.bornOn, table.id)
      .where(
        sql`${table.outcome} = 'REFER' and ${table.stage} in ('FIRST', 'RESCREEN') and ${table.voidedAt} is null`,
      ),
    index('hearing_screens_by_day').on(table.countyCode, table.occurredOn),
    index('hearing_screens_by_replaced')
      .on(table.countyCode, table.replaces)
      .where(sql`${table.replaces} is not null`),
    check('hearing_screens_stage', sql`${table.stage} in ('FIRST', 'RESCREEN', 'DIAGNOSIS', 'INTERVENTION')`),
    check('hearing_screens_method', sql`${table.method} in ('OAE', 'AABR', 'OAE_AABR', 'ABR', 'OTHER')`),
    check(
      'hearing_screens_ears',
      sql`${table.left} in ('PASS', 'REFER', 'NOT_TESTED') and ${table.right} in ('PASS', 'REFER', 'NOT_TESTED')`,
    ),
    check(
      'hearing_screens_both_ears',
      sql`${table.stage} not in ('FIRST', 'RESCREEN') or (${table.left} is not null and ${table.right} is not null)`,
    ),
    check(
      'hearing_screens_outcome',
      sql`${table.outcome} in ('PASS', 'REFER', 'NORMAL', 'LOSS', 'UNCERTAIN', 'STARTED')`,
    ),
    check(
      'hearing_screens_codes',
      sql`array_to_string(${table.diagnosisCodes}, ' ') ~ '^(H90([.][0-9])? ?)*$'`,
    ),
    check('hearing_screens_in_time', sql`${table.bornOn} <= ${table.occurredOn}`),
    check(
      'hearing_screens_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)

/** 先心病双指标筛查 (L4): murmur and oxygen saturation, and the echo that answers a positive one. */
export const cchdScreens = pgTable(
  'cchd_screens',
  {
    ...ofChild(),
    occurredOn: civilDate('occurred_on').notNull(),
    hoursAfterBirth: smallint('hours_after_birth').notNull(),
    murmurGrade: smallint('murmur_grade').notNull(),
    hand: smallint('hand').notNull(),
    foot: smallint('foot').notNull(),
    repeatMinutes: smallint('repeat_minutes'),
    repeatHand: smallint('repeat_hand'),
    repeatFoot: smallint('repeat_foot'),
    outcome: text('outcome').notNull(),
    reasons: text('reasons')
      .array()
      .notNull()
      .default(sql`'{}'`),
    findings: text('findings')
      .array()
      .notNull()
      .default(sql`'{}'`),
    echoBy: civilDate('echo_by'),
    echoOn: civilDate('echo_on'),
    echoResult: text('echo_result'),
    diagnosisCodes: text('diagnosis_codes')
      .array()
      .notNull()
      .default(sql`'{}'`),
    noteCipher: bytes('note_cipher'),
    ...factColumns(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'cchd_screens_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'cchd_screens_child',
      columns: [table.countyCode, table.childId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    index('cchd_screens_by_child').on(table.countyCode, table.childId, table.occurredOn),
    index('cchd_screens_by_facility').on(table.countyCode, table.facilityId, table.occurredOn, table.id),
    index('cchd_screens_by_day').on(table.countyCode, table.occurredOn),
    index('cchd_screens_by_replaced')
      .on(table.countyCode, table.replaces)
      .where(sql`${table.replaces} is not null`),
    index('cchd_screens_open')
      .on(table.countyCode, table.facilityId, table.echoBy, table.id)
      .where(sql`${table.echoBy} is not null and ${table.echoOn} is null and ${table.voidedAt} is null`),
    check('cchd_screens_outcome', sql`${table.outcome} in ('NEGATIVE', 'REPEAT', 'POSITIVE')`),
    check(
      'cchd_screens_values',
      sql`${table.murmurGrade} between 0 and 6 and ${table.hand} between 0 and 100 and ${table.foot} between 0 and 100 and ${table.repeatHand} between 0 and 100 and ${table.repeatFoot} between 0 and 100`,
    ),
    check(
      'cchd_screens_repeat_is_whole',
      sql`(${table.repeatMinutes} is null) = (${table.repeatHand} is null) and (${table.repeatHand} is null) = (${table.repeatFoot} is null)`,
    ),
    check(
      'cchd_screens_echo',
      sql`(${table.echoOn} is null) = (${table.echoResult} is null) and ${table.echoResult} in ('NORMAL', 'MINOR', 'DEFECT')`,
    ),
    check(
      'cchd_screens_in_time',
      sql`${table.bornOn} <= ${table.occurredOn} and coalesce(${table.occurredOn} <= ${table.echoOn}, true)`,
    ),
    check('cchd_screens_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)
