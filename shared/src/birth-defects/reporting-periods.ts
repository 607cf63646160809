import { z } from 'zod'
import type { CivilDate } from '../values.ts'

/** 监测年度的季度: `2026Q1` is October to December 2025 (the reporting year runs from 1 October to 30 September). */
export const ReportingQuarter = z.string().regex(/^20\d\dQ[1-4]$/)
export type ReportingQuarter = z.infer<typeof ReportingQuarter>

const two = (number: number) => String(number).padStart(2, '0')

export function reportingYearOf(on: CivilDate): number {
  const year = Number(on.slice(0, 4))
  return Number(on.slice(5, 7)) >= 10 ? year + 1 : year
}

export function quarterOf(on: CivilDate): ReportingQuarter {
  const month = Number(on.slice(5, 7))
  return `${reportingYearOf(on)}Q${month >= 10 ? 1 : Math.ceil(month / 3) + 1}`
}

/** First and last day. */
export function daysOfQuarter(quarter: ReportingQuarter): { from: CivilDate; to: CivilDate } {
  const number = Number(quarter.slice(5))
  const year = Number(quarter.slice(0, 4)) - (number === 1 ? 1 : 0)
  const first = number === 1 ? 10 : (number - 2) * 3 + 1
  const days = new Date(Date.UTC(year, first + 2, 0)).getUTCDate()
  return { from: `${year}-${two(first)}-01`, to: `${year}-${two(first + 2)}-${two(days)}` }
}

export function dayAfter(on: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(on) + days * 86_400_000).toISOString().slice(0, 10)
}

export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}
