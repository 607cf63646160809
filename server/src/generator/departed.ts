import type { Day } from './civil-days.ts'
import type { Household, Member } from './households.ts'
import { inSeason, type Person, type Sex } from './people.ts'
import { type Random, weighted } from './random.ts'

export type Departed = Member & { death: Day }
export type Decade = { from: Day; until: Day }

/** Deaths per thousand a year of an old county, over ten years. */
const deathsPerLiving = 0.0069 * 10

const YEAR = 365.2425
const ageBands = weighted<readonly [number, number]>([
  [[1, 14], 0.5],
  [[15, 29], 0.9],
  [[30, 44], 2.3],
  [[45, 54], 4.6],
  [[55, 64], 10],
  [[65, 74], 22],
  [[75, 84], 36],
  [[85, 99], 24],
])

/** Of a hundred deaths under five: the first day, the first month, the first year, later. */
const daysOfInfant = weighted<readonly [number, number]>([
  [[0, 0], 17],
  [[1, 27], 35],
  [[28, 364], 31],
  [[365, 1800], 17],
])
const deathsUnderFivePerBirth = 0.0068

/** The people of each household who died in the decade: their parents, spouses, brothers, now and then a child. */
export function departures(random: Random, decade: Decade): (household: Household) => Departed[] {
  let owed = random.next()
  return (household) => {
    const found = infants(random, decade, household.members)
    owed += household.members.length * deathsPerLiving - found.length
    if (household.type === 'COLLECTIVE') return found
    while (owed >= 1) {
      found.push(elder(random, decade, household.members, found))
      owed -= 1
    }
    return found
  }
}

function elder(random: Random, { from, until }: Decade, members: Member[], others: Departed[]): Departed {
  const [head] = members as [Member]
  const [least, most] = ageBands(random)
  const death = winterDay(random, from, until)
  const age = random.integer(least, most)
  const birth = death - Math.floor(age * YEAR) - random.integer(1, 364)
  const sex: Sex = random.chance(age < 75 ? 0.62 : age < 85 ? 0.5 : 0.4) ? '1' : '2'
  const relation = relationOf(head.person, { birth, sex }, [...members, ...others])
  const person: Person = { sex, age, birth, maritalStatus: age < 24 ? '10' : age < 70 ? '21' : '30' }
  return { person, relation, isOfHouse: relation === '5' && sex === '1', death }
}

function relationOf(
  head: Person,
  { birth, sex }: Pick<Person, 'birth' | 'sex'>,
  house: Member[],
): Member['relation'] {
  const yearsOlder = (head.birth - birth) / YEAR
  const isPartner = head.maritalStatus === '30' && head.sex !== sex && Math.abs(yearsOlder) < 8
  if (isPartner && house.every((member) => mayBelongTo(birth, member))) return '1'
  if (yearsOlder >= 20 && yearsOlder <= 45) return '5'
  return Math.abs(yearsOlder) < 15 ? '7' : '8'
}

/** Children of the house are hers or might be, and nobody has her place. */
function mayBelongTo(birth: Day, { person, relation }: Member): boolean {
  if (relation === '1') return false
  const age = (person.birth - birth) / YEAR
  return (relation !== '2' && relation !== '3') || (age > 20.1 && age < 34.9)
}

function winterDay(random: Random, from: Day, until: Day): Day {
  return inSeason(random, () => random.integer(from, until))
}

/** Brothers and sisters who did not live to see the others grow up. */
function infants(random: Random, { from, until }: Decade, members: Member[]): Departed[] {
  const found: Departed[] = []
  for (const { person: sibling, relation } of members) {
    const { mother, father } = sibling
    if (!mother || sibling.birth < from || !random.chance(deathsUnderFivePerBirth)) continue
    const birth = sibling.birth + (random.chance(0.5) ? 1 : -1) * random.integer(340, 900)
    const [least, most] = daysOfInfant(random)
    const death = birth + random.integer(least, most)
    const ageOfMother = (birth - mother.birth) / YEAR
    const house = [...members, ...found].filter(({ person }) => person.mother === mother)
    const isTooClose = house.some(({ person }) => Math.abs(person.birth - birth) < 330)
    if (birth < from || death > until || ageOfMother < 20.1 || ageOfMother > 34.9 || isTooClose) continue
    const sex: Sex = random.chance(0.54) ? '1' : '2'
    const person: Person = {
      sex,
      age: Math.floor((death - birth) / YEAR),
      birth,
      maritalStatus: '10',
      mother,
    }
    if (father) person.father = father
    const isChild = relation === '2' || relation === '3'
    found.push({ person, relation: isChild ? (sex === '1' ? '2' : '3') : relation, isOfHouse: true, death })
  }
  return found
}
