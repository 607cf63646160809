/** What kind of file its first bytes betray, where it is not text. */
export function foreignFormat(head: Uint8Array): { zh: string; en: string } | null {
  const starts = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte)
  if (starts(0x50, 0x4b))
    return { zh: 'Excel（xlsx）或压缩包', en: 'an Excel workbook (xlsx) or a zip archive' }
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return { zh: '旧版 Excel（xls）', en: 'an old Excel workbook (xls)' }
  if (starts(0x25, 0x50, 0x44, 0x46)) return { zh: 'PDF', en: 'a PDF' }
  if (starts(0x1f, 0x8b)) return { zh: 'gzip 压缩文件', en: 'a gzip archive' }
  return null
}

export const BYTE_ORDER_MARK = '\ufeff'

export type FileFormat = 'csv' | 'tsv' | 'ndjson'
export type Delimiter = ',' | '\t' | ';'

/** NDJSON begins with a brace; else the separator that occurs most often in the header, outside quotes. */
export function formatOf(text: string): { format: FileFormat; delimiter: Delimiter } {
  const start = text.replace(BYTE_ORDER_MARK, '').trimStart()
  if (start.startsWith('{')) return { format: 'ndjson', delimiter: ',' }
  const header = (start.split(/\r\n|\n|\r/, 1)[0] ?? '').replaceAll(/"[^"]*"/g, '')
  const count = (delimiter: string) => header.split(delimiter).length - 1
  const candidates: Delimiter[] = [',', '\t', ';']
  const delimiter = candidates.reduce((best, each) => (count(each) > count(best) ? each : best))
  return { format: delimiter === '\t' ? 'tsv' : 'csv', delimiter }
}

/** A spreadsheet would run it; here it stays text. A sign before a plain number is no formula. */
export function isFormula(cell: string): boolean {
  const first = cell.charCodeAt(0)
  if (first === 0x3d || first === 0x40) return true
  return (first === 0x2b || first === 0x2d) && cell.length > 1 && !/^[+-][\d\s().,-]*$/.test(cell)
}
