import type {
  ScenarioPart,
  ScenarioResult,
  ScenarioSide,
  ScenarioYear,
} from '@youyu/shared/subsidies/simulations'
import {
  splitShares,
  sumOfTiers,
  tiers,
  type FenByTier,
  type FundingShares,
} from '@youyu/shared/subsidies/shares'
import type { CivilDate, Fen } from '@youyu/shared/values'
import { onceCost, yearCost, type Rate } from './rules-costs.ts'

/** How many people of a part are at which level before and after; `months` where only some of the year are paid. */
export type ScenarioGroup = {
  programme: string
  place: number
  part: string
  base: string | null
  changed: string | null
  months: number | null
  isNewBase: boolean
  isNewChanged: boolean
  people: number
}

/** What a programme costs before and after, and who bears it. */
export type ProgrammeFrame = {
  programme: string
  name: [string, string]
  /** First day of the change. */
  from: CivilDate
  units: number
  base: { rates: readonly Rate[]; shares: readonly FundingShares[] }
  changed: { rates: readonly Rate[]; shares: readonly FundingShares[] }
  /** Of births between two days only some months of a year are paid; not where the rule itself is changed. */
  monthFen: Fen | null
  isRuleChanged: boolean
}
export type ResultFrame = {
  years: readonly { year: number; asOf: CivilDate }[]
  programmes: readonly ProgrammeFrame[]
  /** Of those entitled, how many claim: per cent. */
  takeUp: number
}

/** Months of a year before the change begins: 0 … 12. */
export function monthsBefore(from: CivilDate, year: number): number {
  if (from < `${year}-01-01`) return 0
  return from > `${year}-12-31` ? 12 : Number(from.slice(5, 7)) - 1
}

type Sums = {
  base: number
  changed: number
  baseFen: Fen
  /** Of the changed side: what is paid before the change, and after it. */
  earlierFen: Fen
  laterFen: Fen
  gained: number
  lost: number
  higher: number
  lower: number
}
const nothing = (): Sums => ({
  ...{ base: 0, changed: 0, baseFen: 0, earlierFen: 0, laterFen: 0, gained: 0, lost: 0, higher: 0, lower: 0 },
})

/** What one person of a group costs in its year, before and after. */
export function costsOf(
  frame: ProgrammeFrame,
  { year, asOf }: { year: number; asOf: CivilDate },
  {
    base,
    changed,
    months,
    isNewBase,
    isNewChanged,
  }: Omit<ScenarioGroup, 'people' | 'part' | 'place' | 'programme'>,
): { baseFen: Fen; earlierFen: Fen; laterFen: Fen } {
  const { units, monthFen, isRuleChanged } = frame
  const split = monthsBefore(frame.from, year)
  const over = (
    rates: readonly Rate[],
    level: string,
    isNew: boolean,
    [from, until]: [number, number],
    isProrated = true,
  ): Fen => {
    if (isProrated && months !== null && monthFen !== null) {
      // Rates of the year that differ from the standard change the month's amount in proportion.
      const whole = yearCost(rates, level, year, { units })
      const standard = yearCost(frame.base.rates, base ?? changed ?? '', year, { units })
      const each = standard > 0 ? Math.round((monthFen * whole) / standard) : monthFen
      return each * Math.round((months * (until - from)) / 12)
    }
    const once = isNew && from <= Number(asOf.slice(5, 7)) - 1 && Number(asOf.slice(5, 7)) - 1 < until
    return yearCost(rates, level, year, { units, from, until }) + (once ? onceCost(rates, level, asOf) : 0)
  }
  return {
    baseFen: base === null ? 0 : over(frame.base.rates, base, isNewBase, [0, 12]),
    earlierFen: base === null ? 0 : over(frame.base.rates, base, isNewBase, [0, split]),
    laterFen:
      changed === null ? 0 : over(frame.changed.rates, changed, isNewChanged, [split, 12], !isRuleChanged),
  }
}

function summed(
  groups: readonly ScenarioGroup[],
  frame: ProgrammeFrame,
  at: { year: number; asOf: CivilDate },
  takeUp: number,
): Sums {
  const isInForce = monthsBefore(frame.from, at.year) < 12
  const sums = nothing()
  for (const group of groups) {
    const { baseFen, earlierFen, laterFen } = costsOf(frame, at, group)
    const claims = (fen: Fen) => Math.round((fen * group.people * takeUp) / 100)
    const now = isInForce ? group.changed : group.base
    sums.base += group.base === null ? 0 : group.people
    sums.changed += now === null ? 0 : group.people
    sums.baseFen += claims(baseFen)
    sums.earlierFen += claims(earlierFen)
    sums.laterFen += claims(laterFen)
    if (group.base === null && now !== null) sums.gained += group.people
    else if (group.base !== null && now === null) sums.lost += group.people
    else if (group.base !== null && isInForce) {
      const [before, after] = [baseFen, earlierFen + laterFen]
      if (after > before) sums.higher += group.people
      if (after < before) sums.lower += group.people
    }
  }
  return sums
}

const sideOf = (people: number, fen: Fen, byTier: FenByTier): ScenarioSide => ({
  people,
  fen,
  byTier: tiers.flatMap((tier) => (byTier[tier] === 0 ? [] : [{ tier, fen: byTier[tier] }])),
})
const none: FenByTier = { CENTRAL: 0, PROVINCE: 0, CITY: 0, COUNTY: 0, TOWNSHIP: 0, OTHER: 0 }
const isGiven = (shares: FundingShares | undefined): shares is FundingShares =>
  shares !== undefined && sumOfTiers(shares) > 0
