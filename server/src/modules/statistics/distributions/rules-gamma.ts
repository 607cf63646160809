const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
] as const

/** ln Γ(x) for x > 0 (Lanczos, g = 7). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const series = lanczos.reduce((sum, term, index) => sum + term / (x + index), 0.9999999999998099)
  const base = x + 6.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(series)
}

const PRECISION = 1e-15

/** Regularised lower incomplete gamma P(shape, x): series below the shape, continued fraction above. */
export function gammaCdf(shape: number, x: number): number {
  if (x <= 0) return 0
  const factor = Math.exp(shape * Math.log(x) - x - logGamma(shape))
  if (x < shape + 1) {
    let term = 1 / shape
    let sum = term
    for (let n = 1; term > sum * PRECISION; n += 1) {
      term *= x / (shape + n)
      sum += term
    }
    return sum * factor
  }
  let b = x + 1 - shape
  let c = 1e300
  let d = 1 / b
  let fraction = d
  for (let n = 1, change = 0; Math.abs(change - 1) > PRECISION && n < 100_000; n += 1) {
    const a = -n * (n - shape)
    b += 2
    d = 1 / (a * d + b)
    c = b + a / c
    change = c * d
    fraction *= change
  }
  return 1 - factor * fraction
}

/** The value that a gamma variable of this shape (scale 1) stays below with the given probability. */
export function gammaQuantile(shape: number, probability: number): number {
  let low = 0
  let high = shape + 10 * Math.sqrt(shape) + 20
  while (gammaCdf(shape, high) < probability) high *= 2
  for (let step = 0; step < 200 && high - low > high * 1e-14; step += 1) {
    const middle = (low + high) / 2
    if (gammaCdf(shape, middle) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}
