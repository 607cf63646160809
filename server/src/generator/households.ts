import type { Family } from './couples.ts'
import { formFamilies } from './families.ts'
import type { Person } from './people.ts'
import { type Random, shuffle } from './random.ts'

/** Codes of GB/T 4761, one digit. */
type Relation = '0' | '1' | '2' | '3' | '4' | '5' | '7' | '8'

export type HouseholdType = 'FAMILY' | 'COLLECTIVE' | 'SINGLE' | 'TEMP'

export type Member = {
  person: Person
  relation: Relation
  /** Bears the name of the father's line of the house. */
  isOfHouse: boolean
}

export type Household = { type: HouseholdType; members: Member[] }

/** Everyone of the pool in exactly one household, households in random order. */
export function formHouseholds(random: Random, pool: Person[]): Household[] {
  const { families, alone } = formFamilies(random, pool)
  const households = families
    .filter((family) => !family.isUnderSonsRoof)
    .map((family) => houseOf(random, family))

  const lodgers: Member[] = []
  for (const person of alone) {
    const isLodger = person.age >= 18 && person.age < 30 && random.chance(0.45)
    if (isLodger) lodgers.push({ person, relation: '8', isOfHouse: false })
    else households.push({ type: 'SINGLE', members: [{ person, relation: '0', isOfHouse: true }] })
  }
  while (lodgers.length > 0) households.push(lodging(lodgers.splice(0, random.integer(4, 12))))
  return shuffle(random, households)
}

function lodging(members: Member[]): Household {
  const first = members[0] as Member
  first.relation = '0'
  return members.length === 1 ? { type: 'SINGLE', members } : { type: 'COLLECTIVE', members }
}

function houseOf(random: Random, family: Family): Household {
  const { elders } = family
  const eldersLead = elders?.husband && elders.husband.age < 72 && random.chance(0.5)
  const members = elders && eldersLead ? underElders(random, family, elders) : underYoung(random, family)
  return { type: members.length === 1 ? 'SINGLE' : 'FAMILY', members }
}

function underElders(random: Random, family: Family, elders: Family): Member[] {
  const son = family.husband as Person
  return [
    ...couple(elders),
    { person: son, relation: '2', isOfHouse: true },
    ...(family.wife ? [{ person: family.wife, relation: '8', isOfHouse: false } as const] : []),
    ...eldestFirst(family.children).map((person) => ({ person, relation: '4', isOfHouse: true }) as const),
    ...childrenOf(elders),
    ...others(random, elders, '4'),
    ...others(random, family, '8'),
  ]
}

function underYoung(random: Random, family: Family): Member[] {
  const { elders } = family
  const members = [...couple(family), ...childrenOf(family), ...others(random, family, '4')]
  if (!elders) return members
  if (elders.husband) members.push({ person: elders.husband, relation: '5', isOfHouse: true })
  if (elders.wife) members.push({ person: elders.wife, relation: '5', isOfHouse: false })
  for (const person of elders.children) members.push({ person, relation: '7', isOfHouse: true })
  members.push(...others(random, elders, '8'))
  return members
}

function couple({ husband, wife }: Family): Member[] {
  if (!husband) return [{ person: wife as Person, relation: '0', isOfHouse: false }]
  const head: Member = { person: husband, relation: '0', isOfHouse: true }
  return wife ? [head, { person: wife, relation: '1', isOfHouse: false }] : [head]
}

function childrenOf(family: Family): Member[] {
  return eldestFirst(family.children).map((person) => ({
    person,
    relation: person.sex === '1' ? '2' : '3',
    isOfHouse: true,
  }))
}

function others(random: Random, family: Family, relationOfGrandchild: '4' | '8'): Member[] {
  return [
    ...family.grandchildren.map((person) => ({
      person,
      relation: relationOfGrandchild,
      isOfHouse: random.chance(0.75),
    })),
    ...family.others.map((person) => ({ person, relation: '8', isOfHouse: false }) as const),
  ]
}

function eldestFirst(children: Person[]): Person[] {
  return children.sort((one, other) => one.birth - other.birth)
}
