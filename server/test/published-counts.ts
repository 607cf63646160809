import { expect } from 'vitest'
import type { IndicatorValue } from '@youyu/shared/population/indicators'
import type { Place } from './county.ts'
import { Knowledge } from './knowledge.ts'
import type { Officer, TestOffice } from './office.ts'
import { bodyOf } from './register.ts'

type Question = Record<string, string>
type Cells = { numerator: number[] | null; denominator: number[] | null }

export type CountsFamily = {
  codes: string[]
  width: number
  /** How many counts go out at least: nothing is told by saying nothing. */
  fewest: number
  /** Statement of the month, township (`division_code`), cell and number (`n`) of what is counted. */
  facts: string
  /** Which cells a count is the sum of; null where it is of others. */
  reading: (value: IndicatorValue) => Cells
}

/** Months from a January on, by their place. */
export class MonthsFrom {
  readonly first: number
  readonly count: number

  constructor(year: number, count: number) {
    this.first = year * 12
    this.count = count
  }

  at(place: number): string {
    const month = this.first + place
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`
  }

  placeOf(day: string): number {
    return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - this.first
  }

  /** So many ranges that begin at the place, each a month longer. */
  rangesFrom(place: number, ranges: number): Question[] {
    const from = this.at(place)
    return Array.from({ length: ranges }, (_, index) => ({ from, to: this.at(place + index) }))
  }

  /** All of them, and years of both kinds for the county and its parts. */
  whole(): { all: Question; years: Question[] } {
    const [first, last] = [this.first / 12, Math.floor((this.first + this.count - 1) / 12)]
    const years = Array.from({ length: last - first + 1 }, (_, index) => `${first + index}-01-01`).flatMap(
      (day) => ['CALENDAR_YEAR', 'STAT_YEAR'].map((periodBasis) => ({ from: day, to: day, periodBasis })),
    )
    return {
      all: { from: this.at(0), to: this.at(this.count - 1) },
      years: [...years, ...years.map((year) => ({ ...year, by: 'part' }))],
    }
  }
}

export async function askPublished(
  officer: Officer,
  path: string,
  division: string,
  query: Question,
): Promise<IndicatorValue[]> {
  const search = new URLSearchParams({ division, publication: 'true', ...query })
  const answer = await officer.get(`${path}?${search.toString()}`)
  const { values, earlier } = bodyOf<{
    values: IndicatorValue[]
    earlier: { values: IndicatorValue[] } | null
  }>(answer, 200)
  return [...values, ...(earlier?.values ?? [])]
}

type Trial = {
  office: TestOffice
  place: Place
  months: MonthsFrom
  questions: Question[]
  /** For how many months on end a number below five is looked for. */
  lengths: readonly number[]
  ask: (code: string, question: Question) => Promise<IndicatorValue[]>
}

/**
 * Learns every count that is published in answer to the questions, and looks whether a number below five follows from any
 * combination of them. Answers with how many such numbers there were to find.
 */
export async function findSmallNumbers(
  { office, place, months, questions, lengths, ask }: Trial,
  { codes, facts, width, fewest, reading }: CountsFamily,
): Promise<number> {
  const parts = [place.township, place.otherTownship]
  const rows = await office.sql<{ part: number; month: number; cell: number; n: number }>(
    `select (left(division_code, 9) = '${place.otherTownship.slice(0, 9)}')::int as part,
      (extract(year from month) * 12 + extract(month from month) - 1 - ${months.first})::int as month, cell, sum(n)::int as n
     from (${facts}) f group by 1, 2, 3`,
  )
  const truth = new Float64Array(2 * months.count * width)
  const at = (part: number, month: number, cell: number) => (part * months.count + month) * width + cell
  for (const { part, month, cell, n } of rows)
    if (month >= 0 && month < months.count) truth[at(part, month, cell)] = n
  const rowOf = (code: string, from: number, until: number, of: readonly number[]) => {
    const row = new Float64Array(truth.length)
    for (const part of [0, 1])
      if (code === place.county || parts[part] === code)
        for (let month = from; month < until; month += 1)
          for (const cell of of) row[at(part, month, cell)] = 1
    return row
  }
  const valueOf = (row: Float64Array) => row.reduce((sum, entry, index) => sum + entry * truth[index]!, 0)
  const knowledge = new Knowledge()
  const learn = (row: Float64Array, value: number) => {
    expect(valueOf(row)).toBe(value)
    if (value !== 0) return knowledge.learn(row)
    row.forEach((entry, index) => {
      if (entry !== 0)
        knowledge.learn(Float64Array.from(truth, (_each, column) => (column === index ? 1 : 0)))
    })
  }

  let released = 0
  for (const code of codes)
    for (const question of questions)
      for (const value of await ask(code, question)) {
        const [from, until] = [months.placeOf(value.periodFrom), months.placeOf(value.periodTo) + 1]
        const { numerator, denominator } = reading(value)
        if (from < 0 || numerator?.includes(-1) || denominator?.includes(-1)) continue
        for (const [of, count] of [
          [numerator, value.numerator],
          [denominator, value.denominator],
        ] as const) {
          if (of === null || count === null) continue
          released += 1
          learn(rowOf(value.division.code, from, until, of), count)
        }
      }

  const told: string[] = []
  let small = 0
  const each = Array.from({ length: width }, (_each, index) => index)
  for (const code of [place.county, ...parts])
    for (let from = 0; from < months.count; from += 1)
      for (const length of lengths)
        for (const of of [...each.map((cell) => [cell]), each]) {
          if (from + length > months.count) continue
          const row = rowOf(code, from, from + length, of)
          const value = valueOf(row)
          if (value < 1 || value > 4) continue
          small += 1
          if (knowledge.derives(row))
            told.push(`${code} ${months.at(from)}+${length} [${of.join()}] = ${value}`)
        }
  expect(told).toEqual([])
  expect(released).toBeGreaterThanOrEqual(fewest)
  return small
}
