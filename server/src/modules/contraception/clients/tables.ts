import { date, foreignKey, index, integer, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { countyCode } from '../../../database/columns.ts'
import { organisations } from '../../organisations/tables.ts'
import { persons } from '../../population/persons/tables.ts'

/** 服务关系: whom a facility has seen, from when until when last. It opens her register entry to that facility. L4. */
export const careClients = pgTable(
  'care_clients',
  {
    countyCode: countyCode(),
    facilityId: uuid('facility_id').notNull(),
    clientId: uuid('client_id').notNull(),
    firstOn: date('first_on', { mode: 'string' }).notNull(),
    lastOn: date('last_on', { mode: 'string' }).notNull(),
    encounters: integer('encounters').notNull(),
  },
  (table) => [
    primaryKey({ name: 'care_clients_pk', columns: [table.countyCode, table.facilityId, table.clientId] }),
    foreignKey({
      name: 'care_clients_person',
      columns: [table.countyCode, table.clientId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'care_clients_facility',
      columns: [table.facilityId],
      foreignColumns: [organisations.id],
    }),
    index('care_clients_by_client').on(table.countyCode, table.clientId),
  ],
)
