import { type Family, marry } from './couples.ts'
import type { Person } from './people.ts'
import { curve, type Random, weighted } from './random.ts'

/** In completed years 21–34, so that mother and child are always 20 to 35 years apart to the day. */
const youngestGap = 21
const oldestGap = 34
const ageOfMotherAtBirth = weighted<number>([
  [21, 4],
  [22, 7],
  [23, 10],
  [24, 12],
  [25, 13],
  [26, 12],
  [27, 10],
  [28, 9],
  [29, 7],
  [30, 6],
  [31, 4],
  [32, 3],
  [33, 2],
  [34, 1],
])

const wishForNextChild = [1, 0.6, 0.1, 0.02]
const daysBetweenBirths = 330

const unmarriedAtParents = curve([
  [17, 1],
  [19, 0.95],
  [25, 0.85],
  [30, 0.7],
  [40, 0.55],
  [55, 0.3],
  [60, 0],
])

const elderCoupleAtSons = curve([
  [50, 0.1],
  [60, 0.25],
  [70, 0.38],
  [80, 0.5],
])
const loneElderAtSons = curve([
  [50, 0.2],
  [60, 0.45],
  [70, 0.6],
  [80, 0.72],
])

type Community = { families: Family[]; alone: Person[] }

/** Sorts a pool into families of one to three generations, and those who live by themselves. */
export function formFamilies(random: Random, pool: Person[]): Community {
  const { families, neverMarried } = marry(random, pool)
  const byAgeOfMother: Family[][] = []
  for (const family of families) (byAgeOfMother[ageOfMother(family)] ??= []).push(family)

  const alone: Person[] = []
  const lastOfAge = new Map<number, Family>()
  for (const child of neverMarried) {
    if (bearTwin(random, lastOfAge, child)) continue
    if (random.chance(unmarriedAtParents(child.age)) && findParents(random, byAgeOfMother, child, lastOfAge))
      continue
    if (child.age >= 18) alone.push(child)
    else if (!findGrandparents(random, byAgeOfMother, child)) leaveWithAnyone(random, families, alone, child)
  }
  takeEldersIn(random, families)
  return { families, alone }
}

function ageOfMother({ wife, husband }: Family): number {
  return wife ? wife.age : (husband as Person).age - 2
}

const chanceOfTwins = 0.011

function findParents(
  random: Random,
  byAgeOfMother: Family[][],
  child: Person,
  lastOfAge: Map<number, Family>,
): boolean {
  for (let attempt = 0; attempt < 6; attempt++) {
    const families = byAgeOfMother[child.age + ageOfMotherAtBirth(random)]
    if (!families) continue
    const family = random.pick(families)
    const wish = wishForNextChild[family.children.length] ?? 0
    if (random.chance(wish) && acceptsChild(family, child)) return bear(family, child, lastOfAge)
  }
  for (let gap = youngestGap; gap <= oldestGap; gap++) {
    const family = byAgeOfMother[child.age + gap]?.find((candidate) => acceptsChild(candidate, child))
    if (family) return bear(family, child, lastOfAge)
  }
  return false
}

function bear(family: Family, child: Person, lastOfAge?: Map<number, Family>): true {
  if (family.wife) child.mother = family.wife
  if (family.husband) child.father = family.husband
  family.children.push(child)
  lastOfAge?.set(child.age, family)
  return true
}

/** The last child of every age that found parents: now and then the next of that age is its twin. */
function bearTwin(random: Random, lastOfAge: Map<number, Family>, child: Person): boolean {
  const family = lastOfAge.get(child.age)
  const twin = family?.children.find(({ age }) => age === child.age)
  if (!family || !twin || child.age > 12 || family.children.length > 2 || !random.chance(chanceOfTwins))
    return false
  if (family.children.filter(({ age }) => age === child.age).length > 1) return false
  child.birth = twin.birth
  return bear(family, child)
}

function acceptsChild({ children }: Family, child: Person): boolean {
  if (children.length > 3) return false
  return children.every((sibling) => Math.abs(sibling.birth - child.birth) >= daysBetweenBirths)
}

function findGrandparents(random: Random, byAgeOfMother: Family[][], child: Person): boolean {
  const start = random.integer(0, 19)
  for (let step = 0; step < 20; step++) {
    const families = byAgeOfMother[child.age + 46 + ((start + step) % 20)]
    if (families) return random.pick(families).grandchildren.push(child) > 0
  }
  return false
}

function leaveWithAnyone(random: Random, families: Family[], alone: Person[], child: Person): void {
  if (families.length > 0) random.pick(families).others.push(child)
  else alone.push(child)
}

function takeEldersIn(random: Random, families: Family[]): void {
  const sonsByAge: Family[][] = []
  for (const family of families) {
    if (family.husband) (sonsByAge[family.husband.age] ??= []).push(family)
  }
  const eldestFirst = families
    .filter((family) => ageOfMother(family) >= 43)
    .sort((one, other) => ageOfMother(other) - ageOfMother(one))
  for (const elders of eldestFirst) {
    const wish = elders.husband && elders.wife ? elderCoupleAtSons : loneElderAtSons
    const age = ageOfMother(elders)
    if (elders.elders || !random.chance(wish(age))) continue
    for (let attempt = 0; attempt < 8; attempt++) {
      const sons = sonsByAge[age - ageOfMotherAtBirth(random)]
      const family = sons && random.pick(sons)
      if (!family || !mayTakeIn(family, elders)) continue
      family.elders = elders
      elders.isUnderSonsRoof = true
      break
    }
  }
}

/** Three generations at most under one roof. */
function mayTakeIn(family: Family, elders: Family): boolean {
  if (family.elders || family.isUnderSonsRoof || !family.husband) return false
  return acceptsChild(elders, family.husband)
}
