import type { IndicatorCode } from '@youyu/shared/population/indicators'

const numbered = (...numbers: number[]): IndicatorCode[] =>
  numbers.map((number) => `POP-${String(number).padStart(2, '0')}`)

/** The catalogue as the office reads it. */
export const indicatorGroups = [
  { key: 'births', codes: numbered(1, 2, 5, 6, 7, 11) },
  { key: 'growth', codes: numbered(3, 4, 23) },
  { key: 'fertility', codes: numbered(8, 9, 10, 12, 15, 17, 18) },
  { key: 'marriage', codes: numbered(13, 14, 16, 19) },
  { key: 'migration', codes: numbered(20, 21, 22) },
  { key: 'registration', codes: numbered(24, 25, 26) },
  { key: 'care', codes: numbered(27, 28, 29) },
] as const
