export type ComparedLine = { kind: 'same' | 'gone' | 'new'; text: string }

/** Two texts line by line: the longest common lines stay, the rest is gone or new. */
export function linesCompared(before: readonly string[], after: readonly string[]): ComparedLine[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0))
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      lengths[i]![j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const lines: ComparedLine[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    if (i < before.length && before[i] === after[j]) {
      lines.push({ kind: 'same', text: before[i]! })
      i += 1
      j += 1
    } else if (i < before.length && (j >= after.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: 'gone', text: before[i]! })
      i += 1
    } else {
      lines.push({ kind: 'new', text: after[j]! })
      j += 1
    }
  }
  return lines
}
