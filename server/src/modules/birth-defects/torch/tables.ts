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
  unique,
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

/** 判读版本, with the document it follows. */
export const torchEditions = pgTable(
  'torch_editions',
  {
    edition: text('edition').notNull(),
    effectiveFrom: civilDate('effective_from').notNull(),
    source: text('source').notNull(),
  },
  (table) => [primaryKey({ name: 'torch_editions_pk', columns: [table.edition] })],
)

/** 判读矩阵: what each combination means and what is advised; null is not tested, and any avidity. */
export const torchCells = pgTable(
  'torch_cells',
  {
    edition: text('edition').notNull(),
    agent: text('agent').notNull(),
    igg: text('igg'),
    igm: text('igm'),
    avidity: text('avidity'),
    isPregnant: boolean('is_pregnant').notNull(),
    meaning: text('meaning').notNull(),
    isActionable: boolean('is_actionable').notNull(),
    retestFromDays: integer('retest_from_days'),
    retestToDays: integer('retest_to_days'),
    adviceZh: text('advice_zh').notNull(),
    adviceEn: text('advice_en').notNull(),
  },
  (table) => [
    unique('torch_cells_once')
      .on(table.edition, table.agent, table.igg, table.igm, table.avidity, table.isPregnant)
      .nullsNotDistinct(),
    foreignKey({
      name: 'torch_cells_edition',
      columns: [table.edition],
      foreignColumns: [torchEditions.edition],
    }),
    check('torch_cells_agent', sql`${table.agent} in ('TOX', 'RUB', 'CMV', 'HSV')`),
    check('torch_cells_retest', sql`${table.retestToDays} >= ${table.retestFromDays}`),
  ],
)

