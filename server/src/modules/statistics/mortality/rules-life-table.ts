import { unknown, Z95, type Estimate } from '../rules-estimate.ts'

export type Sex = 'male' | 'female' | 'both'

/** Deaths and mean population (person-years) from an age up to the next group's; the last group is open. */
export type AgeGroupAtRisk = { fromAge: number; deaths: number; population: number }

export type LifeTableRow = {
  fromAge: number
  /** Years in the group; null for the open one. */
  width: number | null
  /** Central death rate, mean years lived by those who die, probability of dying. */
  m: number
  a: number
  q: number
  /** Survivors of 100 000, deaths, years lived, years still to be lived, expectation. */
  l: number
  d: number
  L: number
  T: number
  e: number
  /** Variance of the expectation (Chiang). */
  variance: number
}

export type LifeTable = { rows: LifeTableRow[]; expectancyAtBirth: Estimate; method: string }

const RADIX = 100_000
const METHOD = 'Chiang 1984; a0 and 4a1 Coale–Demeny West (Preston et al. 2001, table 3.3); otherwise n/2'

/** Below m0 = 0.107: intercept and slope of 1a0 and of 4a1 on m0; from there on the constants. */
const coaleDemenyWest = {
  male: { infant: [0.045, 2.684, 0.33], child: [1.651, -2.816, 1.352] },
  female: { infant: [0.053, 2.8, 0.35], child: [1.522, -1.518, 1.361] },
} as const

function earlyYearsLived(sex: Sex, m0: number): { infant: number; child: number } {
  if (sex === 'both') {
    const [male, female] = [earlyYearsLived('male', m0), earlyYearsLived('female', m0)]
    return { infant: (male.infant + female.infant) / 2, child: (male.child + female.child) / 2 }
  }
  const at = ([intercept, slope, above]: readonly [number, number, number]) =>
    m0 >= 0.107 ? above : intercept + slope * m0
  return { infant: at(coaleDemenyWest[sex].infant), child: at(coaleDemenyWest[sex].child) }
}

function isUsable(groups: readonly AgeGroupAtRisk[]): boolean {
  const last = groups.at(-1)
  return (
    groups[0]?.fromAge === 0 &&
    last !== undefined &&
    last.deaths > 0 &&
    groups.every(({ population }) => population > 0) &&
    groups.every(({ fromAge }, index) => index === 0 || fromAge > (groups[index - 1]?.fromAge ?? 0))
  )
}

/**
 * A period life table, abridged (0, 1–4, 5–9 … open) or by single years: the ages given decide. Null where it cannot be
 * made: an age group without population, or an open group without deaths.
 */
export function lifeTable(groups: readonly AgeGroupAtRisk[], sex: Sex): LifeTable | null {
  if (!isUsable(groups)) return null
  const early = earlyYearsLived(sex, (groups[0]?.deaths ?? 0) / (groups[0]?.population ?? 1))
  let survivors = RADIX
  const rows = groups.map(({ fromAge, deaths, population }, index): LifeTableRow => {
    const next = groups[index + 1]
    const width = next ? next.fromAge - fromAge : null
    const m = deaths / population
    const usual = width === null ? 1 / m : width / 2
    const infant = fromAge === 0 && width === 1
    const a = infant ? early.infant : fromAge === 1 && width === 4 ? early.child : usual
    const q = width === null ? 1 : Math.min(1, (width * m) / (1 + (width - a) * m))
    const l = survivors
    const d = l * q
    survivors = l - d
    const L = width === null ? l / m : width * survivors + a * d
    return { fromAge, width, m, a, q, l, d, L, T: 0, e: 0, variance: 0 }
  })
  accumulate(rows, groups)
  const birth = rows[0]
  return { rows, expectancyAtBirth: birth ? expectation(birth) : unknown(METHOD), method: METHOD }
}

/** From the oldest downwards: T, e, and Chiang's variance Σ l²·((n − a) + e)²·var(q) ÷ l², var(q) = q²(1 − q)/D. */
function accumulate(rows: LifeTableRow[], groups: readonly AgeGroupAtRisk[]): void {
  let total = 0
  let spread = 0
  let older = 0
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index] as LifeTableRow
    const deaths = groups[index]?.deaths ?? 0
    if (row.width !== null && deaths > 0) {
      const lost = row.width - row.a + older
      spread += row.l ** 2 * lost ** 2 * ((row.q ** 2 * (1 - row.q)) / deaths)
    }
    total += row.L
    row.T = total
    row.e = row.l > 0 ? total / row.l : 0
    row.variance = row.l > 0 ? spread / row.l ** 2 : 0
    older = row.e
  }
}

/** The expectation of life at a row's age with its normal 95 % interval. */
export function expectation(row: LifeTableRow): Estimate {
  const half = Z95 * Math.sqrt(row.variance)
  return { value: row.e, low: Math.max(0, row.e - half), high: row.e + half, method: METHOD }
}
