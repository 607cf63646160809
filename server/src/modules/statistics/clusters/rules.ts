import { sumOf } from '../rules-estimate.ts'
import { seededRandom } from './rules-random.ts'

/** Cases in a stretch of time, and the births (or days) in which they could have come. */
export type Stretch = { events: number; exposure: number }

export type Scan = {
  /** The window that chance explains least: first and last stretch, both in it; null without cases above the rest. */
  cluster: {
    from: number
    to: number
    events: number
    expected: number
    /** Observed over expected in the window ÷ the same outside it. */
    ratio: number | null
    logLikelihood: number
    p: number
  } | null
  replicates: number
  seed: number
  longest: number
  method: string
}

type Choice = { replicates?: number; seed?: number; fewest?: number; longestShare?: number }

/**
 * Kulldorff's temporal scan (Kulldorff 1997, discrete Poisson model; Nagarwalla 1996 for one dimension): windows of every
 * length up to half of the time, the one with the greatest likelihood ratio for a raised rate, and how often chance alone
 * reaches it. Given all cases, replicates are multinomial over the exposures: p = (1 + as great or greater) ÷ (1 + replicates).
 */
export function temporalScan(
  stretches: readonly Stretch[],
  { replicates = 999, seed = 1, fewest = 2, longestShare = 0.5 }: Choice = {},
): Scan {
  const longest = Math.max(1, Math.floor(stretches.length * longestShare))
  const cases = sumOf(stretches.map(({ events }) => events))
  const exposure = sumOf(stretches.map((stretch) => stretch.exposure))
  const method = 'Kulldorff temporal scan, discrete Poisson, Monte Carlo'
  const told = { replicates, seed, longest, method }
  if (cases < fewest || exposure <= 0) return { ...told, cluster: null }
  const until = cumulated(stretches.map((stretch) => stretch.exposure / exposure))
  const widest = { cases, until, longest, fewest }
  const found = greatest(
    stretches.map(({ events }) => events),
    widest,
  )
  if (found.to < 0) return { ...told, cluster: null }
  const random = seededRandom(seed)
  let asGreat = 0
  for (let replicate = 0; replicate < replicates; replicate += 1)
    if (greatest(scattered(cases, until, random), widest).logLikelihood >= found.logLikelihood - 1e-9)
      asGreat += 1
  const { from, to, events, logLikelihood } = found
  const expected = cases * (until[to]! - (until[from - 1] ?? 0))
  const [outside, expectedOutside] = [cases - events, cases - expected]
  const ratio = outside === 0 ? null : events / expected / (outside / expectedOutside)
  const p = (1 + asGreat) / (1 + replicates)
  return { ...told, cluster: { from, to, events, expected, ratio, logLikelihood, p } }
}

function cumulated(shares: readonly number[]): number[] {
  let sum = 0
  return shares.map((share) => (sum += share))
}

/** What sums of shares may be off by. */
const NOTHING = 1e-9

type Widest = { cases: number; until: readonly number[]; longest: number; fewest: number }

/** A window that begins or ends without a case is beaten by the shorter one: only stretches with cases are its ends. */
function greatest(events: readonly number[], { cases, until, longest, fewest }: Widest) {
  const places: number[] = []
  for (let place = 0; place < events.length; place += 1) if (events[place]! > 0) places.push(place)
  let best = { from: -1, to: -1, events: 0, logLikelihood: 0 }
  for (let first = 0; first < places.length; first += 1) {
    const from = places[first]!
    const before = until[from - 1] ?? 0
    let inside = 0
    for (let last = first; last < places.length; last += 1) {
      const to = places[last]!
      if (to - from >= longest) break
      inside += events[to]!
      const expected = cases * (until[to]! - before)
      if (inside < fewest || inside < expected + NOTHING) continue
      // ln x ≤ x − 1, and what lies outside only takes away: most windows are ruled out without a logarithm.
      if (inside * (inside / expected - 1) <= best.logLikelihood) continue
      const outside = cases - inside
      const logLikelihood =
        inside * Math.log(inside / expected) +
        (outside === 0 ? 0 : outside * Math.log(outside / (cases - expected)))
      if (logLikelihood > best.logLikelihood) best = { from, to, events: inside, logLikelihood }
    }
  }
  return best
}

/** All cases thrown anew, each where chance puts it. */
function scattered(cases: number, until: readonly number[], random: () => number): number[] {
  const events = until.map(() => 0)
  for (let thrown = 0; thrown < cases; thrown += 1) {
    const at = random()
    let [low, high] = [0, until.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (until[middle]! > at) high = middle
      else low = middle + 1
    }
    events[low]! += 1
  }
  return events
}
