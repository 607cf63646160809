import type { Month } from '@youyu/shared/population/book'
import type { DivisionCode } from '@youyu/shared/values'
import type { Transaction } from '../../../../database/connect.ts'
import {
  isPeople,
  type Component,
  type Counted,
  type Histogram,
  type People,
  type Tally,
} from './rules-measure.ts'
import { findBookStart, sumByAge, sumEverybody, sumMoved, type PeopleRow } from './queries-people.ts'
import { countByKey, countTallies } from './queries-tallies.ts'
import { relationIn, type Relations } from './relations.ts'
import { lastDay, monthsIn, shifted, windowed, type Period } from './rules-periods.ts'
import type { Scope } from './scope.ts'

/** What has been counted of a part in a period, for every component asked for at once. */
export type Counts = { of(part: DivisionCode, period: number): Counted; parts: readonly DivisionCode[] }

const sourceKey = ({ relation, window, within }: Tally) => [relation, window, within].join('\n')
const tallyKey = (tally: Tally) => [sourceKey(tally), tally.where, tally.sum].join('\n')
const histogramKey = (histogram: Histogram) => `${tallyKey(histogram)}\n${histogram.by}`

const unique = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] => [
  ...new Map(items.map((item) => [keyOf(item), item])).values(),
]

function daysOf(scope: Scope, periods: readonly Period[], { window, relation }: Tally) {
  const days = periods.map((period) => {
    const looked = windowed(period, window)
    return { from: looked.from, until: lastDay(looked, scope.today) }
  })
  // The present is the same at the end of every period: it is counted once.
  return relationIn(scope.relations, relation).isPresent ? days.slice(0, 1) : days
}

/** Counts everything that components stand on, in as few statements as there are sources, all on their way together. */
export async function countAll(
  tx: Transaction,
  scope: Scope,
  components: readonly Component[],
  periods: readonly Period[],
): Promise<Counts> {
  const tallies = unique(
    components.flatMap(({ numerator, denominator, also }) => [
      ...numerator,
      ...(denominator === null || isPeople(denominator) ? [] : denominator),
      ...(also?.tallies ?? []),
    ]),
    tallyKey,
  )
  const histograms = unique(
    components.flatMap(({ also }) => also?.histograms ?? []),
    histogramKey,
  )
  const people = components.flatMap(({ denominator, also }) => [
    ...(isPeople(denominator) ? [denominator] : []),
    ...(also?.people ?? []),
  ])
  const [sums, byKey, standing] = await Promise.all([
    countedTallies(tx, scope, tallies, periods),
    countedHistograms(tx, scope, histograms, periods),
    countedPeople(tx, scope, people, periods),
  ])
  const parts = new Set([...sums.parts, ...byKey.parts, ...standing.parts])
  return {
    parts: scope.isParted ? [...parts].sort() : [scope.area.division],
    of: (part, period) => ({
      sum: (wanted) => wanted.reduce((sum, tally) => sum + sums.of(part, period, tally), 0),
      histogram: (histogram) => byKey.of(part, period, histogram),
      people: (wanted) => standing.of(part, periods[period]!, wanted),
    }),
  }
}

const presentOr = (relations: Relations, tally: Tally, period: number) =>
  relationIn(relations, tally.relation).isPresent ? 0 : period

async function countedTallies(
  tx: Transaction,
  scope: Scope,
  tallies: readonly Tally[],
  periods: readonly Period[],
) {
  const groups = [...Map.groupBy(tallies, sourceKey).values()]
  const counted = new Map<string, number>()
  const parts = new Set<DivisionCode>()
  await Promise.all(
    groups.map(async (group) => {
      const [first] = group as [Tally]
      const rows = await countTallies(tx, scope, first.relation, group, daysOf(scope, periods, first))
      for (const { part, period, counts } of rows) {
        parts.add(part)
        group.forEach((tally, index) =>
          counted.set(`${part} ${period} ${tallyKey(tally)}`, counts[index] ?? 0),
        )
      }
    }),
  )
  return {
    parts,
    of: (part: DivisionCode, period: number, tally: Tally) =>
      counted.get(`${part} ${presentOr(scope.relations, tally, period)} ${tallyKey(tally)}`) ?? 0,
  }
}

