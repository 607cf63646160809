import { describe, expect, test } from 'vitest'
import {
  BirthOutcome,
  BirthPlace,
  DeathPlace,
  DeathReporter,
  Delivery,
} from '@youyu/shared/population/value-sets'
import { MethodCode } from '@youyu/shared/contraception/methods'
import { parseDay } from './civil-days.ts'
import { generateCounty } from './county.ts'
import { divisionsOfCounty } from './divisions.ts'
import type { PersonRow } from './rows.ts'

const plan = {
  county: '371121',
  persons: 30_000,
  seed: 11,
  asOf: '2026-10-31',
  divisions: await divisionsOfCounty('371121'),
}
const from = '2016-11-01'
const households = [...generateCounty(plan)]
const all = <Kind extends 'persons' | 'births' | 'deaths' | 'marriages' | 'moves' | 'methods'>(kind: Kind) =>
  households.flatMap((household) => household[kind] as (typeof household)[Kind][number][])
const [persons, births, deaths, marriages, moves, methods] = [
  all('persons'),
  all('births'),
  all('deaths'),
  all('marriages'),
  all('moves'),
  all('methods'),
]
const byNumber = new Map(persons.filter(({ idNumber }) => idNumber !== '').map((row) => [row.idNumber, row]))
const known = (number: string) => byNumber.get(number) as PersonRow
const years = (earlier: string, later: string) =>
  ((parseDay(later) as number) - (parseDay(earlier) as number)) / 365.2425
const live = births.filter(({ outcome }) => outcome === 'LIVE')

describe('ten years of a generated county', () => {
  test('have births of registered children by registered mothers of twenty to thirty-five', () => {
    for (const birth of live) {
      const child = known(birth.childIdNumber)
      expect([child.birthDate, child.sex]).toEqual([birth.birthDate, birth.sex])
      expect(birth.birthDate >= from && birth.birthDate <= plan.asOf).toBe(true)
      expect(BirthPlace.parse(birth.place) && Delivery.parse(birth.delivery)).toBeTruthy()
      expect(BirthOutcome.parse(birth.outcome)).toBe('LIVE')
      if (birth.motherIdNumber === '') continue
      const mother = known(birth.motherIdNumber)
      expect(mother.sex).toBe('2')
      expect(mother.householdNumber).toBe(child.householdNumber)
      expect(years(mother.birthDate, birth.birthDate)).toBeGreaterThan(19.99)
      expect(years(mother.birthDate, birth.birthDate)).toBeLessThan(35.01)
    }
    expect(new Set(live.map(({ childIdNumber }) => childIdNumber)).size).toBe(live.length)
    expect(births.length / plan.persons).toBeGreaterThan(0.07)
  })

  test('have as many boys and girls as is usual, twins, stillbirths, a few late registrations, and a season', () => {
    const boys = live.filter(({ sex }) => sex === '1').length
    const ratio = (100 * boys) / (live.length - boys)
    const late = live.filter(({ birthDate, hukouRegisteredOn }) => years(birthDate, hukouRegisteredOn) > 0.09)
    const bornIn = (...months: string[]) =>
      live.filter(({ birthDate }) => months.includes(birthDate.slice(5, 7))).length

    expect(ratio).toBeGreaterThan(97)
    expect(ratio).toBeLessThan(117)
    expect(live.some(({ plurality, sequence }) => plurality === '2' && sequence === '2')).toBe(true)
    expect(births.length - live.length).toBeGreaterThan(live.length / 1000)
    expect(late.length / live.length).toBeGreaterThan(0.004)
    expect(late.length / live.length).toBeLessThan(0.02)
    expect(bornIn('10', '11', '12')).toBeGreaterThan(bornIn('04', '05', '06'))
  })

  test('have seven deaths a year in a thousand, mostly of the old, some of infants who were born here', () => {
    const rate = deaths.length / plan.persons / 10
    const ages = deaths.map(({ idNumber, deathDate }) => years(known(idNumber).birthDate, deathDate))
    const infants = deaths.filter(
      ({ idNumber, deathDate }) => years(known(idNumber).birthDate, deathDate) < 1,
    )

    expect(rate).toBeGreaterThan(0.006)
    expect(rate).toBeLessThan(0.0075)
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(0)
    expect(ages.filter((age) => age > 65).length / ages.length).toBeGreaterThan(0.7)
    expect(infants.length).toBeGreaterThan(3)
    expect(infants.every(({ idNumber }) => live.some((birth) => birth.childIdNumber === idNumber))).toBe(true)
    for (const { place, reporter, deathDate } of deaths) {
      expect(DeathPlace.parse(place) && DeathReporter.parse(reporter)).toBeTruthy()
      expect(deathDate >= from && deathDate <= plan.asOf).toBe(true)
    }
  })

  test('have marriages of men of twenty-two with women of twenty, and none after a first child', () => {
    for (const { event, date, partyAIdNumber, partyBIdNumber } of marriages) {
      expect(date >= from && date <= plan.asOf).toBe(true)
      if (event === 'DIVORCE' || partyBIdNumber === '') continue
      expect(years(known(partyAIdNumber).birthDate, date)).toBeGreaterThan(21.99)
      expect(years(known(partyBIdNumber).birthDate, date)).toBeGreaterThan(19.99)
    }
    expect(marriages.filter(({ event }) => event === 'DIVORCE').length).toBeGreaterThan(20)
  })

  test('have moves that begin where the people are', () => {
    const place = new Map<string, string>()
    for (const { idNumber, kind, date, fromDivision, toDivision } of moves) {
      const person = known(idNumber)
      expect(fromDivision).not.toBe(toDivision)
      expect(date >= person.birthDate).toBe(true)
      if (kind === 'HUKOU_IN') expect(fromDivision).toBe(person.hukouDivision)
      else if (kind === 'FLOW_IN') expect(date).toBe(person.residenceSince)
      else {
        expect(place.get(idNumber) ?? person.residenceDivision).toBe(fromDivision)
        expect(person.residenceSince === '' || person.residenceSince <= date).toBe(true)
        place.set(idNumber, toDivision)
      }
    }
    for (const kind of ['FLOW_IN', 'FLOW_OUT', 'RETURN', 'HUKOU_IN'])
      expect(moves.filter((move) => move.kind === kind).length).toBeGreaterThan(20)
  })
})

