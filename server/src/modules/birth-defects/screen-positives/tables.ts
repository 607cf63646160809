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
import { prenatalScreens } from '../prenatal-screens/tables.ts'

/** 筛查高风险随访 (L4): from the result to the outcome; a projection of its steps. */
export const screenPositives = pgTable(
  'screen_positives',
  {
    countyCode: countyCode(),
    id: id(),
    screenId: uuid('screen_id').notNull(),
    chainId: uuid('chain_id').notNull(),
    womanId: uuid('woman_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    kind: text('kind').notNull(),
    flagged: text('flagged').array().notNull(),
    openedOn: civilDate('opened_on').notNull(),
    expectedOn: civilDate('expected_on'),
    state: text('state').notNull(),
    stateOn: civilDate('state_on').notNull(),
    /** By when the next step is due; null where no day is set or nothing more is. */
    dueBy: civilDate('due_by'),
    closedOn: civilDate('closed_on'),
    outcome: text('outcome'),
    ...factColumns(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'screen_positives_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'screen_positives_screen',
      columns: [table.countyCode, table.screenId],
      foreignColumns: [prenatalScreens.countyCode, prenatalScreens.id],
    }),
    foreignKey({
      name: 'screen_positives_woman',
      columns: [table.countyCode, table.womanId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    uniqueIndex('screen_positives_once')
      .on(table.countyCode, table.screenId)
      .where(sql`${table.voidedAt} is null`),
    index('screen_positives_by_woman').on(table.countyCode, table.womanId),
    index('screen_positives_by_chain').on(table.countyCode, table.chainId),
    index('screen_positives_by_facility').on(table.countyCode, table.facilityId, table.openedOn, table.id),
    index('screen_positives_open')
      .on(table.countyCode, table.facilityId, table.dueBy, table.id)
      .where(sql`${table.closedOn} is null and ${table.voidedAt} is null`),
    check(
      'screen_positives_state',
      sql`${table.state} in ('RESULT_HIGH', 'CONTACTED', 'COUNSELLED', 'DX_OFFERED', 'DX_DONE', 'DX_DECLINED', 'NORMAL', 'ABNORMAL', 'CONTINUE', 'TERMINATED_MEDICAL', 'REFERRED', 'OUTCOME_RECORDED')`,
    ),
    check(
      'screen_positives_closed',
      sql`(${table.closedOn} is not null) = (${table.state} = 'OUTCOME_RECORDED') and (${table.outcome} is not null) = (${table.state} = 'OUTCOME_RECORDED')`,
    ),
    check(
      'screen_positives_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)

/** 随访步骤 (L4): one step of such a case, on its day; taken back with a reason, never edited. */
export const screenPositiveSteps = pgTable(
  'screen_positive_steps',
  {
    countyCode: countyCode(),
    id: id(),
    caseId: uuid('case_id').notNull(),
    chainId: uuid('chain_id').notNull(),
    womanId: uuid('woman_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    ordinal: integer('ordinal').notNull(),
    fromState: text('from_state').notNull(),
    toState: text('to_state').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    mode: text('mode'),
    counsellor: text('counsellor'),
    /** What she was told she may do; continuing with support is always among them. */
    options: text('options')
      .array()
      .notNull()
      .default(sql`'{}'`),
    diagnosisId: uuid('diagnosis_id'),
    terminationId: uuid('termination_id'),
    referredTo: text('referred_to'),
    outcome: text('outcome'),
    noteCipher: bytes('note_cipher'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'screen_positive_steps_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'screen_positive_steps_case',
      columns: [table.countyCode, table.caseId],
      foreignColumns: [screenPositives.countyCode, screenPositives.id],
    }),
    uniqueIndex('screen_positive_steps_in_order')
      .on(table.countyCode, table.caseId, table.ordinal)
      .where(sql`${table.voidedAt} is null`),
    index('screen_positive_steps_by_day').on(table.countyCode, table.toState, table.occurredOn),
    check(
      'screen_positive_steps_way',
      sql`(${table.fromState}, ${table.toState}) in (('RESULT_HIGH', 'CONTACTED'), ('CONTACTED', 'COUNSELLED'), ('COUNSELLED', 'DX_OFFERED'), ('DX_OFFERED', 'DX_DONE'), ('DX_OFFERED', 'DX_DECLINED'), ('DX_DONE', 'NORMAL'), ('DX_DONE', 'ABNORMAL'), ('DX_DECLINED', 'CONTINUE'), ('DX_DECLINED', 'REFERRED'), ('NORMAL', 'CONTINUE'), ('NORMAL', 'REFERRED'), ('ABNORMAL', 'CONTINUE'), ('ABNORMAL', 'TERMINATED_MEDICAL'), ('ABNORMAL', 'REFERRED'), ('CONTINUE', 'OUTCOME_RECORDED'), ('TERMINATED_MEDICAL', 'OUTCOME_RECORDED'), ('REFERRED', 'OUTCOME_RECORDED'))`,
    ),
    // Counselling that leaves out going on with the pregnancy is none.
    check(
      'screen_positive_steps_options',
      sql`${table.toState} not in ('COUNSELLED', 'DX_OFFERED') or (${table.counsellor} is not null and 'CONTINUE_WITH_SUPPORT' = any(${table.options}))`,
    ),
    check(
      'screen_positive_steps_grounds',
      sql`(${table.toState} <> 'DX_DONE' or ${table.diagnosisId} is not null) and (${table.toState} <> 'TERMINATED_MEDICAL' or ${table.terminationId} is not null) and (${table.toState} = 'OUTCOME_RECORDED') = (${table.outcome} is not null)`,
    ),
    check(
      'screen_positive_steps_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)
