/** A civil day some months and days later; the last of the month where the month is shorter. */
export function dayAfter(day: string, months: number, days = 0): string {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  const at = new Date(Date.UTC(year, month - 1 + months, Math.min(date, last) + days))
  return at.toISOString().slice(0, 10)
}
