import { boolean, foreignKey, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { civilDate, countyCode, id, instant } from '../../../database/columns.ts'
import { persons } from '../../population/persons/tables.ts'

/** Records of care that went with a merge of two records of one person; written by app.merge_care alone, read by nobody. L4. */
export const careMerges = pgTable(
  'care_merges',
  {
    countyCode: countyCode(),
    /** The merge of persons. */
    id: id(),
    keptId: uuid('kept_id').notNull(),
    mergedId: uuid('merged_id').notNull(),
    mergedOn: civilDate('merged_on').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by'),
    undoneAt: instant('undone_at'),
    undoneBy: uuid('undone_by'),
  },
  (table) => [
    primaryKey({ name: 'care_merges_pk', columns: [table.countyCode, table.id] }),
    foreignKey({
      name: 'care_merges_kept',
      columns: [table.countyCode, table.keptId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
    foreignKey({
      name: 'care_merges_merged',
      columns: [table.countyCode, table.mergedId],
      foreignColumns: [persons.countyCode, persons.id],
    }),
  ],
)

/** One row of care that went over, or that the merge changed or made: what it was, and what it was after. L4. */
export const careMergeRows = pgTable(
  'care_merge_rows',
  {
    countyCode: countyCode(),
    mergeId: uuid('merge_id').notNull(),
    relation: text('relation').notNull(),
    /** Of `care_clients`: the facility. */
    rowId: uuid('row_id').notNull(),
    isMoved: boolean('is_moved').notNull(),
    /** Null: made by the merge, or merely moved. */
    was: jsonb('was'),
    stands: jsonb('stands'),
  },
  (table) => [
    primaryKey({
      name: 'care_merge_rows_pk',
      columns: [table.countyCode, table.mergeId, table.relation, table.rowId],
    }),
    foreignKey({
      name: 'care_merge_rows_merge',
      columns: [table.countyCode, table.mergeId],
      foreignColumns: [careMerges.countyCode, careMerges.id],
    }),
  ],
)
