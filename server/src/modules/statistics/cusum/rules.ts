import { sumOf } from '../rules-estimate.ts'
import { averageRunLength, falseAlarmChance } from './rules-run-length.ts'

/** Cases of a month, and how many an unchanged rate would bring. */
export type Watched = { events: number; expected: number }

export type CusumDesign = {
  /** Expected cases of an average month. */
  mean: number
  /** Which multiple of the rate is to be found quickly. */
  multiple: number
  /** k of an average month and h, in cases. */
  reference: number
  limit: number
  /** Months until a false alarm while nothing has changed, on average, and until a true one once the rate is the multiple. */
  inControl: number
  outOfControl: number
  steps: number
  method: string
}

export type Cusum = {
  design: CusumDesign
  /** An alarm at each point that reaches the limit; the sum then begins anew. */
  points: (Watched & { reference: number; sum: number; isAlarm: boolean })[]
  /** The chance that months like these hold at least one false alarm. */
  falseAlarmChance: number
}

const FINEST = 100
const MOST_STATES = 400
const LARGEST_LIMIT = 60

/** k = μ(ρ − 1) ÷ ln ρ, the likelihood-ratio reference value (Lucas 1985). */
export function referenceValue(mean: number, multiple: number): number {
  return (mean * (multiple - 1)) / Math.log(multiple)
}

/** Steps of a case in which k is met to about two in a hundred. */
function stepsFor(reference: number): number {
  return [1, 2, 5, 10, 20, 50].find((steps) => steps * reference >= 25) ?? FINEST
}

const known = new Map<string, CusumDesign>()

/** The smallest limit whose false alarms come no oftener than once in so many months on average. */
export function cusumDesign(mean: number, multiple: number, between: number): CusumDesign {
  const key = `${mean}/${multiple}/${between}`
  const design = known.get(key) ?? designed(mean, multiple, between)
  if (known.size >= 1000) known.clear()
  known.set(key, design)
  return design
}

function designed(mean: number, multiple: number, between: number): CusumDesign {
  const steps = stepsFor(referenceValue(mean, multiple))
  const reference = Math.max(1, Math.round(referenceValue(mean, multiple) * steps))
  const most = Math.min(MOST_STATES, LARGEST_LIMIT * steps)
  const lengthAt = (limit: number, of = mean) => averageRunLength(of, { steps, reference, limit })
  let [low, high] = [0, Math.min(steps, most)]
  while (high < most && lengthAt(high) < between) [low, high] = [high, Math.min(2 * high, most)]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (lengthAt(middle) < between) low = middle
    else high = middle
  }
  return {
    ...{ mean, multiple, steps },
    reference: reference / steps,
    limit: high / steps,
    inControl: lengthAt(high),
    outOfControl: lengthAt(high, mean * multiple),
    method: 'Poisson CUSUM, likelihood-ratio reference value, ARL by Markov chain',
  }
}

/** Upper CUSUM of counts whose expectations differ by month; null where nothing is expected. */
export function cusumChart(
  months: readonly Watched[],
  { multiple = 2, between = 100 }: { multiple?: number; between?: number } = {},
): Cusum | null {
  const mean = months.length === 0 ? 0 : sumOf(months.map(({ expected }) => expected)) / months.length
  if (mean <= 0) return null
  const design = cusumDesign(mean, multiple, between)
  const { steps } = design
  const limit = Math.round(design.limit * steps)
  const run = months.map((month) => ({
    ...month,
    reference: Math.round(referenceValue(month.expected, multiple) * steps),
  }))
  let sum = 0
  const points = run.map(({ events, expected, reference }) => {
    sum = Math.max(0, sum + events * steps - reference)
    const isAlarm = sum >= limit
    const point = { events, expected, reference: reference / steps, sum: sum / steps, isAlarm }
    if (isAlarm) sum = 0
    return point
  })
  return { design, points, falseAlarmChance: falseAlarmChance(run, { steps, limit }) }
}
