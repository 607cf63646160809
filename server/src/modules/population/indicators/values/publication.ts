import type { Month } from '@youyu/shared/population/book'
import type { IndicatorValue } from '@youyu/shared/population/indicators'
import type { CivilDate, DivisionCode } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { SMALLEST_DENOMINATOR } from '../../../statistics/index.ts'
import { countyDivision, widened } from '../../widening.ts'
import { countAll } from './counting.ts'
import { isPeople, type Component, type Family, type Release, type Window } from './rules-measure.ts'
import { isPresentOnly } from './presence.ts'
import { isWholeYear, monthsOf, shifted, windowed, yearStart, type Period } from './rules-periods.ts'
import {
  isReleasable,
  withheldCells,
  type CountedMonth,
  type FamilyTable,
  type Withheld,
} from './rules-publication.ts'
import type { Scope } from './scope.ts'

type Asked = {
  scope: Scope
  components: readonly Component[]
  periods: readonly Period[]
}

const FEWEST_FOR_VALUE = 20

/**
 * Values as they may be published (domain §9.5). What is withheld is decided over the whole county by township, year and
 * family of cells, never by the question: so two questions together tell no more than each alone. Below the county only
 * whole calendar years go out; inside it a month range goes out where its ends cut no small number off.
 */
export async function published(
  tx: Transaction,
  access: Access,
  asked: Asked,
  values: readonly IndicatorValue[],
): Promise<IndicatorValue[]> {
  const { scope, components, periods } = asked
  const county = countyDivision(scope.area.county)
  await widened(tx, access, [county])
  const whole: Scope = {
    ...scope,
    isParted: false,
    area: { ...scope.area, level: 3, division: county, parts: [String(scope.area.county)] },
  }
  const releases = releasesOver(tx, whole)
  const shown: IndicatorValue[] = []
  let place = 0
  while (place < values.length)
    for (const period of periods)
      for (const component of components) {
        const value = values[place++]!
        const held = await heldOf(releases, whole, component, value, period)
        shown.push(held ? withheld(value, held, component) : guarded(value, component))
      }
  return shown
}

type Releases = ReturnType<typeof releasesOver>

/** Why a value does not go out; null where it does. */
async function heldOf(
  releases: Releases,
  { today, relations }: Scope,
  component: Component,
  value: IndicatorValue,
  period: Period,
): Promise<Withheld | null> {
  const { release } = component
  const { level, code } = value.division
  if (release === 'open') return null
  if (release === undefined || level > 4) return 'complementary'
  const isPresent = isPresentOnly(relations, component)
  const looked = windowsOf(component).map((window) => windowed(period, window))
  const isYear = isPresent || looked.every((each) => isWholeYear(each, today))
  // Statistical years beside calendar years would give away a township's quarters between them.
  const isOfCalendar = isPresent || looked.every((each) => isCalendarYear(each, today))
  if (release === 'value') {
    if (level > 3 && !isYear && component.window !== 'three-years') return 'complementary'
    return (value.numerator ?? 0) < FEWEST_FOR_VALUE ? 'small' : null
  }
  for (const each of release) {
    if (level > 3 && (each.isOfCountyOnly || !isOfCalendar)) return 'complementary'
    if (each.isOfYearsOnly && !looked.every((span) => isCalendarYear(span, today))) return 'complementary'
    for (const span of looked) {
      const held = await releases.held(each, span, level > 3 ? code : null, isPresent)
      if (held) return held
    }
  }
  return null
}

function windowsOf({ numerator, denominator }: Component): Window[] {
  const tallies = denominator === null || isPeople(denominator) ? numerator : [...numerator, ...denominator]
  return [...new Set(tallies.map(({ window = 'period' }) => window))]
}

