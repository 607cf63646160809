import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { civilDate, countyCode, divisionCode, factColumns, id, instant } from '../../../database/columns.ts'
import { organisations } from '../../organisations/tables.ts'

/** 下乡服务: a team in the villages, with its own counters; items are not persons. */
export const outreachSessions = pgTable(
  'outreach_sessions',
  {
    countyCode: countyCode(),
    id: id(),
    facilityId: uuid('facility_id').notNull(),
    divisionCode: divisionCode('division_code').notNull(),
    kind: text('kind').notNull(),
    occurredOn: civilDate('occurred_on').notNull(),
    /** Days out, villages and work units visited. */
    days: integer('days').notNull(),
    sites: text('sites').array().notNull(),
    workUnits: integer('work_units').notNull(),
    minutes: integer('minutes').notNull(),
    team: text('team').array().notNull(),
    visitingExperts: integer('visiting_experts').notNull(),
    vehicle: text('vehicle'),
    kit: text('kit').array().notNull(),
    clients: integer('clients').notNull(),
    ultrasound: integer('ultrasound').notNull(),
    gynaecology: integer('gynaecology').notNull(),
    breast: integer('breast').notNull(),
    laboratory: integer('laboratory').notNull(),
    treated: integer('treated').notNull(),
    iudIn: integer('iud_in').notNull(),
    iudOut: integer('iud_out').notNull(),
    supplies: integer('supplies').notNull(),
    leaflets: integer('leaflets').notNull(),
    consultations: integer('consultations').notNull(),
    audience: integer('audience').notNull(),
    note: text('note'),
    ...factColumns(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ name: 'outreach_sessions_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'outreach_sessions_facility',
      columns: [table.facilityId],
      foreignColumns: [organisations.id],
    }),
    index('outreach_sessions_by_day').on(table.countyCode, table.occurredOn, table.id),
    check(
      'outreach_sessions_kind',
      sql`${table.kind} in ('ROUND', 'FREE_CLINIC', 'EXPERTS', 'EDUCATION', 'TRAINING')`,
    ),
    check(
      'outreach_sessions_extent',
      sql`${table.days} between 1 and 366 and ${table.minutes} >= 0 and ${table.workUnits} >= 0 and ${table.visitingExperts} >= 0`,
    ),
    check(
      'outreach_sessions_counts',
      sql`least(${table.clients}, ${table.ultrasound}, ${table.gynaecology}, ${table.breast}, ${table.laboratory}, ${table.treated}, ${table.iudIn}, ${table.iudOut}, ${table.supplies}, ${table.leaflets}, ${table.consultations}, ${table.audience}) >= 0`,
    ),
    check(
      'outreach_sessions_void_has_reason',
      sql`(${table.voidedAt} is null) = (${table.voidReason} is null)`,
    ),
  ],
)
