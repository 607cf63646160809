import { type Day, formatDay } from './civil-days.ts'
import type { Decade } from './departed.ts'
import { destination, type Residence, type Surroundings } from './movements.ts'
import type { Person } from './people.ts'
import type { OtherCounty, Village } from './places.ts'
import { type Random, weighted } from './random.ts'
import type { MoveRow, PersonRow } from './rows.ts'

/** Where somebody is registered and lives before the moves of the decade, and those moves. */
export type Standing = { hukou: string; residence: Residence; moves: Omit<MoveRow, 'idNumber'>[] }

const reasonsToLeave = weighted<string>([
  ['WORK', 78],
  ['STUDY', 9],
  ['FAMILY', 7],
  ['PENSION', 2],
  ['OTHER', 4],
])

/** Those whose arrival or departure the county was told of. */
const reported = 0.6
const leavesForATime = 0.03
const cameBack = 0.025
const marriedInFromElsewhere = 0.3

export function standings(random: Random, decade: Decade, surroundings: Surroundings) {
  const move = (kind: string, day: Day, fromDivision: string, toDivision: string, reason: string) => ({
    kind,
    date: formatDay(day),
    fromDivision,
    toDivision,
    reason,
    expectedReturn: '',
  })

  /** Away for good: at home at first where the departure is among the moves. */
  function away(person: Person, home: Residence, gone: Residence): Standing {
    const day = gone.since ?? decade.from
    if (day < decade.from || day < person.birth + 60 || !random.chance(reported))
      return { hukou: home.division, residence: gone, moves: [] }
    const reason = person.age < 16 ? 'FAMILY' : reasonsToLeave(random)
    const since = home.since !== undefined && home.since >= day ? person.birth : home.since
    return {
      hukou: home.division,
      residence: { ...home, since },
      moves: [move('FLOW_OUT', day, home.division, gone.division, reason)],
    }
  }

  /** At home: some were away for a time, some came back for good, some wives brought their register with them. */
  function home(
    person: Person,
    { code }: Village,
    residence: Residence,
    wedding: Day | undefined,
    isOfHouse: boolean,
  ): Standing {
    const stays: Standing = { hukou: code, residence, moves: [] }
    if (residence.status !== '1' || person.age < 18 || person.age > 62) return stays
    if (!isOfHouse && wedding !== undefined && wedding >= decade.from && wedding < decade.until - 40)
      return marriedIn(residence, code, wedding) ?? stays
    const place = random.chance(leavesForATime + cameBack) ? elsewhere(code) : undefined
    if (!place) return stays
    const adult = person.birth + 18 * 366
    const back = random.integer(Math.max(decade.from + 400, adult + 400), decade.until)
    if (back > decade.until || (residence.since ?? person.birth) > back - 390) return stays
    const since = back - random.integer(200, 380)
    const reason = reasonsToLeave(random)
    const returns = move('RETURN', back, place.division, code, random.chance(0.5) ? 'FAMILY' : 'OTHER')
    if (random.chance(leavesForATime / (leavesForATime + cameBack)))
      return { ...stays, moves: [move('FLOW_OUT', since, code, place.division, reason), returns] }
    return { hukou: code, residence: { ...place, status: '2', since }, moves: [returns] }
  }

  function elsewhere(code: string): { division: string; address: string } | undefined {
    const place = destination(random, { ...surroundings, towns: [] }, { code } as Village)
    return place?.division === code ? undefined : place
  }

  function marriedIn(residence: Residence, code: string, wedding: Day): Standing | undefined {
    if (surroundings.nearby.length === 0 || !random.chance(marriedInFromElsewhere)) return undefined
    const origin = random.pick(surroundings.nearby)
    const day = wedding + random.integer(20, 400)
    if (day > decade.until) return undefined
    const status = day - wedding >= 183 ? '3' : '4'
    return {
      hukou: origin.code,
      residence: { ...residence, since: wedding, status },
      moves: [move('HUKOU_IN', day, origin.code, code, 'MARRIAGE')],
    }
  }

  /** Guests of another county: their arrival is known where they came within the decade. */
  function guest(person: Person, origin: OtherCounty, residence: Residence): Standing {
    const { since = decade.from, division } = residence
    const isKnown = since >= decade.from && since > person.birth && random.chance(reported)
    const reason = person.age < 16 ? 'FAMILY' : 'WORK'
    const moves = isKnown ? [move('FLOW_IN', since, origin.code, division, reason)] : []
    return { hukou: origin.code, residence, moves }
  }

  return { away, home, guest }
}

export function moveRows({ moves }: Standing, { idNumber }: PersonRow): MoveRow[] {
  return idNumber === '' ? [] : moves.map((move) => ({ idNumber, ...move }))
}
