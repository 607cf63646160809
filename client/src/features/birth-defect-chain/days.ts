const DAY = 86_400_000

export function plus(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY)
}

export function civilToday(now = new Date()): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(now)
}

/** Completed weeks and days: 97 → [13, 6]. */
export const weeksOf = (days: number): [number, number] => [Math.floor(days / 7), days % 7]
