import type { LabResultRow } from '@youyu/shared/birth-defects/laboratory'
import { withoutFetalSex } from '@youyu/shared/birth-defects/fetal-sex'
import { tellsOfSexChromosomes } from '@youyu/shared/birth-defects/lab-codes'

/** What a laboratory sends of a note, without what may not be told before birth (E7). */
export function noteOf(row: LabResultRow): { note: string | undefined; stripped: boolean } {
  if (row.note === undefined) return { note: undefined, stripped: false }
  const { text, stripped } = withoutFetalSex(row.note)
  return { note: text === '' ? undefined : text, stripped }
}

/** What is wrong with a row whatever the order: of sex chromosomes nothing is taken, and an answer has something in it. */
export function wrongWith(row: LabResultRow): string | undefined {
  if (tellsOfSexChromosomes(row.analyte)) return 'fetal-sex'
  if (row.flag === undefined && row.number === undefined) return 'required'
  return undefined
}

const fields: Record<string, string> = {
  'unknown-barcode': 'barcode',
  'order-closed': 'barcode',
  'unknown-analyte': 'analyte',
  'fetal-sex': 'analyte',
  'fetal-sex-removed': 'note',
  'invalid-date': 'measuredOn',
  'unit-differs': 'unit',
  'number-not-expected': 'number',
  'flag-not-allowed': 'flag',
  'flag-required': 'flag',
  required: 'flag',
  'result-differs': 'correction',
  'repeated-row': 'analyte',
}

export function pointerOf(row: number, code: string): string {
  return `/rows/${row}/${fields[code] ?? ''}`
}
