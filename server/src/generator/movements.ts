import type { Day } from './civil-days.ts'
import type { Household } from './households.ts'
import type { Person } from './people.ts'
import type { OtherCounty, Village } from './places.ts'
import { curve, type Random } from './random.ts'

/** Codes of RESID_STATUS: 1 at home, 2 away six months or more, 3 and 4 come from elsewhere, 5 hukou pending. */
type ResidenceStatus = '1' | '2' | '3' | '4' | '5'

export type Residence = { division: string; address: string; status: ResidenceStatus; since: Day | undefined }

export type Surroundings = {
  asOf: Day
  towns: Village[]
  nearby: OtherCounty[]
  distant: OtherCounty[]
}

const chanceOfBeingAway = curve([
  [15, 0],
  [18, 0.1],
  [22, 0.26],
  [30, 0.24],
  [40, 0.16],
  [50, 0.09],
  [60, 0.03],
  [75, 0.01],
])

/** Where a household from elsewhere has its register, if this is one. */
export function homeElsewhere(
  random: Random,
  { nearby, distant }: Surroundings,
  household: Household,
  village: Village,
): OtherCounty | undefined {
  const isMobile = household.members.every(({ person }) => person.age < 65)
  if (!isMobile || !random.chance(village.isUrban ? 0.11 : 0.018)) return undefined
  const elsewhere = distant.length > 0 && random.chance(0.6) ? distant : nearby
  return elsewhere.length > 0 ? random.pick(elsewhere) : undefined
}

/** One place for all who leave the house together, so that a couple and its children stay together. */
export function destination(
  random: Random,
  { towns, nearby, distant }: Surroundings,
  village: Village,
): { division: string; address: string } | undefined {
  const position = random.next()
  if (position < 0.4 && towns.length > 0) {
    const town = random.pick(towns)
    return town.code === village.code ? undefined : { division: town.code, address: town.address }
  }
  const elsewhere = position < 0.75 || distant.length === 0 ? nearby : distant
  if (elsewhere.length === 0) return undefined
  const county = random.pick(elsewhere)
  return { division: county.code, address: county.address }
}

export function isAway(random: Random, person: Person, areParentsAway: boolean): boolean {
  if (person.age < 16) return areParentsAway && random.chance(0.45)
  return random.chance(chanceOfBeingAway(person.age))
}

export function daysAgo(random: Random, asOf: Day, person: Person, least: number, most: number): Day {
  return Math.max(person.birth, asOf - random.integer(least, most))
}
