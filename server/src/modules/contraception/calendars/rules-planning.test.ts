import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CheckCategory, Transport } from '@youyu/shared/contraception/check-codes'
import { ROTATION_DAYS } from './rules-board.ts'
import { slotsOf, type County, type Need, type Proposal, type SessionPlan } from './rules-county.ts'
import { addDays, isInSeason, isWorked, seasonsApart } from './rules-days.ts'
import { keyOfNeed, needsOf } from './rules-needs.ts'
import { propose } from './rules-planning.ts'
import { replan, type ExistingSession } from './rules-replanning.ts'

const categories: CheckCategory[] = ['WOMEN', 'TWO_CANCER', 'MEN']
const holidays = new Map([
  ['2026-01-01', false],
  ['2026-02-14', true],
  ['2026-02-16', false],
  ['2026-02-17', false],
  ['2026-05-01', false],
  ['2026-10-01', false],
])

const villageCode = (index: number) =>
  `371121${String(101 + Math.floor(index / 50))}${String(200 + (index % 50))}`

const counties = fc
  .record({
    stations: fc.array(
      fc.record({
        capacityPerDay: fc.integer({ min: 5, max: 80 }),
        teams: fc.integer({ min: 1, max: 3 }),
        vehicles: fc.integer({ min: 0, max: 2 }),
        closedOn: fc.constantFrom(null, null, '2026-06-01'),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    villages: fc.array(
      fc.record({
        reach: fc.array(
          fc.record({
            station: fc.nat(3),
            distanceClass: fc.constantFrom('NEAR' as const, 'MIDDLE' as const, 'FAR' as const),
            transport: fc.constantFrom<Transport>('BUS', 'CAR'),
          }),
          { maxLength: 2 },
        ),
        busyFrom: fc.integer({ min: 0, max: 330 }),
        needs: fc.array(
          fc.record({
            expected: fc.integer({ min: 1, max: 200 }),
            lastDay: fc.option(fc.integer({ min: 0, max: 364 }), { nil: null }),
            wantedAt: fc.double({ min: 0, max: 0.999, noNaN: true }),
            isSeasonal: fc.boolean(),
          }),
          { maxLength: 3 },
        ),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  })
  .map(({ stations, villages }) => {
    const county: County = {
      from: '2026-01-01',
      to: '2026-12-31',
      holidays,
      stations: stations.map((station, index) => ({
        ...station,
        id: `station-${index}`,
        facilityId: `facility-${index}`,
        weekdays: [1, 2, 3, 4, 5],
        openedOn: '2020-01-01',
      })),
      villages: villages.map(({ reach, busyFrom }, index) => ({
        divisionCode: villageCode(index),
        reach: reach
          .filter(({ station }, place) => reach.findIndex((other) => other.station === station) === place)
          .map(({ station, ...road }) => ({
            ...road,
            stationId: `station-${station}`,
            minutes: station * 20,
          })),
        busy: [[addDays('2026-01-01', busyFrom), addDays('2026-01-01', busyFrom + 20)] as const],
      })),
    }
    const needs = villages.flatMap(({ needs: wanted }, index) =>
      wanted.map(({ expected, lastDay, wantedAt, isSeasonal }, turn): Need => {
        const lastOn = lastDay === null ? null : addDays('2025-01-01', lastDay)
        return {
          divisionCode: villageCode(index),
          category: categories[turn]!,
          expected,
          season: isSeasonal ? ['11-15', '03-15'] : null,
          lastOn,
          notBefore: lastOn && addDays(lastOn, 180),
          wantedAt,
        }
      }),
    )
    return { county, needs }
  })

/** Every constraint of the domain (§3.3) over a calendar; names what is broken. */
function broken(county: County, needs: readonly Need[], { sessions, unplaced }: Proposal): string[] {
  const wrong: string[] = []
  const stations = new Map(county.stations.map((station) => [station.id, station]))
  const villages = new Map(county.villages.map((village) => [village.divisionCode, village]))
  const wishes = new Map(needs.map((need) => [keyOfNeed(need), need]))
  const teams = new Set<string>()
  const onRoad = new Set<string>()
  const vehicles = new Map<string, number>()
  for (const session of sessions) {
    const station = stations.get(session.stationId)!
    const village = villages.get(session.divisionCode)!
    const need = wishes.get(keyOfNeed(session))!
    const at = `${keyOfNeed(session)} ${session.onDay}`
    const road = village.reach.find(({ stationId }) => stationId === station.id)
    if (!road) wrong.push(`unreachable ${at}`)
    if (session.onDay < county.from || session.onDay > county.to) wrong.push(`outside the year ${at}`)
    if (!isWorked(session.onDay, station.weekdays, holidays)) wrong.push(`free day ${at}`)
    if (station.closedOn && session.onDay >= station.closedOn) wrong.push(`closed ${at}`)
    if (village.busy.some(([from, to]) => session.onDay >= from && session.onDay <= to))
      wrong.push(`busy ${at}`)
    if (session.expected > session.slots || session.slots > slotsOf(station, session.distanceClass))
      wrong.push(`capacity ${at}`)
    if (session.team < 1 || session.team > station.teams) wrong.push(`team ${at}`)
    const team = `${station.id} ${session.onDay} ${session.team}`
    if (teams.has(team)) wrong.push(`team twice ${at}`)
    teams.add(team)
    const day = `${session.divisionCode} ${session.onDay}`
    if (onRoad.has(day)) wrong.push(`two categories ${at}`)
    onRoad.add(day)
    if (session.transport === 'CAR') {
      const key = `${station.id} ${session.onDay}`
      vehicles.set(key, (vehicles.get(key) ?? 0) + 1)
      if (vehicles.get(key)! > station.vehicles) wrong.push(`vehicles ${at}`)
    }
    if (!isInSeason(session.onDay, need.season)) wrong.push(`season ${at}`)
    if (need.lastOn && seasonsApart(need.lastOn, session.onDay) < ROTATION_DAYS) wrong.push(`rotation ${at}`)
    if (need.notBefore && session.onDay < need.notBefore) wrong.push(`too soon ${at}`)
  }
  const expected = new Map<string, number>()
  for (const session of sessions)
    expected.set(keyOfNeed(session), (expected.get(keyOfNeed(session)) ?? 0) + session.expected)
  const told = new Set(unplaced.map(keyOfNeed))
  for (const need of needs)
    if ((expected.get(keyOfNeed(need)) ?? 0) !== need.expected && !told.has(keyOfNeed(need)))
      wrong.push(`forgotten ${keyOfNeed(need)}`)
  return wrong
}

const existingOf = (sessions: readonly SessionPlan[], held: string): ExistingSession[] =>
  sessions.map((session, index) => ({ ...session, id: `s${index}`, isHeld: session.onDay < held }))

describe('a proposed calendar', () => {
  test('holds every constraint, and names whom it could not place', () => {
    fc.assert(
      fc.property(counties, ({ county, needs }) => {
        expect(broken(county, needs, propose(county, needs))).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  test('says what stood in the way', () => {
    const station = {
      ...{ id: 'a', facilityId: 'f', capacityPerDay: 10, teams: 1, vehicles: 0, weekdays: [1] },
      ...{ openedOn: '2020-01-01', closedOn: null },
    }
    const county: County = {
      ...{ from: '2026-03-01', to: '2026-03-31', stations: [station], holidays },
      villages: [
        { divisionCode: '1', reach: [], busy: [] },
        {
          divisionCode: '2',
          reach: [{ stationId: 'a', distanceClass: 'FAR', transport: 'CAR', minutes: 90 }],
          busy: [],
        },
        {
          divisionCode: '3',
          reach: [{ stationId: 'a', distanceClass: 'NEAR', transport: 'BUS', minutes: 5 }],
          busy: [],
        },
      ],
    }
    const need = { category: 'WOMEN' as const, season: null, lastOn: null, notBefore: null, wantedAt: 0.5 }

    const { unplaced } = propose(county, [
      { ...need, divisionCode: '1', expected: 5 },
      { ...need, divisionCode: '2', expected: 5 },
      { ...need, divisionCode: '3', expected: 60 },
    ])

    expect(unplaced.map(({ divisionCode, reason, days }) => [divisionCode, reason, days])).toEqual([
      ['1', 'UNREACHABLE', 1],
      ['2', 'NO_VEHICLE', 1],
      ['3', 'NO_TEAM', 1],
    ])
  })
})

describe('a calendar planned again', () => {
  test('is left as it was when nothing changed', () => {
    fc.assert(
      fc.property(counties, ({ county, needs }) => {
        const { sessions } = propose(county, needs)

        const again = replan(county, needs, existingOf(sessions, '2026-05-01'), '2026-05-01', new Set())

        expect([again.kept.length, again.moved, again.dropped]).toEqual([sessions.length, [], []])
      }),
      { numRuns: 60 },
    )
  })

  test('keeps what is held, moves only what cannot stay, and holds every constraint', () => {
    fc.assert(
      fc.property(counties, fc.nat(3), ({ county, needs }, closing) => {
        const before = existingOf(propose(county, needs).sessions, '2026-05-01')
        const changed = {
          ...county,
          stations: county.stations.map((station, index) =>
            index === closing ? { ...station, closedOn: '2026-05-01' } : station,
          ),
        }

        const { kept, moved, dropped, added } = replan(changed, needs, before, '2026-05-01', new Set())

        const isHit = (session: SessionPlan) =>
          session.stationId === `station-${closing}` && session.onDay >= '2026-05-01'
        expect([...moved, ...dropped].every(({ session }) => isHit(session))).toBe(true)
        expect(kept.map(({ id }) => id).sort()).toEqual(
          before
            .filter((session) => !isHit(session))
            .map(({ id }) => id)
            .sort(),
        )
        const after = [...kept, ...moved.map(({ to }) => to), ...added]
        const told = { sessions: after.filter(({ onDay }) => onDay >= '2026-05-01'), unplaced: [] }
        expect(broken(changed, needs, told).filter((wrong) => !wrong.startsWith('forgotten'))).toEqual([])
      }),
      { numRuns: 100 },
    )
  })
})

describe('a county of 650 villages and 14 stations', () => {
  const stations = Array.from({ length: 14 }, (_, index) => ({
    ...{ id: `station-${index}`, facilityId: `facility-${index}`, capacityPerDay: 60, teams: 2, vehicles: 1 },
    ...{ weekdays: [1, 2, 3, 4, 5], openedOn: '2020-01-01', closedOn: null },
  }))
  const county: County = {
    ...{ from: '2026-01-01', to: '2026-12-31', holidays, stations },
    villages: Array.from({ length: 650 }, (_, index) => ({
      divisionCode: villageCode(index),
      reach: [
        {
          stationId: `station-${Math.floor(index / 47)}`,
          distanceClass: (['NEAR', 'MIDDLE', 'FAR'] as const)[index % 3]!,
          transport: index % 3 === 2 ? ('CAR' as const) : ('BUS' as const),
          minutes: 10 + (index % 3) * 30,
        },
      ],
      busy: [['2026-06-05', '2026-06-25'] as const, ['2026-09-20', '2026-10-15'] as const],
    })),
  }
  const cycles = [
    { category: 'WOMEN' as const, cycleMonths: 12, season: null },
    { category: 'TWO_CANCER' as const, cycleMonths: 36, season: null },
    { category: 'MEN' as const, cycleMonths: 24, season: null },
  ]
  const demands = county.villages.flatMap(({ divisionCode }, index) =>
    cycles.map(({ category }, turn) => ({
      divisionCode,
      category,
      expected: 30 + ((index * 7 + turn * 13) % 70),
    })),
  )

  test('finds a day for every village and category in every cycle, each time at another time of the year', () => {
    const lastHeld = new Map<string, string>()
    const met = new Map<string, number[]>()
    for (const year of [2026, 2027, 2028]) {
      const ofYear = { ...county, from: `${year}-01-01`, to: `${year}-12-31` }
      const needs = needsOf(year, cycles, demands, lastHeld)

      const proposal = propose(ofYear, needs)

      expect(proposal.unplaced).toEqual([])
      expect(broken(ofYear, needs, proposal)).toEqual([])
      for (const session of proposal.sessions) lastHeld.set(keyOfNeed(session), session.onDay)
      for (const need of needs) met.set(keyOfNeed(need), [...(met.get(keyOfNeed(need)) ?? []), year])
    }
    const years = (category: string) =>
      new Set([...met].filter(([key]) => key.endsWith(` ${category}`)).map(([, each]) => each.length))
    expect(met.size).toBe(650 * 3)
    expect([...years('WOMEN')]).toEqual([3])
    expect([...years('TWO_CANCER')]).toEqual([1])
  })
})
