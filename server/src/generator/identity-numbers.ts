import { type Day, formatDay } from './civil-days.ts'
import type { Sex } from './people.ts'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** GB 11643-1999 (ISO 7064 MOD 11-2) over the first 17 digits. */
export function checkDigit(digits: string): string {
  let sum = 0
  for (let place = 0; place < 17; place++) sum += (weights[place] as number) * (digits.charCodeAt(place) - 48)
  return '10X98765432'[sum % 11] as string
}

/** 99 is assigned to no province, so no number made here belongs to a real person. */
export function syntheticArea(county: string): string {
  return `99${county.slice(2, 6)}`
}

const sequencesPerDay = 500

/** Numbers that never repeat; the 17th digit is odd for men and even for women. */
export function identityNumbers(): (area: string, birth: Day, sex: Sex) => string {
  const issued = new Map<number, number>()

  return function issue(area, birth, sex): string {
    for (let code = Number(area); code <= 999999; code++) {
      const key = (code * 131072 + (birth + 65536)) * 2 + (sex === '1' ? 1 : 0)
      const count = issued.get(key) ?? 0
      if (count === sequencesPerDay) continue
      issued.set(key, count + 1)
      const half = (count * 173 + Math.abs(birth) * 31) % sequencesPerDay
      const sequence = String(half * 2 + (sex === '1' ? 1 : 0)).padStart(3, '0')
      const digits = `${String(code)}${formatDay(birth).replaceAll('-', '')}${sequence}`
      return digits + checkDigit(digits)
    }
    throw new RangeError(
      `More than ${String(sequencesPerDay)} people a day and sex in every area from ${area}`,
    )
  }
}
