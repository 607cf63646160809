const DAY = 86_400_000
/** Spans between ticks in months: a month … twenty years. */
const spans = [1, 3, 6, 12, 24, 60, 120, 240]

/** Days since 1970 of '2026-03-09' or the middle of '2026-03'. */
export function dayOf(date: string): number {
  const [year = 1970, month = 1, day = 15] = date.split('-').map(Number)
  return Date.UTC(year, month - 1, day) / DAY
}

/** Beginnings of months or years between two days, at most `count` of them. */
export function dateTicks(from: number, to: number, count: number): { day: number; label: string }[] {
  const months = (to - from) / 30.44
  const span = spans.find((one) => months / one <= count) ?? 480
  const start = new Date(from * DAY)
  const first = Math.ceil((start.getUTCFullYear() * 12 + start.getUTCMonth() + 0.01) / span) * span
  const ticks: { day: number; label: string }[] = []
  for (let month = first; ; month += span) {
    const [year, place] = [Math.floor(month / 12), month % 12]
    const day = Date.UTC(year, place, 1) / DAY
    if (day > to) return ticks
    ticks.push({ day, label: span < 12 ? `${year}-${String(place + 1).padStart(2, '0')}` : String(year) })
  }
}
