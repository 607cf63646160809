import type { Basis, Estimate, Sexes } from '../../../statistics/index.ts'

/** Sources of facts; the catalogue's relations say where they are kept. */
export type RelationName = string

/** Which days a tally looks at, given the period asked for. */
export type Window = 'period' | 'last-month' | 'month-before' | 'three-years'

/** Records counted (or something of them summed) where a condition over `f` holds; `p` is the period. */
export type Tally = {
  relation: RelationName
  where: string
  /** What else must hold, said apart because an index answers it. */
  within?: string
  sum?: string
  window?: Window
  /** Whose records a kept sum stands for. */
  listed?: Tally
}

/** Records counted by a whole number of theirs, an age as a rule. */
export type Histogram = Tally & { by: string }

/** People by the book: the mean of the period's start and end, or its end; `from` and `to` are ages. */
export type People = { sex?: '1' | '2'; from?: number; to?: number; at?: 'mean' | 'end'; window?: Window }

/** What has been counted for one part and period. */
export type Counted = {
  sum(tallies: readonly Tally[]): number
  histogram(histogram: Histogram): { key: number; n: number }[]
  /** Null where the book does not reach back. */
  people(people: People): number | null
}

export type Comparable =
  | { kind: 'rate'; events: number; population: number }
  | { kind: 'proportion'; events: number; denominator: number }
  | { kind: 'sex-ratio'; sexes: Sexes }
  | { kind: 'estimate'; estimate: Estimate }

export type Judged = {
  numerator: number | null
  denominator: number | null
  estimate: Estimate
  /** What the small-number rule looks at; null for what is not drawn by chance. */
  basis: Basis | null
  comparable: Comparable
}

/**
 * A total and the cells it is broken down into; what is left over is the last cell. Cells of a family are published
 * together or protect each other (domain §9.5).
 */
export type Family = { total: Tally; cells: readonly Tally[] }

/** What must be publishable for a value to be: the total, and of its cells those it shows or lets be derived. */
export type Release = {
  family: Family
  cells: readonly number[]
  isOfCountyOnly?: true
  /** What stands at an end, not what happens in between: told at the ends of years, so that no two ends tell of few. */
  isOfYearsOnly?: true
}

/** One number of an indicator: what stands behind it, and how it is judged. */
export type Component = {
  key: string | null
  numerator: readonly Tally[]
  denominator: readonly Tally[] | People | null
  /** Counted besides, for the value alone. */
  also?: { histograms?: readonly Histogram[]; people?: readonly People[]; tallies?: readonly Tally[] }
  unit?: string
  /** Which reading of the definition it is, where there are several: told with the definition's version. */
  variant?: string
  /** Days over which the value counts, where it is not the period's. */
  window?: Window
  /** `open`: tells of no person; `value`: the value without its counts; nothing: never published. */
  release?: readonly Release[] | 'open' | 'value'
  funnel?: { kind: 'rate' | 'proportion'; per: number }
  judge(counted: Counted): Judged
}

export type Situation = { level: number; isParted: boolean; population: 'residence' | 'hukou' }

export type Measure = (situation: Situation) => readonly Component[]

export function isPeople(of: Component['denominator']): of is People {
  return of !== null && !Array.isArray(of)
}
