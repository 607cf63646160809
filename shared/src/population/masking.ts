/** Masks of domain §9.2: the one place that decides how little is shown. */

/** 张三 → 张*, 张国英 → 张*英, 四字以上 → first and last. */
export function maskName(name: string): string {
  const characters = [...name]
  if (characters.length <= 1) return '*'
  if (characters.length === 2) return `${characters[0]}*`
  return `${characters[0]}${'*'.repeat(characters.length - 2)}${characters.at(-1)}`
}

/** First six and last four; a short foreign document keeps two and two. */
export function maskIdNumber(number: string): string {
  if (number.length >= 14) return `${number.slice(0, 6)}${'*'.repeat(number.length - 10)}${number.slice(-4)}`
  if (number.length >= 6) return `${number.slice(0, 2)}${'*'.repeat(number.length - 4)}${number.slice(-2)}`
  return '*'.repeat(number.length)
}

/** 13812345678 → 138****5678. */
export function maskPhone(phone: string): string {
  return phone.length >= 11
    ? `${phone.slice(0, 3)}****${phone.slice(-4)}`
    : `${'*'.repeat(Math.max(phone.length - 2, 0))}${phone.slice(-2)}`
}

/** Year and month only. */
export function maskDate(date: string): string {
  return date.slice(0, 7)
}