async function countedHistograms(
  tx: Transaction,
  scope: Scope,
  histograms: readonly Histogram[],
  periods: readonly Period[],
) {
  const counted = new Map<string, { key: number; n: number }[]>()
  const parts = new Set<DivisionCode>()
  const groups = [...Map.groupBy(histograms, (each) => `${sourceKey(each)}\n${each.by}`).values()]
  await Promise.all(
    groups.map(async (group) => {
      const rows = await countByKey(tx, scope, group, daysOf(scope, periods, group[0]!))
      for (const [at, ofPart] of Map.groupBy(rows, ({ part, period }) => `${part} ${period}`)) {
        parts.add(ofPart[0]!.part)
        group.forEach((histogram, index) =>
          counted.set(
            `${at} ${histogramKey(histogram)}`,
            ofPart.map(({ key, counts }) => ({ key, n: counts[index] ?? 0 })),
          ),
        )
      }
    }),
  )
  return {
    parts,
    of: (part: DivisionCode, period: number, histogram: Histogram) =>
      counted.get(`${part} ${presentOr(scope.relations, histogram, period)} ${histogramKey(histogram)}`) ??
      [],
  }
}

async function countedPeople(
  tx: Transaction,
  scope: Scope,
  people: readonly People[],
  periods: readonly Period[],
) {
  if (people.length === 0) return { parts: new Set<DivisionCode>(), of: () => null }
  const isByAge = people.some(
    ({ sex, from, to }) => sex !== undefined || from !== undefined || to !== undefined,
  )
  const ends = new Set<Month>()
  for (const { at, window } of people)
    for (const period of periods) {
      const { from, to } = windowed(period, window)
      if (at !== 'end') ends.add(shifted(from, -1))
      ends.add(to)
    }
  const months = [...ends].sort()
  const [start, all, byAge, moved] = await Promise.all([
    findBookStart(tx, scope.area.county),
    people.some((wanted) => !isOfAges(wanted)) ? sumEverybody(tx, scope, months) : [],
    isByAge ? sumByAge(tx, scope, months, widest(people.filter(isOfAges))) : [],
    scope.moves.length > 0 ? sumMoved(tx, scope, months) : [],
  ])
  const rowsOf = (rows: readonly PeopleRow[]) => Map.groupBy(rows, ({ part }) => part)
  const [everybody, agesOf, movedOf] = [rowsOf(all), rowsOf(byAge), rowsOf(moved)]
  const sum = (rows: readonly PeopleRow[] | undefined, month: Month, { sex, from = 0, to = 200 }: People) =>
    (rows ?? []).reduce((total, row) => {
      const isAsked =
        row.month === month && (sex === undefined || row.sex === sex) && row.age! >= from && row.age! <= to
      return isAsked ? total + row.n : total
    }, 0)
  const at = (part: DivisionCode, month: Month, wanted: People) => {
    const stood = isOfAges(wanted)
      ? sum(agesOf.get(part), month, wanted)
      : ((everybody.get(part) ?? []).findLast((row) => row.month <= month)?.n ?? 0)
    return stood + sum(movedOf.get(part), month, wanted)
  }
  return {
    parts: new Set([...everybody.keys(), ...agesOf.keys(), ...movedOf.keys()]),
    of(part: DivisionCode, period: Period, wanted: People): number | null {
      const looked = windowed(period, wanted.window)
      const opening = shifted(looked.from, -1)
      const isKept = start !== null && (wanted.at === 'end' ? looked.to : looked.from) >= start
      if (!isKept) return null
      if (wanted.at === 'end') return at(part, looked.to, wanted)
      const mean = (at(part, opening, wanted) + at(part, looked.to, wanted)) / 2
      return wanted.window === 'three-years' ? (mean * monthsIn(looked)) / 12 : mean
    },
  }
}

/** The sex and ages that any of them asks for. */
function widest(people: readonly People[]): { sex: string | null; from: number; to: number } {
  const sexes = new Set(people.map(({ sex }) => sex ?? null))
  return {
    sex: sexes.size === 1 ? [...sexes][0]! : null,
    from: Math.min(...people.map(({ from = 0 }) => from)),
    to: Math.max(...people.map(({ to = 200 }) => to)),
  }
}

function isOfAges({ sex, from, to }: People): boolean {
  return sex !== undefined || from !== undefined || to !== undefined
}
