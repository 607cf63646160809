/** A number with what it takes to read it: bounds are null where nothing is known about its spread. */
export type Estimate = {
  value: number | null
  low: number | null
  high: number | null
  method: string
}

/** Two-sided 95 % of the normal distribution. */
export const Z95 = 1.959963984540054

export function unknown(method: string): Estimate {
  return { value: null, low: null, high: null, method }
}

export function scaled(estimate: Estimate, factor: number): Estimate {
  const times = (number: number | null) => (number === null ? null : number * factor)
  return {
    value: times(estimate.value),
    low: times(estimate.low),
    high: times(estimate.high),
    method: estimate.method,
  }
}

export function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
