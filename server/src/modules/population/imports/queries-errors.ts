import { and, asc, eq, gt, or, sql } from 'drizzle-orm'
import type { ErrorCode } from '@youyu/shared/errors'
import type { Transaction } from '../../../database/connect.ts'
import type { ImportRow } from './queries.ts'
import { importErrors } from './tables.ts'

export type ErrorRow = {
  row: number
  position: number
  column: string | null
  valueMask: string | null
  code: ErrorCode
  rowCipher: Buffer | null
}

const AT_ONCE = 2000

export async function insertErrors(
  tx: Transaction,
  { countyCode, id }: ImportRow,
  errors: readonly ErrorRow[],
): Promise<void> {
  for (let start = 0; start < errors.length; start += AT_ONCE) {
    const some = errors.slice(start, start + AT_ONCE)
    await tx.client.query(
      `insert into import_errors (county_code, import_id, row, position, "column", value_mask, code, row_cipher)
       select $1, $2, * from unnest($3::int[], $4::smallint[], $5::text[], $6::text[], $7::text[], $8::bytea[])`,
      [
        countyCode,
        id,
        some.map((error) => error.row),
        some.map((error) => error.position),
        some.map((error) => error.column),
        some.map((error) => error.valueMask),
        some.map((error) => error.code),
        some.map((error) => error.rowCipher),
      ],
    )
  }
}

const ofImport = ({ countyCode, id }: ImportRow) =>
  and(eq(importErrors.countyCode, countyCode), eq(importErrors.importId, id))

type Wanted = { code: ErrorCode | undefined; after: readonly [number, number] | null; limit: number }

export async function listErrors(tx: Transaction, row: ImportRow, { code, after, limit }: Wanted) {
  return await tx
    .select({
      row: importErrors.row,
      position: importErrors.position,
      column: importErrors.column,
      valueMask: importErrors.valueMask,
      code: importErrors.code,
    })
    .from(importErrors)
    .where(
      and(
        ofImport(row),
        code && eq(importErrors.code, code),
        after
          ? or(
              gt(importErrors.row, after[0]),
              and(eq(importErrors.row, after[0]), gt(importErrors.position, after[1])),
            )
          : undefined,
      ),
    )
    .orderBy(asc(importErrors.row), asc(importErrors.position))
    .limit(limit)
}

export type RejectedRow = {
  row: number
  rowCipher: Buffer
  faults: { column: string | null; code: ErrorCode }[]
}

/** Rejected rows after a row number, each with all its faults. */
export async function rejectedRows(
  tx: Transaction,
  kept: ImportRow,
  after: number,
  limit: number,
): Promise<RejectedRow[]> {
  const { rows } = await tx.execute<{ row: number; row_cipher: Buffer; faults: RejectedRow['faults'] }>(sql`
    select e.row, e.row_cipher, (
      select jsonb_agg(jsonb_build_object('column', f."column", 'code', f.code) order by f.position)
      from import_errors f where f.county_code = e.county_code and f.import_id = e.import_id and f.row = e.row) as faults
    from import_errors e
    where e.county_code = ${kept.countyCode} and e.import_id = ${kept.id} and e.position = 0 and e.row > ${after}
    order by e.row limit ${limit}`)
  return rows.map(({ row, row_cipher: rowCipher, faults }) => ({ row, rowCipher, faults }))
}
