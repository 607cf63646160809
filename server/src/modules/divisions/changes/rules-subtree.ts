import { prefixOf, type DivisionCode } from '@youyu/shared/values'

type Row = { code: DivisionCode; parentCode: DivisionCode | null }
type Moved<R extends Row> = { row: R; code: DivisionCode; parentCode: DivisionCode | null }

/**
 * The new codes of a division and all below it under a new root. A part keeps its digits where they are free there,
 * otherwise it takes the next free number of its kind; `used` learns what was taken. Null where no number is left.
 */
export function moveSubtree<R extends Row>(
  root: R,
  to: DivisionCode,
  rows: readonly R[],
  used: Set<string>,
): Moved<R>[] | null {
  const moved: Moved<R>[] = [{ row: root, code: to, parentCode: null }]
  for (let next = 0; next < moved.length; next += 1) {
    const parent = moved[next]!
    const children = rows
      .filter((row) => row.parentCode === parent.row.code)
      .sort((a, b) => (a.code < b.code ? -1 : 1))
    for (const row of children) {
      const digits = prefixOf(row.code).slice(prefixOf(parent.row.code).length)
      const code = firstFree(prefixOf(parent.code), digits, used)
      if (code === null) return null
      used.add(code)
      moved.push({ row, code, parentCode: parent.code })
    }
  }
  return moved
}

/** Kinds of GB/T 10114 and of the villages: streets and towns, communities and villages number apart. */
const kinds = [
  [1, 99],
  [100, 199],
  [200, 399],
  [400, 999],
] as const

function firstFree(prefix: string, digits: string, used: ReadonlySet<string>): DivisionCode | null {
  const codeOf = (number: number) => `${prefix}${String(number).padStart(digits.length, '0')}`.padEnd(12, '0')
  const own = Number(digits)
  if (!used.has(codeOf(own))) return codeOf(own)
  const last = 10 ** digits.length - 1
  const [from, to] = (digits.length === 3 && kinds.find(([low, high]) => own >= low && own <= high)) || [
    1,
    Math.min(last, 99_999),
  ]
  for (const [low, high] of [[from, to] as const, [1, Math.min(last, 99_999)] as const]) {
    for (let number = low; number <= high; number += 1) if (!used.has(codeOf(number))) return codeOf(number)
  }
  return null
}
