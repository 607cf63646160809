import {
  count,
  meanAge,
  proportion,
  rate,
  scaled,
  sexRatio,
  type Estimate,
} from '../../../statistics/index.ts'
import type { Component, Counted, Histogram, People, Tally } from './rules-measure.ts'

type Key = string | null
const list = (tallies: Tally | readonly Tally[]) => (Array.isArray(tallies) ? tallies : [tallies]) as Tally[]

/** A number without an interval: counted in full, nothing of it left to chance. */
export function exactly(value: number | null, method = 'exact'): Estimate {
  return { value, low: null, high: null, method }
}

export function countOf(key: Key, tally: Tally): Component {
  return {
    key,
    numerator: [tally],
    denominator: null,
    unit: 'count',
    judge: (counted) => {
      const events = counted.sum([tally])
      return {
        numerator: events,
        denominator: null,
        estimate: count(events),
        basis: { kind: 'count', events },
        comparable: { kind: 'rate', events, population: 1 },
      }
    },
  }
}

export function rateOf(key: Key, tally: Tally | readonly Tally[], people: People, per = 1000): Component {
  return {
    key,
    numerator: list(tally),
    denominator: people,
    funnel: { kind: 'rate', per },
    judge: (counted) => {
      const events = counted.sum(list(tally))
      const population = counted.people(people)
      return {
        numerator: events,
        denominator: population,
        estimate: rate(events, population ?? 0, per),
        basis: { kind: 'rate', events, denominator: population ?? 0 },
        comparable: { kind: 'rate', events, population: population ?? 0 },
      }
    },
  }
}

export function shareOf(key: Key, part: Tally, whole: Tally | People): Component {
  const isBook = !('relation' in whole)
  return {
    key,
    numerator: [part],
    denominator: isBook ? whole : [whole],
    funnel: { kind: 'proportion', per: 100 },
    judge: (counted) => {
      const events = counted.sum([part])
      const denominator = isBook ? counted.people(whole) : counted.sum([whole])
      return {
        numerator: events,
        denominator,
        estimate: scaled(proportion(events, denominator ?? 0), 100),
        basis: { kind: 'rate', events, denominator: denominator ?? 0 },
        comparable: { kind: 'proportion', events, denominator: denominator ?? 0 },
      }
    },
  }
}

export function sexRatioOf(key: Key, male: Tally, female: Tally): Component {
  return {
    key,
    numerator: [male],
    denominator: [female],
    judge: (counted) => {
      const sexes = { male: counted.sum([male]), female: counted.sum([female]) }
      return {
        numerator: sexes.male,
        denominator: sexes.female,
        estimate: sexRatio(sexes),
        basis: { kind: 'sex-ratio', births: sexes.male + sexes.female },
        comparable: { kind: 'sex-ratio', sexes },
      }
    },
  }
}

/** The mean of completed ages, with how many have one. */
export function meanAgeOf(key: Key, ages: Histogram): Component {
  const { by: _, ...tally } = ages
  return {
    key,
    numerator: [tally],
    denominator: null,
    unit: '岁',
    also: { histograms: [ages] },
    judge: (counted) => {
      const persons = counted.sum([tally])
      const estimate = meanAge(counted.histogram(ages).map(({ key: age, n }) => ({ age, persons: n })))
      return {
        numerator: persons,
        denominator: null,
        estimate,
        basis: { kind: 'count', events: persons },
        comparable: { kind: 'estimate', estimate },
      }
    },
  }
}

/** Women and births by age groups, for rates that are sums over them. */
export function overGroups(
  counted: Counted,
  groups: readonly { from: number; to: number }[],
  births: Histogram,
  women: (from: number, to: number) => People,
): { fromAge: number; width: number; births: number; women: number }[] {
  const ages = counted.histogram(births)
  return groups.map(({ from, to }) => ({
    fromAge: from,
    width: to - from + 1,
    births: ages.reduce((sum, { key, n }) => (key >= from && key <= to ? sum + n : sum), 0),
    women: counted.people(women(from, to)) ?? 0,
  }))
}
