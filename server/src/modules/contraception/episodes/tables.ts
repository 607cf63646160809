import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { civilDate, countyCode, divisionCode, factColumns, id } from '../../../database/columns.ts'
import { persons } from '../../population/persons/tables.ts'
import { informedChoices } from '../choices/tables.ts'
import { procedures } from '../procedures/tables.ts'

/**
 * 避孕措施记录. What was said of its end is kept apart from the end itself: a method also ends where the next one begins,
 * and goes on when that is voided. So the order of recording does not matter. L4.
 */
export const methodEpisodes = pgTable(
  'method_episodes',
  {
    countyCode: countyCode(),
    id: id(),
    clientId: uuid('client_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    /** What counting needs of her, as of the recording. */
    birthYear: smallint('birth_year').notNull(),
    inUnion: boolean('in_union').notNull(),
    method: text('method').notNull(),
    deviceType: text('device_type'),
    lotId: uuid('lot_id'),
    startedOn: civilDate('started_on').notNull(),
    startContext: text('start_context').notNull(),
    ownSource: text('own_source').notNull(),
    expectedEndOn: civilDate('expected_end_on'),
    statedEndOn: civilDate('stated_end_on'),
    statedEndReason: text('stated_end_reason'),
    /** The procedure that took it out. */
    endProcedureId: uuid('end_procedure_id'),
    /** As stated, or the start of the next; set by app.settle_methods alone. */
    endedOn: civilDate('ended_on'),
    endReason: text('end_reason'),
    choiceId: uuid('choice_id'),
    choiceOn: civilDate('choice_on'),
    procedureId: uuid('procedure_id'),
    isDual: boolean('is_dual').notNull(),
    findings: text('findings')
      .array()
      .notNull()
      .default(sql`'{}'`),
    ...factColumns(),
  },
  (table) => [
    primaryKey({ name: 'method_episodes_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'method_episodes_person',
      columns: [table.countyCode, table.clientId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'method_episodes_choice',
      columns: [table.countyCode, table.choiceId, table.clientId, table.choiceOn],
      foreignColumns: [
        informedChoices.countyCode,
        informedChoices.id,
        informedChoices.clientId,
        informedChoices.occurredOn,
      ],
    }),
    foreignKey({
      name: 'method_episodes_procedure',
      columns: [table.countyCode, table.procedureId],
      foreignColumns: [procedures.countyCode, procedures.id],
    }),
    foreignKey({
      name: 'method_episodes_end_procedure',
      columns: [table.countyCode, table.endProcedureId],
      foreignColumns: [procedures.countyCode, procedures.id],
    }),
    index('method_episodes_by_client').on(table.countyCode, table.clientId, table.startedOn),
    index('method_episodes_by_facility').on(table.countyCode, table.facilityId, table.startedOn, table.id),
    index('method_episodes_by_procedure')
      .on(table.countyCode, table.procedureId)
      .where(sql`${table.procedureId} is not null`),
    index('method_episodes_expiring')
      .on(table.countyCode, table.expectedEndOn)
      .where(sql`${table.endedOn} is null and ${table.voidedAt} is null`),
    index('method_episodes_by_replaced')
      .on(table.countyCode, table.replaces)
      .where(sql`${table.replaces} is not null`),
    check(
      'method_episodes_is_a_method',
      sql`${table.method} ~ '^M[0-9]{2}$' and ${table.method} not in ('M00', 'M85')`,
    ),
    check('method_episodes_dual', sql`not ${table.isDual} or ${table.method} in ('M70', 'M71')`),
    check(
      'method_episodes_context',
      sql`${table.startContext} in ('INTERVAL', 'POSTPARTUM', 'POSTABORTION', 'SWITCH', 'EC')`,
    ),
    check('method_episodes_own_source', sql`${table.ownSource} in ('FREE', 'PURCHASED', 'UNKNOWN')`),
    check('method_episodes_stated_in_order', sql`${table.startedOn} <= ${table.statedEndOn}`),
    check('method_episodes_in_order', sql`${table.startedOn} <= ${table.endedOn}`),
    check(
      'method_episodes_end_has_reason',
      sql`(${table.endedOn} is null) = (${table.endReason} is null) and (${table.statedEndOn} is null) = (${table.statedEndReason} is null)`,
    ),
    check(
      'method_episodes_end_reason',
      sql`${table.endReason} in ('PLANS_PREGNANCY', 'EXPIRED', 'SWITCHED', 'SIDE_EFFECT', 'METHOD_FAILURE', 'EXPULSION', 'MEDICAL', 'MENOPAUSE', 'NO_NEED', 'PREFERENCE', 'DEATH', 'MOVED', 'UNKNOWN')`,
    ),
    check(
      'method_episodes_choice_first',
      sql`(${table.choiceId} is null) = (${table.choiceOn} is null) and ${table.choiceOn} <= ${table.startedOn}`,
    ),
    check(
      'method_episodes_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)
