import { Barcode } from '@youyu/shared/birth-defects/lab-codes'
import type { LabPanel, LabResultRow } from '@youyu/shared/birth-defects/laboratory'
import { readCell } from './cell-values.ts'

/** A row of the table as it is typed; what the answer said was wrong stands under its cell. */
export type Line = { barcode: string; cells: Record<string, string>; problems: Record<string, string> }

export const emptyLine = (): Line => ({ barcode: '', cells: {}, problems: {} })

type Read = {
  rows: Partial<LabResultRow>[]
  /** Of each row sent: line and analyte, as `line/analyte`. */
  places: string[]
  /** Cells that cannot be read. */
  wrong: Set<string>
}

export function rowsIn(
  lines: readonly Line[],
  analytes: readonly LabPanel['analytes'][number][],
  measuredOn: string,
): Read {
  const read: Read = { rows: [], places: [], wrong: new Set() }
  lines.forEach((line, index) => {
    const typed = analytes.filter(({ code }) => (line.cells[code] ?? '').trim() !== '')
    if (line.barcode.trim() === '' && typed.length === 0) return
    const barcode = Barcode.safeParse(line.barcode)
    if (!barcode.success) read.wrong.add(`${index}/barcode`)
    for (const { code, flags, hasNumber } of typed) {
      const place = `${index}/${code}`
      const value = readCell(line.cells[code] ?? '', flags, hasNumber)
      if (value === null || 'wrong' in value) read.wrong.add(place)
      else if (barcode.success) {
        read.rows.push({ barcode: barcode.data, analyte: code, measuredOn, ...value })
        read.places.push(place)
      }
    }
  })
  return read
}

/** What is left of a line after the answer: the cells that were not taken. */
export function lineOf(line: Line, index: number, problems: ReadonlyMap<string, string>): Line {
  const left = Object.keys(line.cells).filter((code) => problems.has(`${index}/${code}`))
  return {
    barcode: line.barcode,
    cells: Object.fromEntries(left.map((code) => [code, line.cells[code] ?? ''])),
    problems: Object.fromEntries(left.map((code) => [code, problems.get(`${index}/${code}`) ?? ''])),
  }
}