/** Where nobody has said who pays, the county does. */
const split = (fen: Fen, shares: FundingShares | undefined): FenByTier =>
  isGiven(shares) ? splitShares(fen, shares) : { ...none, COUNTY: fen }
const together = (one: FenByTier, other: FenByTier): FenByTier =>
  Object.fromEntries(tiers.map((tier) => [tier, one[tier] + other[tier]])) as FenByTier

function yearOf(
  sums: Sums,
  frame: ProgrammeFrame,
  place: number,
  at: { year: number; asOf: CivilDate },
): ScenarioYear {
  const { base, changed, baseFen, earlierFen, laterFen, ...effects } = sums
  const earlier = split(earlierFen, frame.base.shares[place])
  return {
    ...at,
    base: sideOf(base, baseFen, split(baseFen, frame.base.shares[place])),
    changed: sideOf(
      changed,
      earlierFen + laterFen,
      together(earlier, split(laterFen, frame.changed.shares[place])),
    ),
    ...effects,
  }
}

function added(years: readonly ScenarioYear[]): ScenarioYear {
  const side = (of: (year: ScenarioYear) => ScenarioSide): ScenarioSide => ({
    people: years.reduce((sum, year) => sum + of(year).people, 0),
    fen: years.reduce((sum, year) => sum + of(year).fen, 0),
    byTier: tiers.flatMap((tier) => {
      const fen = years.reduce(
        (sum, year) => sum + (of(year).byTier.find((each) => each.tier === tier)?.fen ?? 0),
        0,
      )
      return fen === 0 ? [] : [{ tier, fen }]
    }),
  })
  const count = (key: 'gained' | 'lost' | 'higher' | 'lower') =>
    years.reduce((sum, year) => sum + year[key], 0)
  return {
    ...{ year: years[0]!.year, asOf: years[0]!.asOf },
    ...{ base: side(({ base }) => base), changed: side(({ changed }) => changed) },
    ...{ gained: count('gained'), lost: count('lost'), higher: count('higher'), lower: count('lower') },
  }
}

/** The result of a scenario from its groups: by programme and year, all together, and by part of the area. */
export function resultOf(
  groups: readonly ScenarioGroup[],
  { years, programmes, takeUp }: ResultFrame,
  capFen: Fen | undefined,
): Pick<ScenarioResult, 'programmes' | 'years' | 'partsYear' | 'cap'> & {
  parts: (Omit<ScenarioPart, 'division'> & { part: string })[]
} {
  const of = (frame: ProgrammeFrame, place: number) =>
    groups.filter((group) => group.programme === frame.programme && group.place === place)
  const told = programmes.map((frame) => ({
    programme: frame.programme,
    name: frame.name,
    years: years.map((at, place) => yearOf(summed(of(frame, place), frame, at, takeUp), frame, place, at)),
    levels: levelsOf(of(frame, placeInForce(frame, years))),
  }))
  const all = years.map((_, place) => added(told.map((programme) => programme.years[place]!)))
  const partsPlace = Math.min(...programmes.map((frame) => placeInForce(frame, years)))
  return {
    programmes: told,
    years: all,
    partsYear: years[partsPlace]!.year,
    parts: partsOf(
      groups.filter(({ place }) => place === partsPlace),
      programmes,
      years[partsPlace]!,
      takeUp,
    ),
    cap: capFen === undefined ? null : capOf(all, capFen),
  }
}

/** The first year in which the change is in force; else the last. */
function placeInForce({ from }: ProgrammeFrame, years: ResultFrame['years']): number {
  const place = years.findIndex(({ year }) => monthsBefore(from, year) < 12)
  return place === -1 ? years.length - 1 : place
}

function levelsOf(groups: readonly ScenarioGroup[]): { level: string; base: number; changed: number }[] {
  const names = [...new Set(groups.flatMap(({ base, changed }) => [base, changed]))].filter(
    (name) => name !== null,
  )
  const count = (side: 'base' | 'changed', level: string) =>
    groups.reduce((sum, group) => sum + (group[side] === level ? group.people : 0), 0)
  return names
    .sort()
    .map((level) => ({ level, base: count('base', level), changed: count('changed', level) }))
}

function partsOf(
  groups: readonly ScenarioGroup[],
  programmes: readonly ProgrammeFrame[],
  at: { year: number; asOf: CivilDate },
  takeUp: number,
) {
  const parts = [...new Set(groups.map(({ part }) => part))].sort()
  return parts.map((part) => {
    const sums = programmes.map((frame) =>
      summed(
        groups.filter((group) => group.part === part && group.programme === frame.programme),
        frame,
        at,
        takeUp,
      ),
    )
    const sum = (key: keyof Sums) => sums.reduce((all, each) => all + each[key], 0)
    return {
      part,
      ...{ base: sum('base'), changed: sum('changed'), gained: sum('gained'), lost: sum('lost') },
      ...{ baseFen: sum('baseFen'), changedFen: sum('earlierFen') + sum('laterFen') },
    }
  })
}

function capOf(years: readonly ScenarioYear[], fen: Fen): NonNullable<ScenarioResult['cap']> {
  const shares = years
    .filter(({ changed }) => changed.fen > 0)
    .map(({ changed }) => (fen / changed.fen) * 100)
  return {
    fen,
    over: years.flatMap(({ year, changed }) =>
      changed.fen > fen ? [{ year, byFen: changed.fen - fen }] : [],
    ),
    fits: Math.round(Math.min(1000, ...shares) * 10) / 10,
  }
}
