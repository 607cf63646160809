/** Rows of a small CSV file by the names of its first line; quotes as spreadsheets write them. */
export function rowsOf(file: string): Record<string, string>[] {
  const [head = [], ...lines] = cellsOf(file.replace(/^\uFEFF/, ''))
  return lines
    .filter((cells) => cells.some((cell) => cell.trim() !== ''))
    .map((cells) => Object.fromEntries(head.map((name, index) => [name.trim(), (cells[index] ?? '').trim()])))
}

function cellsOf(file: string): string[][] {
  const lines: string[][] = [[]]
  let cell = ''
  let isQuoted = false
  const end = () => {
    lines.at(-1)!.push(cell)
    cell = ''
  }
  for (let at = 0; at < file.length; at += 1) {
    const character = file[at]!
    if (isQuoted) {
      if (character !== '"') cell += character
      else if (file[at + 1] === '"') {
        cell += '"'
        at += 1
      } else isQuoted = false
    } else if (character === '"') isQuoted = true
    else if (character === ',') end()
    else if (character === '\n') {
      end()
      lines.push([])
    } else if (character !== '\r') cell += character
  }
  end()
  return lines
}

/** 12.34 yuan as 1234 fen; what is no amount stays what it is, and the server says so. */
export function fenOf(text: string): number {
  return Math.round(Number(text.replaceAll(',', '')) * 100)
}
