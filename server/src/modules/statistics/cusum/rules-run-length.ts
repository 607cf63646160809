import { poissonCdf } from '../distributions/rules-counts.ts'

/** A CUSUM of Poisson counts on a lattice: `reference` and `limit` in steps of 1 ÷ `steps` of a case. */
export type Lattice = { steps: number; reference: number; limit: number }

/** P(exactly n) for n = 0, 1, … until the rest is nothing. */
function probabilities(mean: number): number[] {
  const list: number[] = []
  let before = 0
  for (let count = 0; before < 1 - 1e-13 && count < 10_000; count += 1) {
    const reached = poissonCdf(count, mean)
    list.push(reached - before)
    before = reached
  }
  return list
}

/**
 * How many counts pass on average until the CUSUM max(0, S + x − k) reaches its limit (Lucas 1985; Markov chain of Brook &
 * Evans 1972, exact on the lattice). `start` is a head start in steps.
 */
export function averageRunLength(mean: number, { steps, reference, limit }: Lattice, start = 0): number {
  const chances = probabilities(mean)
  const width = limit + 1
  // (I − R) · L = 1 over the states 0 … limit − 1, the ones on the right as last column.
  const rows = Array.from({ length: limit }, (_, state) => {
    const row = new Float64Array(width)
    row[state] = 1
    row[limit] = 1
    chances.forEach((chance, count) => {
      const next = Math.max(0, state + count * steps - reference)
      if (next < limit) row[next] = row[next]! - chance
    })
    return row
  })
  for (let pivot = 0; pivot < limit; pivot += 1) {
    const row = rows[pivot]!
    for (let below = pivot + 1; below < limit; below += 1) {
      const other = rows[below]!
      const factor = other[pivot]! / row[pivot]!
      if (factor === 0) continue
      for (let column = pivot; column < width; column += 1) other[column]! -= factor * row[column]!
    }
  }
  const lengths = new Float64Array(limit)
  for (let state = limit - 1; state >= 0; state -= 1) {
    const row = rows[state]!
    let rest = row[limit]!
    for (let column = state + 1; column < limit; column += 1) rest -= row[column]! * lengths[column]!
    lengths[state] = rest / row[state]!
  }
  return lengths[start]!
}

/** The chance of at least one false alarm in a run whose expectations are known, in control all the while. */
export function falseAlarmChance(
  run: readonly { expected: number; reference: number }[],
  { steps, limit }: Pick<Lattice, 'steps' | 'limit'>,
): number {
  let standing = new Float64Array(limit)
  standing[0] = 1
  for (const { expected, reference } of run) {
    const chances = probabilities(expected)
    const next = new Float64Array(limit)
    for (let state = 0; state < limit; state += 1) {
      const here = standing[state]!
      if (here === 0) continue
      for (let count = 0; count < chances.length; count += 1) {
        const at = Math.max(0, state + count * steps - reference)
        if (at < limit) next[at]! += here * chances[count]!
      }
    }
    standing = next
  }
  return 1 - standing.reduce((sum, chance) => sum + chance, 0)
}
