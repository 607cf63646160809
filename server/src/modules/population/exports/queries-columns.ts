import type { ExportColumn, ExportFormat } from '@youyu/shared/population/exports'
import {
  educations,
  ethnicities,
  hukouTypes,
  idTypes,
  maritalStatuses,
  relations,
  residenceStatuses,
  sexes,
} from '@youyu/shared/population/value-sets'
import pg from 'pg'

export type Shape = {
  format: ExportFormat
  columns: readonly ExportColumn[]
  unmasked: readonly string[]
  /** Whether the reader's role sees names, birth dates and addresses without a mask. */
  isPlain: boolean
  watermark: string
}

/** Columns whose value only the application can decipher. */
export const ciphered = ['idNumber', 'phone'] as const

export function mustDecipher({ columns, unmasked }: Pick<Shape, 'columns' | 'unmasked'>): boolean {
  return ciphered.some((column) => columns.includes(column) && unmasked.includes(column))
}

/** A code as people read it; machines (NDJSON) keep the code. */
function labelled(
  column: string,
  table: Record<string, readonly [string, string]>,
  { format }: Shape,
): string {
  if (format === 'ndjson') return column
  // In order of the code: the most frequent values come first, `01` Han before the 57 others.
  const byCode = Object.entries(table).sort(([one], [other]) => (one < other ? -1 : 1))
  const cases = byCode.map(([code, [zh]]) => `when ${pg.escapeLiteral(code)} then ${pg.escapeLiteral(zh)}`)
  return `case ${column} ${cases.join(' ')} else ${column} end`
}

/** In CSV a cell that a spreadsheet would run as a formula begins with an apostrophe. */
function written(column: string, { format }: Shape): string {
  // All of these sort before `A`; the comparison spares most rows the expression.
  return format === 'csv'
    ? `case when ${column} collate "C" < 'A' and ${column} ~ E'^[=+\\\\-@\\t\\r]' then '''' || ${column} else ${column} end`
    : column
}

const maskedName = `case char_length(p.name) when 1 then '*' when 2 then left(p.name, 1) || '*'
  else left(p.name, 1) || repeat('*', char_length(p.name) - 2) || right(p.name, 1) end`

function expressionOf(column: ExportColumn, shape: Shape): string {
  const isOpen = shape.isPlain || shape.unmasked.includes(column)
  const isDeciphered = shape.unmasked.includes(column)
  switch (column) {
    case 'name':
      return written(isOpen ? 'p.name' : `(${maskedName})`, shape)
    case 'birthDate':
      return isOpen ? 'p.birth_date::text' : `to_char(p.birth_date, 'YYYY-MM')`
    case 'idNumber':
      return isDeciphered ? 'p.id_number_cipher' : written('p.id_number_mask', shape)
    case 'phone':
      return isDeciphered ? 'p.phone_cipher' : written('p.phone_mask', shape)
    case 'address':
      return isOpen ? written('p.address', shape) : 'null::text'
    case 'residenceSince':
      return shape.isPlain ? 'p.residence_since::text' : 'null::text'
    case 'householdNumber':
      return written('h.number', shape)
    case 'sex':
      return labelled('p.sex', sexes, shape)
    case 'idType':
      return labelled('p.id_type', idTypes, shape)
    case 'ethnicity':
      return labelled('p.ethnicity', ethnicities, shape)
    case 'education':
      return labelled('p.education', educations, shape)
    case 'maritalStatus':
      return labelled('p.marital_status', maritalStatuses, shape)
    case 'hukouType':
      return labelled('p.hukou_type', hukouTypes, shape)
    case 'residenceStatus':
      return labelled('p.residence_status', residenceStatuses, shape)
    case 'relationToHead':
      return labelled('p.relation_to_head', relations, shape)
    case 'hukouDivision':
      return 'p.hukou_division'
    case 'residenceDivision':
      return 'p.residence_division'
  }
}

/** The select list, masks included; the watermark stands last on every row. */
export function columnList(shape: Shape): string {
  const listed = shape.columns.map((column) => `${expressionOf(column, shape)} as "${column}"`)
  return [
    ...listed,
    `${pg.escapeLiteral(shape.format === 'csv' ? shape.watermark.replace(/^(?=[=+\-@])/, "'") : shape.watermark)} as watermark`,
  ].join(', ')
}
