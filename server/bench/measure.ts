export type Result = {
  name: string
  ratio: number
  better: 'higher' | 'lower'
  ours: number
  base: number
  n: number
  goal: number
  unit: string
}

export type Options = {
  persons: number
  rounds: number
  only: string | undefined
  /** A directory whose databases stay, and are there already the next time. */
  keep: string | undefined
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number
}

type Comparison = Pick<Result, 'name' | 'better' | 'goal' | 'unit'> & {
  rounds: number
  ours: (round: number) => Promise<number>
  base: (round: number) => Promise<number>
}

/** Ours and its base in turn, round by round; the ratio is the median of the rounds' own ratios. */
export async function compare({ name, better, goal, unit, rounds, ours, base }: Comparison): Promise<Result> {
  const pairs: { ours: number; base: number }[] = []
  for (let round = 0; round < rounds; round += 1) {
    const oursFirst = round % 2 === 0
    const first = await (oursFirst ? ours : base)(round)
    const second = await (oursFirst ? base : ours)(round)
    pairs.push(oursFirst ? { ours: first, base: second } : { ours: second, base: first })
  }
  const result = {
    name,
    better,
    goal,
    unit,
    ratio: median(pairs.map((pair) => pair.ours / pair.base)),
    ours: median(pairs.map((pair) => pair.ours)),
    base: median(pairs.map((pair) => pair.base)),
    n: rounds,
  }
  console.log(line(result))
  return result
}

export function line({ name, ratio, goal, better, ours, base, unit }: Result): string {
  const isReached = better === 'higher' ? ratio >= goal : ratio <= goal
  const sign = better === 'higher' ? '≥' : '≤'
  return `${name.padEnd(18)} ${ratio.toFixed(2).padStart(7)}  goal ${sign} ${String(goal).padEnd(4)} ${isReached ? 'reached' : 'MISSED '}  ours ${ours.toFixed(1)}  base ${base.toFixed(1)} ${unit}`
}
