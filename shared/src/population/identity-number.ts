const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const

/** Check character of the first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2). */
export function checkCharacter(digits: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return '10X98765432'[sum % 11] as string
}

/** Full-width digits and spaces made plain, `x` made `X`, a 15-digit number of the first generation made 18 long. */
export function normaliseIdNumber(raw: string): string {
  const plain = raw.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  if (!/^\d{15}$/.test(plain)) return plain
  const digits = `${plain.slice(0, 6)}19${plain.slice(6)}`
  return digits + checkCharacter(digits)
}

export type IdentityNumberFault = 'shape' | 'date' | 'check-character'

/**
 * What is impossible about a normalised 18-character number, or null. The area prefix is not judged: people keep
 * codes that no longer exist (GB 11643). `today` is a civil date.
 */
export function identityNumberFault(number: string, today: string): IdentityNumberFault | null {
  if (!/^\d{17}[\dX]$/.test(number)) return 'shape'
  const birth = birthDateIn(number)
  const moment = new Date(`${birth}T00:00:00Z`)
  if (Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== birth) return 'date'
  if (birth > today || Number(today.slice(0, 4)) - Number(birth.slice(0, 4)) > 120) return 'date'
  return checkCharacter(number) === number[17] ? null : 'check-character'
}

export function birthDateIn(number: string): string {
  return `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
}

/** The 17th digit: odd male, even female. */
export function sexIn(number: string): '1' | '2' {
  return Number(number[16]) % 2 === 1 ? '1' : '2'
}
