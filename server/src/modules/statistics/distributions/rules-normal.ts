import { gammaCdf } from './rules-gamma.ts'

/** Probability of a standard normal value at least as far from zero, on either side. */
export function twoSided(z: number): number {
  return z === 0 ? 1 : 1 - gammaCdf(0.5, z ** 2 / 2)
}
