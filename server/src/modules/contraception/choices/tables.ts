import { sql, type SQL } from 'drizzle-orm'
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
  uuid,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core'
import {
  ChoiceChannel,
  ChoiceDecision,
  ChoiceMaker,
  ConsentForm,
  ReproductiveIntention,
} from '@youyu/shared/contraception/choices'
import { ExplainedMethod } from '@youyu/shared/contraception/methods'
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
import { mecScreens } from '../eligibility/tables.ts'

const oneOf = (column: AnyPgColumn, codes: readonly string[]): SQL =>
  sql`${column} in (${sql.raw(codes.map((code) => `'${code}'`).join(', '))})`

/** E12: at least two different methods, and that she may use none. */
const explained = sql.raw(
  `'M00' = any(methods_explained) and ${ExplainedMethod.exclude(['M00'])
    .options.map((code) => `('${code}' = any(methods_explained))::int`)
    .join(' + ')} >= 2`,
)

/** 知情选择: what she was told, what she chose, and her own statement that she was free. L4. */
export const informedChoices = pgTable(
  'informed_choices',
  {
    countyCode: countyCode(),
    id: id(),
    clientId: uuid('client_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    counsellorId: uuid('counsellor_id').notNull(),
    channel: text('channel').notNull(),
    /** One session with many clients. */
    groupId: uuid('group_id'),
    intention: text('intention').notNull(),
    methodsExplained: text('methods_explained').array().notNull(),
    effectivenessExplained: boolean('effectiveness_explained').notNull(),
    sideEffectsExplained: boolean('side_effects_explained').notNull(),
    followUpExplained: boolean('follow_up_explained').notNull(),
    stiProtection: boolean('sti_protection').notNull(),
    screenId: uuid('screen_id'),
    /** Null while she has not decided. */
    decision: text('decision'),
    decidedOn: civilDate('decided_on'),
    chosenMethod: text('chosen_method'),
    choiceBy: text('choice_by').notNull(),
    freeOfPressure: boolean('free_of_pressure').notNull(),
    consentForm: text('consent_form'),
    consentReference: text('consent_reference'),
    partnerPresent: boolean('partner_present'),
    noteCipher: bytes('note_cipher'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'informed_choices_pk', columns: [table.countyCode, table.id] }),
    unique('informed_choices_with_day').on(table.countyCode, table.id, table.clientId, table.occurredOn),
    foreignKey({
      name: 'informed_choices_person',
      columns: [table.countyCode, table.clientId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'informed_choices_screen',
      columns: [table.countyCode, table.screenId, table.clientId],
      foreignColumns: [mecScreens.countyCode, mecScreens.id, mecScreens.clientId],
    }),
    index('informed_choices_by_client').on(table.countyCode, table.clientId, table.occurredOn, table.id),
    index('informed_choices_by_facility').on(table.countyCode, table.facilityId, table.occurredOn, table.id),
    index('informed_choices_by_group')
      .on(table.countyCode, table.groupId)
      .where(sql`${table.groupId} is not null`),
    index('informed_choices_by_replaced')
      .on(table.countyCode, table.replaces)
      .where(sql`${table.replaces} is not null`),
    check('informed_choices_two_and_none', explained),
    check('informed_choices_channel', oneOf(table.channel, ChoiceChannel.options)),
    check('informed_choices_group', sql`(${table.groupId} is null) or (${table.channel} = 'GROUP')`),
    check('informed_choices_intention', oneOf(table.intention, ReproductiveIntention.options)),
    check('informed_choices_decision', oneOf(table.decision, ChoiceDecision.options)),
    check('informed_choices_choice_by', oneOf(table.choiceBy, ChoiceMaker.options)),
    check('informed_choices_consent_form', oneOf(table.consentForm, ConsentForm.options)),
    check(
      'informed_choices_decided',
      sql`(${table.decision} is null) = (${table.decidedOn} is null) and ${table.decidedOn} >= ${table.occurredOn}`,
    ),
    check(
      'informed_choices_accepted_freely',
      sql`${table.decision} is distinct from 'ACCEPT' or (${table.freeOfPressure} and ${table.consentForm} is not null and ${table.chosenMethod} is not null)`,
    ),
    check(
      'informed_choices_chosen_of_explained',
      sql`${table.chosenMethod} is null or ${table.chosenMethod} = any(${table.methodsExplained})`,
    ),
    check(
      'informed_choices_chosen_if_accepted',
      sql`(${table.decision} is not distinct from 'ACCEPT') = (${table.chosenMethod} is not null and ${table.chosenMethod} <> 'M00')`,
    ),
    check(
      'informed_choices_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)
