import { type Day, dayOf, partsOf } from './civil-days.ts'
import { curve, type Random } from './random.ts'

export type Sex = '1' | '2'

/** Codes of GB/T 2261.2. */
type MaritalStatus = '10' | '20' | '21' | '22' | '23' | '30' | '40'

export type Person = {
  sex: Sex
  age: number
  birth: Day
  maritalStatus: MaritalStatus
  spouse?: Person
  mother?: Person
  father?: Person
}

const oldestAge = 104

/**
 * People of a Shandong-like province alive in 2026 by year of birth (ten thousands): the famine gap of
 * 1959–61, the bulge after it, its echo of the late 1980s, the short rise of 2016–17 and today's few births.
 */
const aliveByBirthYear = curve([
  [1920, 0],
  [1926, 1.2],
  [1929, 3.5],
  [1932, 8],
  [1935, 15],
  [1938, 24],
  [1941, 34],
  [1944, 45],
  [1947, 62],
  [1950, 80],
  [1952, 95],
  [1955, 105],
  [1957, 115],
  [1959, 80],
  [1960, 68],
  [1961, 62],
  [1962, 140],
  [1963, 185],
  [1964, 170],
  [1966, 165],
  [1968, 178],
  [1970, 170],
  [1972, 155],
  [1974, 140],
  [1976, 125],
  [1979, 120],
  [1981, 150],
  [1983, 135],
  [1985, 150],
  [1987, 178],
  [1990, 170],
  [1993, 110],
  [1995, 98],
  [2000, 105],
  [2005, 100],
  [2008, 108],
  [2012, 120],
  [2014, 138],
  [2015, 124],
  [2016, 176],
  [2017, 173],
  [2018, 133],
  [2019, 117],
  [2020, 87],
  [2021, 75],
  [2022, 68],
  [2023, 61],
  [2024, 63],
  [2025, 56],
  [2026, 52],
])

const menPer100Women = curve([
  [0, 107],
  [10, 107],
  [15, 111],
  [25, 108],
  [35, 103],
  [55, 101],
  [65, 97],
  [75, 86],
  [85, 62],
  [95, 40],
])

/** Births of a month against the mean of all months: most around the lunar year's end, fewest in early summer. */
const birthsOfMonth = [1.04, 0.96, 0.95, 0.92, 0.9, 0.91, 0.96, 1.02, 1.05, 1.12, 1.11, 1.08]
const mostBirths = Math.max(...birthsOfMonth)

export function inSeason(random: Random, draw: () => Day): Day {
  for (let attempt = 0; attempt < 8; attempt++) {
    const day = draw()
    if (random.chance((birthsOfMonth[partsOf(day).month - 1] ?? 1) / mostBirths)) return day
  }
  return draw()
}

type Stratum = { age: number; sex: Sex; share: number }

function strata(asOf: Day): Stratum[] {
  const { year } = partsOf(asOf)
  const list: Stratum[] = []
  for (let age = 0; age <= oldestAge; age++) {
    const men = menPer100Women(age) / (100 + menPer100Women(age))
    const alive = aliveByBirthYear(year - age)
    list.push({ age, sex: '1', share: alive * men }, { age, sex: '2', share: alive * (1 - men) })
  }
  const total = list.reduce((sum, stratum) => sum + stratum.share, 0)
  for (const stratum of list) stratum.share /= total
  return list
}

/** Draws pools whose ages and sexes follow the pyramid to within one person a stratum. */
export function population(asOf: Day): (random: Random, size: number) => Person[] {
  const pyramid = strata(asOf)
  const { year, month, day } = partsOf(asOf)
  const latestBirth = (age: number) => dayOf(year - age, month, day)

  return (random, size) => {
    const people: Person[] = []
    const offset = random.next()
    let end = 0
    for (const [index, { age, sex, share }] of pyramid.entries()) {
      end = index === pyramid.length - 1 ? 1 : end + share
      while (people.length < size && people.length + offset < end * size) {
        const birth = inSeason(random, () => random.integer(latestBirth(age + 1) + 1, latestBirth(age)))
        people.push({ sex, age, birth, maritalStatus: '10' })
      }
    }
    while (people.length < size) {
      people.push({ sex: '1', age: 30, birth: latestBirth(30), maritalStatus: '10' })
    }
    return people
  }
}