describe('the old register of methods of a generated county', () => {
  const current = methods.filter(({ endedOn }) => endedOn === '')
  const share = (...codes: string[]) =>
    current.filter(({ method }) => codes.includes(method)).length / current.length

  test('tells of one method after another, of people who are registered', () => {
    for (const [number, rows] of Map.groupBy(methods, ({ idNumber }) => idNumber)) {
      expect(known(number).name).toBe(rows[0]!.name)
      const told = rows.toSorted((one, other) => (one.startedOn < other.startedOn ? -1 : 1))
      told.forEach(({ startedOn, endedOn, endReason, method }, index) => {
        expect(MethodCode.parse(method)).toBe(method)
        expect(startedOn < plan.asOf && (endedOn === '' || startedOn <= endedOn)).toBe(true)
        expect((endReason === '') === (endedOn === '')).toBe(true)
        if (index + 1 < told.length)
          expect(endedOn !== '' && endedOn <= told[index + 1]!.startedOn).toBe(true)
      })
    }
  })

  test('has the mix of the country: the coil first, condoms, sterilisations, little else', () => {
    expect(share('M30', 'M31')).toBeGreaterThan(0.45)
    expect(share('M30', 'M31')).toBeLessThan(0.65)
    expect(share('M70')).toBeGreaterThan(0.12)
    expect(share('M10', 'M20')).toBeGreaterThan(0.1)
    expect(share('M20')).toBeGreaterThan(0.005)
    expect(share('M50', 'M51', 'M60', 'M61', 'M40', 'M42', 'M80')).toBeLessThan(0.12)
  })
})
