/** A decimal as digits without a point and how many of them stand behind it. */
type Decimal = { digits: bigint; decimals: number }

function decimalOf(text: string): Decimal {
  const [whole = '0', fraction = ''] = text.split('.')
  return { digits: BigInt(whole + fraction), decimals: fraction.length }
}

const absolute = (value: bigint) => (value < 0n ? -value : value)

export type RoundingVerdict = 'consistent' | 'truncated' | 'within-tolerance' | 'inconsistent'

export type PrintedRate = {
  numerator: number
  denominator: number
  factor: number
  stated: string
  tolerance?: number | undefined
}

/**
 * Rule A7: the printed rate is the exact one rounded half-up at the printed decimals, or truncated there. In integers, so
 * that no binary fraction decides a half.
 */
export function roundingVerdict({
  numerator,
  denominator,
  factor,
  stated,
  tolerance = 0,
}: PrintedRate): RoundingVerdict {
  const { digits, decimals } = decimalOf(stated)
  const exact = BigInt(numerator) * BigInt(factor) * 10n ** BigInt(decimals)
  const divisor = BigInt(denominator)
  const sign = exact < 0n ? -1n : 1n
  const truncated = absolute(exact) / divisor
  const rounded = (2n * absolute(exact) + divisor) / (2n * divisor)
  const printed = stated.startsWith('-') ? -absolute(digits) : digits
  if (printed === sign * rounded) return 'consistent'
  if (printed === sign * truncated) return 'truncated'
  const gap = Math.abs(Number(stated) - (numerator * factor) / denominator)
  return gap <= tolerance ? 'within-tolerance' : 'inconsistent'
}

/** The recomputed rate with one decimal more than was printed, at least two. */
export function reprinted(value: number, stated: string): string {
  return value.toFixed(Math.min(6, Math.max(2, (stated.split('.')[1]?.length ?? 0) + 1)))
}
