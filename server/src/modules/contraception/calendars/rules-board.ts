import type { Hindrance } from '@youyu/shared/contraception/calendars'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import { dayNumber, dayOf, isInSeason, isWorked, seasonsApart } from './rules-days.ts'
import {
  slotsOf,
  type County,
  type Hindrances,
  type Need,
  type Reach,
  type SessionPlan,
  type Station,
  type Village,
} from './rules-county.ts'

/** Two visits of a category in successive cycles lie at least so many days apart in the year. */
export const ROTATION_DAYS = 28

type Found = { day: number; reach: Reach; station: Station; team: number; slots: number }
type Wish = Pick<Need, 'divisionCode' | 'category' | 'season' | 'lastOn' | 'notBefore'>

/** Who is out where on which day of the period; days are counted from its first. */
export type Board = {
  indexOf(day: CivilDate): number
  /** The nearest free day at or around a day, or what stands in the way. */
  find(wish: Wish, near: number): Found | { hindrances: Hindrances }
  take(wish: Pick<Wish, 'divisionCode' | 'category'>, found: Found, expected: number): SessionPlan
  /** What stands in the way of a session where it is, or null. */
  hindranceOf(session: SessionPlan): Hindrance | null
  /** Holds the place of a session that stays. */
  keep(session: SessionPlan): void
  usualSlots(village: DivisionCode): number
  villageOf(code: DivisionCode): Village | undefined
}

type Roster = { station: Station; teams: Uint32Array; vehicles: Uint8Array; closedBy: (Hindrance | null)[] }

export function openBoard(county: County, firstFree = county.from): Board {
  const start = dayNumber(county.from)
  const length = dayNumber(county.to) - start + 1
  const days = Array.from({ length }, (_, index) => dayOf(start + index))
  const floor = Math.max(0, dayNumber(firstFree) - start)
  const villages = new Map(county.villages.map((village) => [village.divisionCode, village]))
  const rosters = new Map<Id, Roster>(
    county.stations.map((station) => [
      station.id,
      {
        station,
        teams: new Uint32Array(length),
        vehicles: new Uint8Array(length),
        closedBy: days.map((day) => closingOf(station, day, county.holidays)),
      },
    ]),
  )
  const taken = new Map<DivisionCode, Set<number>>()

  function onRoad(village: DivisionCode): Set<number> {
    let set = taken.get(village)
    if (!set) taken.set(village, (set = new Set()))
    return set
  }

  function freeTeam(roster: Roster, day: number): number {
    const out = roster.teams[day] ?? 0
    for (let team = 1; team <= roster.station.teams; team += 1) if (!(out & (1 << team))) return team
    return 0
  }

  function standing(roster: Roster, village: Village, day: number): Hindrance | null {
    const closed = roster.closedBy[day]
    if (closed) return closed
    const on = days[day]!
    if (village.busy.some(([from, to]) => on >= from && on <= to)) return 'BUSY'
    return null
  }

  function hindrance(
    wish: Wish,
    village: Village,
    roster: Roster,
    reach: Reach,
    day: number,
  ): Hindrance | null {
    const closed = standing(roster, village, day)
    if (closed) return closed
    const on = days[day]!
    if (!isInSeason(on, wish.season)) return 'OUT_OF_SEASON'
    if (wish.notBefore && on < wish.notBefore) return 'ROTATION'
    if (wish.lastOn && seasonsApart(wish.lastOn, on) < ROTATION_DAYS) return 'ROTATION'
    if (freeTeam(roster, day) === 0) return 'NO_TEAM'
    if (reach.transport === 'CAR' && roster.vehicles[day]! >= roster.station.vehicles) return 'NO_VEHICLE'
    if (onRoad(village.divisionCode).has(day)) return 'OTHER_CATEGORY'
    return null
  }

  function book(
    session: { stationId: Id; divisionCode: DivisionCode; transport: string },
    day: number,
    team: number,
  ) {
    const roster = rosters.get(session.stationId)
    onRoad(session.divisionCode).add(day)
    if (!roster) return
    roster.teams[day] = (roster.teams[day] ?? 0) | (1 << team)
    if (session.transport === 'CAR') roster.vehicles[day] = (roster.vehicles[day] ?? 0) + 1
  }

  return {
    indexOf: (day) => dayNumber(day) - start,
    villageOf: (code) => villages.get(code),
    usualSlots(code) {
      const nearest = villages.get(code)?.reach[0]
      const roster = nearest && rosters.get(nearest.stationId)
      return nearest && roster ? slotsOf(roster.station, nearest.distanceClass) : Number.POSITIVE_INFINITY
    },
    find(wish, near) {
      const village = villages.get(wish.divisionCode)
      const hindrances: Hindrances = {}
      for (const reach of village?.reach ?? []) {
        const roster = rosters.get(reach.stationId)
        if (!roster) continue
        for (let offset = 0; offset < length; offset += 1) {
          for (const day of offset === 0 ? [near] : [near + offset, near - offset]) {
            if (day < floor || day >= length) continue
            const hindered = hindrance(wish, village!, roster, reach, day)
            if (hindered) hindrances[hindered] = (hindrances[hindered] ?? 0) + 1
            else {
              const { station } = roster
              return {
                day,
                reach,
                station,
                team: freeTeam(roster, day),
                slots: slotsOf(station, reach.distanceClass),
              }
            }
          }
        }
      }
      return { hindrances: Object.keys(hindrances).length > 0 ? hindrances : { UNREACHABLE: 1 } }
    },
    take({ divisionCode, category }, { day, reach, station, team, slots }, expected) {
      const { distanceClass, transport } = reach
      const place = { stationId: station.id, facilityId: station.facilityId, divisionCode }
      book({ ...place, transport }, day, team)
      return { ...place, category, team, onDay: days[day]!, slots, expected, distanceClass, transport }
    },
    hindranceOf(session) {
      const roster = rosters.get(session.stationId)
      const village = villages.get(session.divisionCode)
      const day = dayNumber(session.onDay) - start
      if (!roster) return 'STATION_CLOSED'
      if (!village?.reach.some(({ stationId }) => stationId === session.stationId)) return 'UNREACHABLE'
      const closed = standing(roster, village, day)
      if (closed) return closed
      if (onRoad(session.divisionCode).has(day)) return 'OTHER_CATEGORY'
      const isOut =
        session.team > roster.station.teams || ((roster.teams[day] ?? 0) & (1 << session.team)) !== 0
      if (isOut) return 'NO_TEAM'
      if (session.transport === 'CAR' && roster.vehicles[day]! >= roster.station.vehicles) return 'NO_VEHICLE'
      return null
    },
    keep(session) {
      const day = dayNumber(session.onDay) - start
      if (day >= 0 && day < length) book(session, day, session.team)
    },
  }
}

function closingOf(
  station: Station,
  day: CivilDate,
  holidays: ReadonlyMap<CivilDate, boolean>,
): Hindrance | null {
  if (day < station.openedOn || (station.closedOn !== null && day >= station.closedOn))
    return 'STATION_CLOSED'
  return isWorked(day, station.weekdays, holidays) ? null : 'NOT_WORKED'
}
