import type { Tier } from '@youyu/shared/subsidies/shares'
import { YEAR, type Programme, type Recipient } from './people.ts'

/** What each is to be paid, reckoned by hand from the documents: no rule, rate or month of the system is asked. */

const monthly: Record<string, number> = {
  A_DEATH: 59_000,
  B_DISABILITY: 46_000,
  C1: 52_000,
  C2: 39_000,
  C3: 26_000,
}
const yearOf = (day: string) => Number(day.slice(0, 4))
const monthOf = (day: string) => Number(day.slice(5, 7))
const nightsIn = (from: string, to: string) => Math.max(0, (Date.parse(to) - Date.parse(from)) / 86_400_000)
const earlier = (one: string, other: string) => (one < other ? one : other)
const later = (one: string, other: string) => (one > other ? one : other)

const fenOf: Record<Programme, (recipient: Recipient) => number> = {
  // 960 yuan a year, in the year of sixty from the month of the birthday.
  P01: ({ born }) => 8_000 * (yearOf(born) === YEAR - 60 ? 13 - monthOf(born) : 12),
  // Confirmed in March, so from April to December.
  P02: ({ level }) => monthly[level]! * 9,
  // Ten yuan a month from March, paid up to September.
  P03: () => 1_000 * 7,
  // Births until 2024 by the month up to the third birthday, later ones 3,600 for the year of life.
  P04: ({ born }) =>
    yearOf(born) >= 2025 ? 360_000 : 30_000 * (yearOf(born) === YEAR - 3 ? monthOf(born) : 12),
  P06: ({ stay }) =>
    15_000 * nightsIn(stay!.admittedOn, earlier(stay!.dischargedOn, '2020-01-01')) +
    20_000 * nightsIn(later(stay!.admittedOn, '2020-01-01'), later(stay!.dischargedOn, '2020-01-01')),
  P07: ({ level }) => (level === 'DEATH' ? 1_000_000 : 500_000),
  P08: () => 1_000_000,
  // 200 yuan a month from March, paid up to September.
  L01: () => 20_000 * 7,
}

/** Of a county of Shandong. */
const sharesOf: Partial<Record<Programme, Partial<Record<Tier, number>>>> = {
  P01: { CENTRAL: 50, COUNTY: 50 },
  P02: { CENTRAL: 50, COUNTY: 50 },
  P04: { CENTRAL: 90, COUNTY: 10 },
  L01: { CITY: 30, COUNTY: 70 },
}

export type Sum = { people: number; fen: number; byTier: Map<Tier, number> }

export function expectedOf(recipients: readonly Recipient[]): Map<Programme, Sum> {
  const sums = new Map<Programme, Sum>()
  for (const recipient of recipients) {
    const { programme } = recipient
    const sum = sums.get(programme) ?? { people: 0, fen: 0, byTier: new Map() }
    const fen = fenOf[programme](recipient)
    sum.people += 1
    sum.fen += fen
    for (const [tier, pct] of Object.entries(sharesOf[programme] ?? { COUNTY: 100 }) as [Tier, number][]) {
      const part = (fen * pct) / 100
      if (!Number.isInteger(part)) throw new Error(`A share of ${programme} would be rounded`)
      sum.byTier.set(tier, (sum.byTier.get(tier) ?? 0) + part)
    }
    sums.set(programme, sum)
  }
  return sums
}

/** What one recipient is to be paid in the year. */
export const dueTo = (recipient: Recipient): number => fenOf[recipient.programme](recipient)
