import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDay } from './civil-days.ts'
import { type CountyPlan, generateCounty } from './county.ts'
import { checkDigit } from './identity-numbers.ts'
import { inventedDivisions } from './invented-divisions.ts'
import type { GeneratedHousehold, PersonRow } from './rows.ts'

const divisions = inventedDivisions('371121')
const codes = new Set(divisions.map(({ code }) => code))

const plans = fc.record<CountyPlan>({
  county: fc.constant('371121'),
  persons: fc.integer({ min: 1, max: 900 }),
  seed: fc.nat(),
  asOf: fc.constantFrom('2024-02-29', '2026-10-31'),
  divisions: fc.constant(divisions),
})

function eachHousehold(check: (household: GeneratedHousehold, plan: CountyPlan) => void): void {
  fc.assert(
    fc.property(plans, (plan) => {
      for (const household of generateCounty(plan)) check(household, plan)
    }),
    { numRuns: 60 },
  )
}

const years = (older: PersonRow, younger: PersonRow) =>
  ((parseDay(younger.birthDate) as number) - (parseDay(older.birthDate) as number)) / 365.2425

describe('a generated county', () => {
  test('has exactly the people asked for, each number once', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const households = [...generateCounty(plan)]
        const persons = households.flatMap((household) => household.persons)

        const numbers = persons.map(({ idNumber }) => idNumber).filter((number) => number !== '')
        const dead = households.reduce((sum, { deaths }) => sum + deaths.length, 0)
        expect(persons.length - dead).toBe(plan.persons)
        expect(new Set(numbers).size).toBe(numbers.length)
      }),
      { numRuns: 40 },
    )
  })

  test('has numbers that agree with birth and sex and belong to nobody', () => {
    eachHousehold(({ persons }, { asOf }) => {
      for (const { idNumber, birthDate, sex, residenceStatus } of persons) {
        expect(birthDate <= asOf).toBe(true)
        expect(parseDay(birthDate)).toBeDefined()
        if (idNumber === '') {
          expect(residenceStatus === '5' || residenceStatus === '3' || residenceStatus === '4').toBe(true)
          continue
        }
        expect(idNumber).toMatch(/^99\d{15}[\dX]$/)
        expect(idNumber.slice(17)).toBe(checkDigit(idNumber))
        expect(idNumber.slice(6, 14)).toBe(birthDate.replaceAll('-', ''))
        expect(Number(idNumber[16]) % 2).toBe(sex === '1' ? 1 : 0)
      }
    })
  })

  test('names only divisions that exist, and a status that fits them', () => {
    eachHousehold(({ household, persons }, { asOf }) => {
      expect(codes.has(household.division)).toBe(true)
      for (const {
        hukouDivision,
        residenceDivision,
        residenceStatus,
        residenceSince,
        birthDate,
      } of persons) {
        expect(codes.has(hukouDivision) && codes.has(residenceDivision)).toBe(true)
        expect(hukouDivision === residenceDivision).toBe(residenceStatus === '1' || residenceStatus === '5')
        expect(residenceSince === '' || (residenceSince >= birthDate && residenceSince <= asOf)).toBe(true)
      }
    })
  })

  test('has one head to a household, first in order, and relations that fit', () => {
    eachHousehold(({ household, persons }) => {
      const [head, ...others] = persons as [PersonRow, ...PersonRow[]]
      const spouse = others.find(({ relationToHead }) => relationToHead === '1')
      expect(head.relationToHead).toBe('0')
      expect(head.idNumber).toBe(household.headIdNumber)
      for (const person of others) {
        expect(person.householdNumber).toBe(household.householdNumber)
        const { relationToHead: relation, sex } = person
        expect(['1', '2', '3', '4', '5', '7', '8']).toContain(relation)
        if (relation === '1') {
          expect(person).toBe(spouse)
          expect(sex).not.toBe(head.sex)
          expect(Math.abs(years(head, person))).toBeLessThan(9)
        }
        if (relation === '2' || relation === '3') {
          expect(sex).toBe(relation === '2' ? '1' : '2')
          expect(years(head, person)).toBeGreaterThan(16)
          const mother = head.sex === '2' ? head : spouse
          if (mother) {
            expect(years(mother, person)).toBeGreaterThan(19.99)
            expect(years(mother, person)).toBeLessThan(35.01)
          }
        }
        if (relation === '4') expect(years(head, person)).toBeGreaterThan(36)
        if (relation === '5') expect(years(person, head)).toBeGreaterThan(16)
      }
    })
  })

  test('hands the name of the father on', () => {
    eachHousehold(({ persons: [head, ...others] }) => {
      if (!head || head.sex === '2' || head.name.includes('·')) return
      for (const { relationToHead, name } of others) {
        if (relationToHead === '2' || relationToHead === '3') expect(name.charAt(0)).toBe(head.name.charAt(0))
      }
    })
  })

  test('has nobody married before the age of marriage', () => {
    eachHousehold(({ persons }, { asOf }) => {
      for (const { maritalStatus, birthDate, sex } of persons) {
        if (!maritalStatus.startsWith('2')) continue
        const age = ((parseDay(asOf) as number) - (parseDay(birthDate) as number)) / 365.2425
        expect(age).toBeGreaterThan(sex === '1' ? 21.99 : 19.99)
      }
    })
  })

  test('is another with another seed', () => {
    const first = (seed: number) =>
      generateCounty({ county: '371121', persons: 50, seed, asOf: '2026-10-31', divisions }).next().value

    expect(first(1)).toEqual(first(1))
    expect(first(1)).not.toEqual(first(2))
  })

  test('has the ages of an old county: the bulge of the sixties, few small children', () => {
    const plan = { county: '371121', persons: 6000, seed: 3, asOf: '2026-10-31', divisions }

    const births = [...generateCounty(plan)].flatMap(({ persons }) =>
      persons.map(({ birthDate }) => birthDate),
    )

    const born = (from: string, until: string) => births.filter((date) => date >= from && date < until).length
    expect(born('1962', '1971')).toBeGreaterThan(1.8 * born('2018', '2027'))
    expect(born('1960', '1962')).toBeLessThan(born('1963', '1965') / 2)
  })
})
