import { shareOf, type Component, type Release, type Tally } from '../../population/index.ts'
import type { SubsidyRelation } from './relations.ts'

/** Rows counted, or what `sum` says of them added up. */
export function counted(relation: SubsidyRelation, where = 'true', sum?: string): Tally {
  return { relation, where, ...(sum !== undefined && { sum }) }
}

/** Fen are added up in whole yuan: a county's year of fen is more than a count holds. */
export const inYuan = (fen: string): string => `${fen} / 100.0`

export function alone(total: Tally, more: Partial<Release> = {}): Release {
  return { family: { total, cells: [] }, cells: [], ...more }
}

/** A part of a whole, published with what is left of it. */
export function share(key: string | null, part: Tally, whole: Tally, more: Partial<Release> = {}): Component {
  return {
    ...shareOf(key, part, whole),
    release: [{ family: { total: whole, cells: [part] }, cells: [0, 1], ...more }],
  }
}

/** Of sums of money: nothing of it is left to chance. */
export function ratioOfSums(
  key: string | null,
  upper: Tally,
  lower: Tally,
  { per = 100, unit, release }: { per?: number; unit?: string; release: Component['release'] },
): Component {
  return {
    key,
    numerator: [upper],
    denominator: [lower],
    ...(unit !== undefined && { unit }),
    ...(release !== undefined && { release }),
    judge: (seen) => {
      const [numerator, denominator] = [seen.sum([upper]), seen.sum([lower])]
      const value = denominator === 0 ? null : (numerator / denominator) * per
      const estimate = { value, low: null, high: null, method: 'exact' }
      return { numerator, denominator, estimate, basis: null, comparable: { kind: 'estimate', estimate } }
    },
  }
}

export function sumOf(
  key: string | null,
  tally: Tally,
  unit: string,
  release: Component['release'],
): Component {
  return {
    key,
    numerator: [tally],
    denominator: null,
    unit,
    ...(release !== undefined && { release }),
    judge: (seen) => {
      const numerator = seen.sum([tally])
      const estimate = { value: numerator, low: null, high: null, method: 'exact' }
      return {
        numerator,
        denominator: null,
        estimate,
        basis: null,
        comparable: { kind: 'estimate', estimate },
      }
    },
  }
}
