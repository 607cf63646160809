import { today } from '../../texts/formats.ts'

/** Years to choose from: the next, this one and those before. */
export function yearOptions(): { value: string; label: string }[] {
  const next = Number(today().slice(0, 4)) + 1
  return Array.from({ length: 12 }, (_, back) => String(next - back)).map((year) => ({
    value: year,
    label: year,
  }))
}