/** 优生四项检测 (L4): one sample of one woman (人); its results are the tests (人次). */
export const torchTests = pgTable(
  'torch_tests',
  {
    countyCode: countyCode(),
    id: id(),
    clientId: uuid('client_id').notNull(),
    chainId: uuid('chain_id'),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    stage: text('stage').notNull(),
    isRetest: boolean('is_retest').notNull(),
    edition: text('edition').notNull(),
    laboratory: text('laboratory'),
    /** The check of the couple that the blood was taken for. */
    checkId: uuid('check_id'),
    /** The order that a laboratory answered. */
    orderId: uuid('order_id'),
    confirmedOn: civilDate('confirmed_on'),
    confirmedBy: uuid('confirmed_by'),
    noteCipher: bytes('note_cipher'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'torch_tests_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'torch_tests_client',
      columns: [table.countyCode, table.clientId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    index('torch_tests_by_facility').on(table.countyCode, table.facilityId, table.occurredOn, table.id),
    index('torch_tests_by_client').on(table.countyCode, table.clientId, table.occurredOn),
    index('torch_tests_by_day').on(table.countyCode, table.occurredOn),
    index('torch_tests_by_check')
      .on(table.countyCode, table.checkId)
      .where(sql`${table.checkId} is not null`),
    index('torch_tests_by_order')
      .on(table.countyCode, table.orderId)
      .where(sql`${table.orderId} is not null`),
    check(
      'torch_tests_stage',
      sql`${table.stage} in ('PRECONCEPTION', 'EARLY_PREGNANCY', 'LATER_PREGNANCY')`,
    ),
    check('torch_tests_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)

/** 检测结果 (L4) per agent; titres and the clinician's words are enciphered. Voided with its test. */
export const torchResults = pgTable(
  'torch_results',
  {
    countyCode: countyCode(),
    id: id(),
    testId: uuid('test_id').notNull(),
    clientId: uuid('client_id').notNull(),
    chainId: uuid('chain_id'),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    agent: text('agent').notNull(),
    igg: text('igg'),
    igm: text('igm'),
    avidity: text('avidity'),
    meaning: text('meaning').notNull(),
    isActionable: boolean('is_actionable').notNull(),
    titresCipher: bytes('titres_cipher'),
    /** What the clinician advised in place of the matrix. */
    adviceCipher: bytes('advice_cipher'),
  },
  (table) => [
    primaryKey({ name: 'torch_results_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'torch_results_test',
      columns: [table.countyCode, table.testId],
      foreignColumns: [torchTests.countyCode, torchTests.id],
    }),
    uniqueIndex('torch_results_once').on(table.countyCode, table.testId, table.agent),
    check('torch_results_agent', sql`${table.agent} in ('TOX', 'RUB', 'CMV', 'HSV')`),
    check(
      'torch_results_serology',
      sql`${table.igg} in ('POS', 'NEG', 'GREY') and ${table.igm} in ('POS', 'NEG', 'GREY') and ${table.avidity} in ('LOW', 'GREY', 'HIGH')`,
    ),
    check('torch_results_something', sql`${table.igg} is not null or ${table.igm} is not null`),
  ],
)

/** 阳性病例 (L4): one agent of one woman, followed from the finding to the end. */
export const torchCases = pgTable(
  'torch_cases',
  {
    countyCode: countyCode(),
    id: id(),
    clientId: uuid('client_id').notNull(),
    chainId: uuid('chain_id'),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    agent: text('agent').notNull(),
    meaning: text('meaning').notNull(),
    isPregnant: boolean('is_pregnant').notNull(),
    testId: uuid('test_id').notNull(),
    foundOn: civilDate('found_on').notNull(),
    state: text('state').notNull(),
    stateOn: civilDate('state_on').notNull(),
    retestFrom: civilDate('retest_from'),
    retestTo: civilDate('retest_to'),
    retestedOn: civilDate('retested_on'),
    closedOn: civilDate('closed_on'),
    closing: text('closing'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'torch_cases_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'torch_cases_test',
      columns: [table.countyCode, table.testId],
      foreignColumns: [torchTests.countyCode, torchTests.id],
    }),
    uniqueIndex('torch_cases_one_open')
      .on(table.countyCode, table.facilityId, table.clientId, table.agent)
      .where(sql`${table.closedOn} is null and ${table.voidedAt} is null`),
    index('torch_cases_by_facility').on(table.countyCode, table.facilityId, table.foundOn, table.id),
    index('torch_cases_open')
      .on(table.countyCode, table.facilityId, table.foundOn, table.id)
      .where(sql`${table.closedOn} is null and ${table.voidedAt} is null`),
    index('torch_cases_by_client').on(table.countyCode, table.clientId),
    index('torch_cases_by_test').on(table.countyCode, table.testId),
    index('torch_cases_by_day').on(table.countyCode, table.foundOn),
    check(
      'torch_cases_state',
      sql`${table.state} in ('FOUND', 'NOTIFIED', 'COUNSELLED', 'RETESTED', 'TREATED', 'REFERRED', 'CLOSED')`,
    ),
    check(
      'torch_cases_closed',
      sql`(${table.state} = 'CLOSED') = (${table.closedOn} is not null) and (${table.closedOn} is null) = (${table.closing} is null)`,
    ),
    check(
      'torch_cases_closing',
      sql`${table.closing} in ('CLEARED', 'PREGNANCY_POSTPONED', 'PREGNANT_FOLLOWED', 'DECLINED', 'LOST')`,
    ),
    check('torch_cases_closed_after', sql`${table.closedOn} >= ${table.foundOn}`),
    check('torch_cases_void_has_reason', sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`),
  ],
)

/** 病例处置 (L4): each step as it was taken; the case is what the steps that stand make of it. */
export const torchCaseSteps = pgTable(
  'torch_case_steps',
  {
    countyCode: countyCode(),
    id: id(),
    caseId: uuid('case_id').notNull(),
    chainId: uuid('chain_id'),
    facilityId: uuid('facility_id').notNull(),
    state: text('state').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    testId: uuid('test_id'),
    closing: text('closing'),
    referredTo: text('referred_to'),
    noteCipher: bytes('note_cipher'),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'torch_case_steps_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'torch_case_steps_case',
      columns: [table.countyCode, table.caseId],
      foreignColumns: [torchCases.countyCode, torchCases.id],
    }),
    index('torch_case_steps_by_case').on(table.countyCode, table.caseId, table.id),
    index('torch_case_steps_by_test')
      .on(table.countyCode, table.testId)
      .where(sql`${table.testId} is not null`),
    check(
      'torch_case_steps_state',
      sql`${table.state} in ('FOUND', 'NOTIFIED', 'COUNSELLED', 'RETESTED', 'TREATED', 'REFERRED', 'CLOSED')`,
    ),
    check('torch_case_steps_closing', sql`(${table.state} = 'CLOSED') = (${table.closing} is not null)`),
    check(
      'torch_case_steps_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)
