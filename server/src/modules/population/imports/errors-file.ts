import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import type { FastifyRequest } from 'fastify'
import { errorCodes, type ErrorCode } from '@youyu/shared/errors'
import type { ImportError } from '@youyu/shared/population/imports'
import type { Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { UNREADABLE_ROW } from './files/records.ts'
import { rowCell } from './loading.ts'
import { listErrors, rejectedRows, type RejectedRow } from './queries-errors.ts'
import { findImport, type ImportRow } from './queries.ts'
import { BYTE_ORDER_MARK, isFormula } from './rules-format.ts'
import { errorColumns } from './rules-mapping.ts'
import { assertMayHandle } from './wishes.ts'

const AT_ONCE = 1000

export async function errorsFor(
  office: Office,
  access: Access,
  id: string,
  asked: { limit: number; cursor?: string | undefined; code?: ErrorCode | undefined },
): Promise<Page<ImportError>> {
  const after = keyIn(asked.cursor, ['number', 'number'])
  return await reading(office.db, access, async (tx) => {
    const kept = await findImport(tx, access, id)
    if (!kept) throw new Refused('not-found')
    const rows = await listErrors(tx, kept, { code: asked.code, after, limit: asked.limit + 1 })
    return pageOf(
      rows,
      asked.limit,
      ({ row, column, valueMask: value, code }) => ({
        row,
        column,
        value,
        code,
        zh: errorCodes[code][1],
        en: errorCodes[code][2],
      }),
      ({ row, position }) => [row, position],
    )
  })
}

/** The rejected rows as they were, to be corrected and loaded again: whole numbers leave, so the log says who took them. */
export async function errorFile(
  office: Office,
  { access, actor }: Pick<FastifyRequest, 'access' | 'actor'>,
  id: string,
): Promise<{ name: string; stream: Readable }> {
  const kept = await transaction(office.db, access, async (tx) => {
    const row = await findImport(tx, access, id)
    if (!row) throw new Refused('not-found')
    assertMayHandle(actor, row.kind)
    await record(
      tx,
      access,
      {
        action: 'export',
        entity: 'import',
        entityId: id,
        division: row.divisionCode,
        fields: ['rejected-rows'],
      },
      office.now(),
    )
    return row
  })
  return {
    name: `${kept.fileName.replace(/\.[^.]*$/, '')}-errors.csv`,
    stream: Readable.from(linesOf(office, access, kept)),
  }
}

async function* linesOf(office: Office, access: Access, kept: ImportRow): AsyncGenerator<string> {
  const headers = kept.headers
    .map((header, index) => ({ header, index }))
    .filter(({ header }) => !errorColumns.includes(header) && kept.mapping[header] !== null)
  yield BYTE_ORDER_MARK + stringify([[...headers.map(({ header }) => header), ...errorColumns]])
  for (let after = -1; ;) {
    const rows = await reading(office.db, access, (tx) => rejectedRows(tx, kept, after, AT_ONCE))
    yield stringify(
      rows.map((row) => {
        const cells = cellsOf(office, kept, row)
        return [
          ...headers.map(({ index }) => harmless(cells[index] ?? '')),
          String(row.row),
          reasons(row, 1),
          reasons(row, 2),
        ]
      }),
    )
    const last = rows.at(-1)
    if (!last || rows.length < AT_ONCE) return
    after = last.row
  }
}

function cellsOf(office: Office, kept: ImportRow, { row, rowCipher }: RejectedRow): string[] {
  const cells = JSON.parse(office.ciphers.importRow.decipher(rowCipher, rowCell(kept, row))) as string[]
  return cells[0] === UNREADABLE_ROW ? cells.slice(1) : cells
}

function reasons({ faults }: RejectedRow, language: 1 | 2): string {
  return faults
    .map(({ column, code }) =>
      column === null ? errorCodes[code][language] : `${column}: ${errorCodes[code][language]}`,
    )
    .join('; ')
}

/** A spreadsheet does not run what begins with an apostrophe. */
const harmless = (cell: string) => (isFormula(cell) || /^[\t\r]/.test(cell) ? `'${cell}` : cell)

/** The header of a kind and one example row, as a spreadsheet opens it. */
export function templateFile(
  fields: readonly { key: string; zh: string; en: string; example: string }[],
  language: 'zh-CN' | 'en',
): string {
  return (
    BYTE_ORDER_MARK +
    stringify([
      fields.map((field) => (language === 'en' ? field.key : field.zh)),
      fields.map((field) => field.example),
    ])
  )
}
