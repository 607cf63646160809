import type { CivilDate } from '@youyu/shared/values'
import { Refused } from '../../../refused.ts'

/** Domain §6.3, E3. */
export const REMINDERS = 2
const DAYS_BETWEEN = 7
const QUIET_FROM = 21
const QUIET_UNTIL = 8

const hours = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  hourCycle: 'h23',
})

/** Nobody is called or written to from 21:00 to 08:00 in Shanghai. */
function isQuiet(at: Date): boolean {
  const hour = Number(hours.format(at))
  return hour >= QUIET_FROM || hour < QUIET_UNTIL
}

function daysAfter(day: CivilDate, days: number): CivilDate {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

type Standing = { reminders: number; remindedOn: CivilDate | null; isOptedOut: boolean }

/** The first day on which she may be reminded again; null where she may not. */
export function remindFrom(
  { reminders, remindedOn, isOptedOut }: Standing,
  today: CivilDate,
): CivilDate | null {
  if (isOptedOut || reminders >= REMINDERS) return null
  const next = remindedOn === null ? today : daysAfter(remindedOn, DAYS_BETWEEN)
  return next > today ? next : today
}

export function assertMayRemind(standing: Standing, at: Date, today: CivilDate): void {
  if (standing.isOptedOut) throw new Refused('opted-out')
  if (standing.reminders >= REMINDERS) throw new Refused('reminder-limit')
  if (remindFrom(standing, today) !== today) throw new Refused('reminder-too-soon')
  if (isQuiet(at)) throw new Refused('quiet-hours')
}
