import { birthRows, type Numbered } from './births.ts'
import { type Day, dayOf, formatDay, parseDay, partsOf } from './civil-days.ts'
import { education, ethnicity, hukouType, phone } from './circumstances.ts'
import { deathRow } from './deaths.ts'
import { departures } from './departed.ts'
import { formHouseholds, type Household, type Member } from './households.ts'
import { identityNumbers, syntheticArea } from './identity-numbers.ts'
import {
  daysAgo,
  destination,
  homeElsewhere,
  isAway,
  type Residence,
  type Surroundings,
} from './movements.ts'
import { marriageRows, weddingDay } from './marriages.ts'
import { methodRows } from './methods.ts'
import { moveRows, type Standing, standings } from './moves.ts'
import { givenName, nameWithDot, surname } from './names.ts'
import { type Person, population } from './people.ts'
import { type OtherCounty, otherCounties, settle, type Village } from './places.ts'
import { type Random, seededRandom } from './random.ts'
import type { DivisionRow, EventRows, GeneratedHousehold, PersonRow } from './rows.ts'

export type CountyPlan = {
  /** Six digits. */
  county: string
  /** Alive on that day; who died in the ten years before comes on top. */
  persons: number
  seed: number
  /** The day on which the register is as it is. */
  asOf: string
  /** At least the county with its townships and villages; other counties make movements possible. */
  divisions: readonly DivisionRow[]
}

/** Large enough that everyone finds a fitting family, small enough for bounded memory. */
const poolSize = 3000

const halfAYear = 183

/** Keeps what is drawn for events apart from what is drawn for people. */
const seedOfFate = 0xfa7e
/** The same for what was used. */
const seedOfChoice = 0xc401ce

/** Of the households, those whose women went to the county's centre and not to their township's station. */
const shareOfCentre = 0.4

/** A synthetic county, household by household in the order of its villages. The same plan gives the same rows. */
export function* generateCounty(plan: CountyPlan): Generator<GeneratedHousehold, void> {
  const asOf = parseDay(plan.asOf)
  if (asOf === undefined) throw new RangeError(`${plan.asOf} is not a date`)
  const random = seededRandom(plan.seed)
  const villages = settle(random, plan.county, plan.divisions, plan.persons, () => surname(random))
  const elsewhere = otherCounties(plan.divisions, plan.county)
  const province = plan.county.slice(0, 2)
  const surroundings: Surroundings = {
    asOf,
    towns: villages.filter(({ isUrban }) => isUrban),
    nearby: elsewhere.filter(({ code }) => code.startsWith(province)),
    distant: elsewhere.filter(({ code }) => !code.startsWith(province)),
  }
  const draws = {
    random,
    fate: seededRandom(plan.seed + seedOfFate),
    choice: seededRandom(plan.seed + seedOfChoice),
  }
  const describe = describer(draws, plan.county, surroundings)

  const upcoming = villages.values()
  let current = upcoming.next().value as Village
  let room = current.people
  const pools = Math.ceil(plan.persons / poolSize)
  const draw = population(asOf)
  for (let pool = 0; pool < pools; pool++) {
    const before = Math.floor((pool * plan.persons) / pools)
    const after = Math.floor(((pool + 1) * plan.persons) / pools)
    for (const household of formHouseholds(random, draw(random, after - before))) {
      while (room <= 0) {
        const next = upcoming.next()
        if (next.done) break
        current = next.value
        room += current.people
      }
      room -= household.members.length
      yield describe(household, current)
    }
  }
}

type Draws = { random: Random; fate: Random; choice: Random }

