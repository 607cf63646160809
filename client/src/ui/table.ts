/** A column of DataTable. The cell shows slot `cell-<key>`, else `text(row)`, else `row[key]`. */
export type Column<Row> = {
  key: string
  label: string
  text?: (row: Row) => string | number | null
  /** CSS width: '9rem'. */
  width?: string
  align?: 'start' | 'end'
  /** Digits of one width. */
  numeric?: boolean
  sortable?: boolean
  /** Names the row: always shown, title of the card on a phone. The first column if none says so. */
  primary?: boolean
  /** Not shown until chosen in the column settings. */
  optional?: boolean
}

export type Sort = { key: string; direction: 'ascending' | 'descending' }

export type ColumnSettings = { order: string[]; hidden: string[] }

/** The columns to show, in the user's order; new columns of a release appear where they stand. */
export function shownColumns<Row>(
  columns: readonly Column<Row>[],
  settings: ColumnSettings | undefined,
): Column<Row>[] {
  const hidden = new Set(
    settings?.hidden ?? columns.filter((column) => column.optional).map((column) => column.key),
  )
  const place = new Map((settings?.order ?? []).map((key, index) => [key, index]))
  return columns
    .map((column, index) => ({ column, rank: place.get(column.key) ?? index }))
    .filter(({ column }, index) => column.primary || index === 0 || !hidden.has(column.key))
    .sort((a, b) => a.rank - b.rank)
    .map(({ column }) => column)
}

export function cellText<Row>(column: Column<Row>, row: Row): string {
  const value = column.text ? column.text(row) : (row as Record<string, string | number | null>)[column.key]
  return value === null || value === undefined || value === '' ? '—' : String(value)
}