/** Decisions by family and period, each made once. */
function releasesOver(tx: Transaction, whole: Scope) {
  const tables = new Map<string, Promise<FamilyTable>>()
  const years = new Map<string, Promise<CountedMonth[]>>()
  const familyKey = ({ total, cells }: Family) =>
    [total, ...cells]
      .map(({ relation, where, within, sum }) => [relation, where, within, sum].join(' '))
      .join('\n')
  const once = <Made>(kept: Map<string, Promise<Made>>, key: string, make: () => Promise<Made>) => {
    if (!kept.has(key)) kept.set(key, make())
    return kept.get(key)!
  }
  return {
    async held(
      { family, cells }: Release,
      period: Period,
      part: DivisionCode | null,
      isPresent: boolean,
    ): Promise<Withheld | null> {
      const at = `${period.from} ${period.to} ${familyKey(family)}`
      // Townships add up to the county: what may not be told of the whole is not told of all its parts.
      if (!isPresent && !isCalendarYear(period, whole.today)) {
        const touched = [...new Set(monthsOf(period).map((month) => yearStart(month, 'CALENDAR_YEAR')))]
        const months = await Promise.all(
          touched.map((year) =>
            once(years, `${year} ${familyKey(family)}`, () => countedYear(tx, whole, family, year)),
          ),
        )
        const isOut = isReleasable(months.flat(), period)
        if (!isOut || part === null) return isOut ? null : 'complementary'
      }
      const table = await once(tables, at, () => tableOf(tx, whole, family, period))
      return table.held(part, cells)
    },
  }
}

function isCalendarYear(period: Period, today: CivilDate): boolean {
  return period.from.slice(5, 7) === '01' && isWholeYear(period, today)
}

async function countedCells(tx: Transaction, scope: Scope, family: Family, periods: readonly Period[]) {
  const tallies = [family.total, ...family.cells]
  const components = tallies.map((tally) => ({
    key: null,
    numerator: [tally],
    denominator: null,
    judge: () => {
      throw new Error('Cells are counted, not judged')
    },
  }))
  const counts = await countAll(tx, scope, components, periods)
  return (part: DivisionCode, period: number) => {
    const [total, ...cells] = tallies.map((tally) => counts.of(part, period).sum([tally])) as [
      number,
      ...number[],
    ]
    return {
      total,
      cells: [...cells, total - cells.reduce((sum, cell) => sum + cell, 0)],
      parts: counts.parts,
    }
  }
}

async function tableOf(tx: Transaction, whole: Scope, family: Family, period: Period): Promise<FamilyTable> {
  const read = await countedCells(tx, { ...whole, isParted: true }, family, [period])
  const { parts } = read(whole.area.division, 0)
  return withheldCells(
    parts.map((part) => ({ part, ...read(part, 0) })),
    family.cells.length + 1,
  )
}

/** A family by the months of a calendar year, as far as they have begun: what decides about month ranges. */
async function countedYear(
  tx: Transaction,
  whole: Scope,
  family: Family,
  year: Month,
): Promise<CountedMonth[]> {
  const months = monthsOf({ from: year, to: shifted(year, 11) }).filter((month) => month <= whole.today)
  const periods = months.map((month) => ({ from: month, to: month }))
  const read = await countedCells(tx, whole, family, periods)
  return months.map((month, index) => {
    const { total, cells } = read(whole.area.division, index)
    return { month, cells: family.cells.length > 0 ? [total, ...cells] : [total] }
  })
}

function withheld(value: IndicatorValue, suppressed: Withheld, { denominator }: Component): IndicatorValue {
  const isOfRecords = denominator !== null && !isPeople(denominator)
  return {
    ...value,
    ...{ numerator: null, value: null, low: null, high: null, annualised: null, suppressed },
    denominator: isOfRecords ? null : value.denominator,
  }
}

/** A rate of fewer than fifty does not go out, and a value that tells counts is shown without them. */
function guarded(value: IndicatorValue, component: Component): IndicatorValue {
  if (component.release === 'value') return { ...value, numerator: null, denominator: null }
  if (component.release === 'open' || value.denominator === null) return value
  if (value.denominator >= SMALLEST_DENOMINATOR) return value
  return withheld(value, 'small', component)
}
