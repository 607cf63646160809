import type { Person } from './people.ts'
import { curve, type Random, shuffle, weighted } from './random.ts'

/** The people of one bed and board: a couple or one adult, and who depends on them. */
export type Family = {
  husband?: Person
  wife?: Person
  children: Person[]
  /** Children of sons and daughters who work far away. */
  grandchildren: Person[]
  others: Person[]
  /** The parents of the husband, under the same roof. */
  elders?: Family
  isUnderSonsRoof: boolean
}

function familyOf(adults: Pick<Family, 'husband' | 'wife'>): Family {
  return { ...adults, children: [], grandchildren: [], others: [], isUnderSonsRoof: false }
}

const marriedWomen = curve([
  [19, 0],
  [20, 0.03],
  [22, 0.1],
  [24, 0.28],
  [26, 0.5],
  [28, 0.68],
  [30, 0.8],
  [35, 0.92],
  [40, 0.95],
  [55, 0.95],
  [60, 0.91],
  [65, 0.86],
  [70, 0.76],
  [75, 0.62],
  [80, 0.45],
  [85, 0.28],
  [90, 0.12],
  [96, 0.03],
])

const yearsHusbandIsOlder = weighted<number>([
  [-3, 3],
  [-2, 6],
  [-1, 12],
  [0, 20],
  [1, 21],
  [2, 17],
  [3, 11],
  [4, 7],
  [5, 4],
  [6, 2],
  [7, 1],
])

const marriageOrder = weighted<'20' | '21' | '22' | '23'>([
  ['21', 90],
  ['22', 6],
  ['20', 3.6],
  ['23', 0.4],
])

/** Civil Code Art. 1047. */
const earliestAgeOfHusband = 22

type Society = { families: Family[]; neverMarried: Person[] }

/** Marries a pool; who remains is widowed, divorced or has never married, as the age makes likely. */
export function marry(random: Random, pool: Person[]): Society {
  const families: Family[] = []
  const men: Person[][] = []
  const single: Person[] = []
  for (const person of shuffle(random, pool)) {
    if (person.sex === '2') continue
    if (person.age < earliestAgeOfHusband) single.push(person)
    else (men[person.age] ??= []).push(person)
  }

  for (const wife of pool) {
    if (wife.sex === '1') continue
    const husband = random.chance(marriedWomen(wife.age)) ? findHusband(random, men, wife.age) : undefined
    if (!husband) {
      single.push(wife)
      continue
    }
    const order = marriageOrder(random)
    husband.maritalStatus = order
    wife.maritalStatus = order === '22' && random.chance(0.4) ? '21' : order
    husband.spouse = wife
    wife.spouse = husband
    families.push(familyOf({ husband, wife }))
  }
  single.push(...men.flat())

  const neverMarried: Person[] = []
  for (const person of single) {
    person.maritalStatus = statusWithoutSpouse(random, person)
    if (person.maritalStatus === '10') neverMarried.push(person)
    else families.push(familyOf(person.sex === '1' ? { husband: person } : { wife: person }))
  }
  return { families, neverMarried }
}

function findHusband(random: Random, men: Person[][], ageOfWife: number): Person | undefined {
  const wanted = yearsHusbandIsOlder(random)
  for (let distance = 0; distance <= 10; distance++) {
    for (const gap of distance === 0 ? [wanted] : [wanted + distance, wanted - distance]) {
      if (gap < -3 || gap > 7) continue
      const husband = men[ageOfWife + gap]?.pop()
      if (husband) return husband
    }
  }
  return undefined
}

function statusWithoutSpouse(random: Random, { age, sex }: Person): '10' | '30' | '40' {
  if (age < 24) return '10'
  const widowed = age < 40 ? 0.01 : age < 60 ? 0.15 : sex === '2' ? 0.93 : age < 75 ? 0.6 : 0.85
  const divorced = age < 30 ? 0.03 : age < 60 ? 0.42 : 0.04
  const position = random.next()
  if (position < widowed) return '30'
  return position < widowed + divorced ? '40' : '10'
}