function describer({ random, fate, choice }: Draws, county: string, surroundings: Surroundings) {
  const { asOf } = surroundings
  const { year, month, day } = partsOf(asOf)
  const decade = { from: dayOf(year - 10, month, day) + 1, until: asOf }
  const standing = standings(fate, decade, surroundings)
  const departedOf = departures(fate, decade)
  const birthsOf = birthRows(fate, decade, numbering(`X${county.slice(0, 2)}`, 7))
  const marriagesOf = marriageRows(fate, decade, numbering(`J${county}-`, 7))
  const methodsOf = methodRows(choice, asOf)
  const deathNumber = numbering(`${county}D`, 7)
  const issueNumber = identityNumbers()
  const ownArea = syntheticArea(county)
  let households = 0

  return function describe(household: Household, village: Village): GeneratedHousehold {
    const origin = homeElsewhere(random, surroundings, household, village)
    const isCollective = household.type === 'COLLECTIVE'
    const householdNumber = county + String(++households).padStart(7, '0')
    const address = `${village.address}${String(random.integer(1, village.isUrban ? 60 : 400))}号`
    const kind = isCollective ? '4' : hukouType(random, village.isUrban)
    const persons: PersonRow[] = []
    const names = new Set<string>()
    const houseName = origin || random.chance(0.45) ? surname(random) : random.pick(village.surnames)
    const houseEthnicity = ethnicity(random, origin?.ethnicities)
    const arrival = asOf - (random.chance(0.78) ? random.integer(190, 3000) : random.integer(1, 175))
    const away = origin ? undefined : destination(random, surroundings, village)
    let areAdultsAway = true
    const people: Numbered[] = []
    const events: EventRows = { births: [], deaths: [], marriages: [], moves: [], methods: [] }
    const weddings = weddingsOf(household)

    for (const member of household.members) {
      const { person, isOfHouse } = member
      const nation = isOfHouse ? houseEthnicity : ethnicity(random, origin?.ethnicities)
      const isUnregistered = person.age === 0 && random.chance(0.5)
      const leaves = away !== undefined && person.age > 0 && isAway(random, person, areAdultsAway)
      if (person.age >= 18 && person.age < 60 && !leaves) areAdultsAway = false
      const here = atHome(member, village.code, address, isUnregistered)
      const held = origin
        ? standing.guest(person, origin, asGuest(village.code, address, Math.max(person.birth, arrival)))
        : leaves
          ? standing.away(person, here, {
              ...away,
              status: '2',
              since: daysAgo(random, asOf, person, 190, 4000),
            })
          : standing.home(person, village, here, weddings.get(person), isOfHouse)
      add(member, held, nation, isUnregistered)
    }
    for (const departed of origin ? [] : departedOf(household)) {
      const home = atHome(departed, village.code, address, false)
      add(departed, { hukou: village.code, residence: home, moves: [] }, houseEthnicity, false)
      const buried = { ...(people.at(-1) as Numbered), death: departed.death }
      events.deaths.push(deathRow(fate, buried, deathNumber()))
    }
    events.births.push(...birthsOf(people, (birth) => !origin || birth >= arrival))
    events.marriages.push(...marriagesOf(people, weddings))
    const facility = choice.chance(shareOfCentre) ? 'DEMO-S' : `ST-${village.code.slice(0, 9)}`
    events.methods.push(...methodsOf(people, weddings, facility))

    function add(member: Member, held: Standing, ethnicity: string, isUnregistered: boolean): void {
      const { person } = member
      const { residence } = held
      const row: PersonRow = {
        name: nameOf(member, houseName, ethnicity, names),
        sex: person.sex,
        birthDate: formatDay(person.birth),
        idType: isUnregistered ? '' : '01',
        idNumber: isUnregistered ? '' : issueNumber(areaOf(member, origin), person.birth, person.sex),
        ethnicity,
        education: education(random, person, partsOf(person.birth).year),
        maritalStatus: random.chance(0.004) ? '' : person.maritalStatus,
        hukouDivision: held.hukou,
        hukouType: kind,
        residenceDivision: residence.division,
        residenceStatus: residence.status,
        residenceSince: residence.since === undefined ? '' : formatDay(residence.since),
        householdNumber,
        relationToHead: member.relation,
        phone: phone(random, person.age),
        address: random.chance(0.004) ? '' : residence.address,
      }
      persons.push(row)
      people.push({ person, idNumber: row.idNumber, name: row.name })
      events.moves.push(...moveRows(held, row))
    }
    return {
      household: {
        householdNumber,
        type: origin ? 'TEMP' : household.type,
        division: village.code,
        headIdNumber: persons[0]?.idNumber ?? '',
        address,
      },
      persons,
      ...events,
    }
  }

  function weddingsOf({ members }: Household): Map<Person, Day> {
    const weddings = new Map<Person, Day>()
    for (const { person: husband } of members) {
      const { spouse: wife } = husband
      if (husband.sex === '2' || !wife) continue
      const children = members
        .filter(({ person }) => person.mother === wife)
        .map(({ person }) => person.birth)
      const day = weddingDay(fate, husband, wife, children, asOf)
      weddings.set(husband, day).set(wife, day)
    }
    return weddings
  }

  /** Who married in may bring a number issued elsewhere, even of a county that no longer exists. */
  function areaOf({ isOfHouse }: Member, origin: OtherCounty | undefined): string {
    if (origin) return syntheticArea(origin.code)
    if (isOfHouse || surroundings.nearby.length === 0 || !random.chance(0.15)) return ownArea
    return syntheticArea(random.pick(surroundings.nearby).code)
  }

  function asGuest(division: string, address: string, since: Day): Residence {
    return { division, address, since, status: asOf - since >= halfAYear ? '3' : '4' }
  }

  function atHome(
    { person, isOfHouse }: Member,
    division: string,
    address: string,
    isUnregistered: boolean,
  ): Residence {
    const marriedInAt = person.birth + Math.floor(365.25 * Math.min(person.age, random.integer(21, 27)))
    const since = isOfHouse ? person.birth : Math.min(asOf, marriedInAt)
    return {
      division,
      address,
      status: isUnregistered ? '5' : '1',
      since: random.chance(0.3) ? undefined : since,
    }
  }

  function nameOf(
    { person, isOfHouse }: Member,
    houseName: string,
    people: string,
    taken: Set<string>,
  ): string {
    const family = isOfHouse ? houseName : surname(random)
    const { year } = partsOf(person.birth)
    for (let attempt = 0; ; attempt++) {
      const name = nameWithDot(random, people, person.sex) ?? family + givenName(random, person.sex, year)
      if (taken.has(name) && attempt < 9) continue
      taken.add(name)
      return name
    }
  }
}

function numbering(prefix: string, digits: number): () => string {
  let last = 0
  return () => prefix + String(++last).padStart(digits, '0')
}
