import type { CivilDate, Id } from '@youyu/shared/values'

/** Ten digits of an id that nobody else has, and a check digit (Luhn), so that a misread bar is noticed. */
export function barcodeOf(id: Id): string {
  const digits = String(BigInt(`0x${id.replaceAll('-', '').slice(-12)}`) % 10_000_000_000n).padStart(10, '0')
  return digits + checkDigit(digits)
}

export function checkDigit(digits: string): string {
  const sum = [...digits]
    .reverse()
    .map(Number)
    .reduce((total, digit, place) => {
      const doubled = place % 2 === 0 ? digit * 2 : digit
      return total + (doubled > 9 ? doubled - 9 : doubled)
    }, 0)
  return String((10 - (sum % 10)) % 10)
}

/** Blood spots are of children in their first year, TORCH and screens before birth of whoever may be pregnant. */
export function mayBeOrdered(
  panelCode: string,
  { sex, birthDate }: { sex: string; birthDate: CivilDate },
  on: CivilDate,
): boolean {
  if (panelCode === 'BLOOD_SPOT') return on < `${Number(birthDate.slice(0, 4)) + 1}${birthDate.slice(4)}`
  return sex !== '1' || !['TORCH', 'SERUM', 'NIPT', 'OGTT'].includes(panelCode)
}
