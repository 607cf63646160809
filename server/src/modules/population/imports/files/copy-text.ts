/** One line of COPY's text format; null is `\N`. */
export function copyLine(cells: readonly (string | null)[]): string {
  let line = ''
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index]
    if (index > 0) line += '\t'
    line += cell === null || cell === undefined ? '\\N' : escaped(cell)
  }
  return `${line}\n`
}

function escaped(cell: string): string {
  if (!/[\\\t\n\r]/.test(cell)) return cell
  return cell.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
}

/** bytea in COPY's text format; `escaped` doubles the backslash. */
export const copyBytes = (bytes: Buffer | null): string | null => bytes && `\\x${bytes.toString('hex')}`
