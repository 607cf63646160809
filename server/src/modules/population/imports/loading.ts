import type { ErrorCode } from '@youyu/shared/errors'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import type { FileRow } from './files/records.ts'
import { insertErrors, type ErrorRow } from './queries-errors.ts'
import type { ImportRow } from './queries.ts'
import { maskedValue } from './rules-masks.ts'

/** One import under way. */
export type Loading = {
  office: Office
  access: Access
  row: ImportRow
  /** The register: rolled back in a dry run. */
  register: Transaction
  /** Errors, counts and the end of the job: kept in a dry run too. */
  book: Transaction
  /** Column number per field key. */
  columns: ReadonlyMap<string, number>
  now: Date
  today: string
  tally: Tally
  isStopping: () => void
}

export type Tally = {
  rowsRead: number
  rowsAccepted: number
  rowsRejected: number
  rowsMatched: number
  rowsForReview: number
  findings: Record<string, number>
}

export type Fault = { key: string | null; code: ErrorCode }
export type Rejection = { row: FileRow; faults: readonly Fault[] }

/** Rows per statement: long enough for set-based work, short enough to hold two of them in memory. */
export const CHUNK = 20_000

export const cellReader =
  ({ columns }: Loading, row: FileRow) =>
  (key: string): string => {
    const index = columns.get(key)
    return index === undefined ? '' : (row.cells[index] ?? '')
  }

/** Writes rejected rows down: the values masked, the row itself enciphered. */
export async function reject(
  { book, office, row: kept, columns, tally }: Loading,
  rejections: readonly Rejection[],
): Promise<void> {
  const errors: ErrorRow[] = rejections.flatMap(({ row, faults }) =>
    faults.map(({ key, code }, position) => {
      const index = key === null ? undefined : columns.get(key)
      return {
        row: row.number,
        position,
        column: key === null ? null : index === undefined ? key : (kept.headers[index] ?? key),
        valueMask: index === undefined ? null : maskedValue(kept.kind, key, row.cells[index] ?? ''),
        code,
        rowCipher:
          position === 0
            ? office.ciphers.importRow.encipher(JSON.stringify(row.cells), rowCell(kept, row.number))
            : null,
      }
    }),
  )
  tally.rowsRejected += rejections.length
  await insertErrors(book, kept, errors)
}

export const rowCell = ({ countyCode, id }: ImportRow, row: number) => ({
  county: countyCode,
  id: `${id}:${row}`,
})

export function addFindings(tally: Tally, found: Record<string, number>): void {
  for (const [finding, count] of Object.entries(found))
    tally.findings[finding] = (tally.findings[finding] ?? 0) + count
}
