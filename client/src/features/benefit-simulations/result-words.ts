import type { ScenarioResult, ScenarioSide, ScenarioYear } from '@youyu/shared/subsidies/simulations'
import { tiers, type Tier } from '@youyu/shared/subsidies/shares'

/** Fen in ten thousands of yuan. */
export const wan = (fen: number): number => fen / 1_000_000

export const tierFen = ({ byTier }: Pick<ScenarioSide, 'byTier'>, tier: Tier): number =>
  byTier.find((each) => each.tier === tier)?.fen ?? 0

export const tiersIn = (years: readonly ScenarioYear[]): Tier[] =>
  tiers.filter((tier) =>
    years.some(({ base, changed }) => tierFen(base, tier) > 0 || tierFen(changed, tier) > 0),
  )

/** What a result says, before it is said in a language. */
export type Findings = {
  first: ScenarioYear
  last: ScenarioYear
  moreFen: number
  morePct: number | null
  totalBase: number
  totalChanged: number
  /** The tier whose burden changes most in all years together. */
  tier: { tier: Tier; fen: number } | null
  isNothing: boolean
}

export function findingsOf({ years, partsYear }: ScenarioResult): Findings | null {
  const first = years.find(({ year }) => year === partsYear) ?? years[0]
  const last = years.at(-1)
  if (!first || !last) return null
  const sum = (of: (year: ScenarioYear) => number) => years.reduce((all, year) => all + of(year), 0)
  const moreFen = first.changed.fen - first.base.fen
  const burdens = tiersIn(years).map((tier) => ({
    tier,
    fen: sum(({ base, changed }) => tierFen(changed, tier) - tierFen(base, tier)),
  }))
  const most = burdens.toSorted((a, b) => Math.abs(b.fen) - Math.abs(a.fen))[0]
  return {
    ...{ first, last, moreFen },
    morePct: first.base.fen > 0 ? moreFen / first.base.fen : null,
    totalBase: sum(({ base }) => base.fen),
    totalChanged: sum(({ changed }) => changed.fen),
    tier: most && most.fen !== 0 ? most : null,
    isNothing: years.every(
      ({ base, changed, gained, lost }) => base.fen === changed.fen && gained === 0 && lost === 0,
    ),
  }
}
