import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { bornBetween, programmesInForce, type ProgrammeRow } from '../programmes/index.ts'
import * as queries from './queries-county.ts'
import type { County, Need, Reach, Station, Village } from './rules-county.ts'
import { keyOfNeed, needsOf, type CategoryCycle } from './rules-needs.ts'
import { selectBusy, selectHolidays, selectStations, type StationRow } from './stations/queries.ts'

export type Gathered = { county: County; needs: Need[]; merged: Set<string> }

/** Everything that a year's plan depends on, read in one transaction. */
export async function gather(
  tx: Transaction,
  access: Access,
  { year, from, to }: { year: number; from: CivilDate; to: CivilDate },
): Promise<Gathered> {
  const programmes = (await programmesInForce(tx, access, `${year}-07-01`)).filter(
    ({ isOffered, venue }) => isOffered && venue === 'VILLAGE',
  )
  const cycles = cyclesOf(programmes)
  const stations = await selectStations(tx, access)
  const villages = await queries.villagesOf(tx, access)
  const reaches = await queries.reachesOf(tx, access)
  const busy = await selectBusy(tx, access, { from, to })
  const holidays = await selectHolidays(tx, from, to)
  const merged = await queries.villagesMerged(tx, access)
  const demands = await queries.demandsOf(tx, access, expectationsOf(programmes, cycles, `${year}-07-01`))
  const last = await queries.lastSessions(tx, access, `${year}-01-01`)

  const current = new Set(villages)
  const roads = Map.groupBy(reaches, ({ divisionCode }) => divisionCode)
  const county: County = {
    from,
    to,
    stations: stations.map(stationOf),
    holidays: new Map(holidays.map(({ day, isWorkday }) => [day, isWorkday])),
    villages: villages.map((divisionCode): Village => ({
      divisionCode,
      reach: roads.get(divisionCode) ?? usualReach(divisionCode, stations),
      busy: busy
        .filter((period) => divisionCode.startsWith(significant(period.divisionCode)))
        .map(({ fromOn, toOn }) => [fromOn, toOn] as const),
    })),
  }
  const lastHeld = new Map(last.map((session) => [keyOfNeed(session), session.onDay]))
  const needs = needsOf(
    year,
    cycles,
    demands.filter(({ divisionCode }) => current.has(divisionCode)),
    lastHeld,
  )
  return { county, needs, merged }
}

const significant = (code: string) =>
  code.endsWith('000000') ? code.slice(0, 6) : code.endsWith('000') ? code.slice(0, 9) : code

function stationOf({ organisationId, ...station }: StationRow): Station {
  return { ...station, facilityId: organisationId }
}

/** Where nobody has entered the road: its township's own station, else the county's with a vehicle. */
function usualReach(village: string, stations: readonly StationRow[]): Reach[] {
  const own = stations.filter(({ divisionCode }) => divisionCode.slice(0, 9) === village.slice(0, 9))
  if (own.length > 0)
    return own.map(({ id }) => ({ stationId: id, distanceClass: 'NEAR', transport: 'BUS', minutes: 20 }))
  return stations
    .filter(({ divisionCode }) => divisionCode.endsWith('000000'))
    .map(({ id }) => ({ stationId: id, distanceClass: 'FAR', transport: 'CAR', minutes: 90 }))
}

/** A category comes as often as the shortest of its programmes asks. */
function cyclesOf(programmes: readonly ProgrammeRow[]): CategoryCycle[] {
  return [...Map.groupBy(programmes, ({ category }) => category)]
    .map(([category, own]): CategoryCycle => {
      const [first] = own
      const season =
        own.length === 1 && first?.seasonFrom && first.seasonTo
          ? ([first.seasonFrom, first.seasonTo] as const)
          : null
      return { category, cycleMonths: Math.min(...own.map(({ cycleMonths }) => cycleMonths)), season }
    })
    .sort((a, b) => a.cycleMonths - b.cycleMonths || (a.category < b.category ? -1 : 1))
}

function expectationsOf(
  programmes: readonly ProgrammeRow[],
  cycles: readonly CategoryCycle[],
  on: CivilDate,
): queries.Expectation[] {
  const months = new Map(cycles.map(({ category, cycleMonths }) => [category, cycleMonths]))
  return programmes.map((programme) => {
    const { category, sex, ageFrom, ageTo, uptakePercent, cycleMonths } = programme
    const born = bornBetween(on, ageFrom, ageTo)
    const share = ((uptakePercent / 100) * months.get(category)!) / cycleMonths
    return { category, sex, bornFrom: born.from, bornTo: born.to, share }
  })
}
