import type { Hindrance } from '@youyu/shared/contraception/calendars'
import type { CheckCategory, DistanceClass, Transport } from '@youyu/shared/contraception/check-codes'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'

export type Station = {
  id: Id
  facilityId: Id
  capacityPerDay: number
  teams: number
  vehicles: number
  weekdays: readonly number[]
  openedOn: CivilDate
  closedOn: CivilDate | null
}
export type Reach = { stationId: Id; distanceClass: DistanceClass; transport: Transport; minutes: number }
export type Village = {
  divisionCode: DivisionCode
  /** Nearest first. */
  reach: readonly Reach[]
  busy: readonly (readonly [from: CivilDate, to: CivilDate])[]
}
export type Need = {
  divisionCode: DivisionCode
  category: CheckCategory
  /** Persons expected in the whole year. */
  expected: number
  season: readonly [string, string] | null
  /** Last session of the category in the village, in an earlier cycle. */
  lastOn: CivilDate | null
  /** Sooner than this after the last one makes no sense. */
  notBefore: CivilDate | null
  /** Time of the year, 0 … 1. */
  wantedAt: number
}
export type County = {
  from: CivilDate
  to: CivilDate
  stations: readonly Station[]
  villages: readonly Village[]
  holidays: ReadonlyMap<CivilDate, boolean>
}
export type SessionPlan = {
  stationId: Id
  facilityId: Id
  divisionCode: DivisionCode
  category: CheckCategory
  team: number
  onDay: CivilDate
  slots: number
  expected: number
  distanceClass: DistanceClass
  transport: Transport
}
export type Hindrances = Partial<Record<Hindrance, number>>
export type UnplacedNeed = {
  divisionCode: DivisionCode
  category: CheckCategory
  days: number
  reason: Hindrance
  hindrances: Hindrances
}
export type Proposal = { sessions: SessionPlan[]; unplaced: UnplacedNeed[] }

const shareOfDay: Record<DistanceClass, number> = { NEAR: 1, MIDDLE: 0.8, FAR: 0.6 }

/** The road takes its part of the day. */
export function slotsOf(station: Pick<Station, 'capacityPerDay'>, distance: DistanceClass): number {
  return Math.max(1, Math.floor(station.capacityPerDay * shareOfDay[distance]))
}
