import { shareOf, type Component, type Release, type Tally } from '../../../population/index.ts'
import type { ChainRelation } from './relations.ts'

/** Something counted of the chain: `measure` says of what, `item` what of it. */
export function counted(measure: string, item: string, relation: ChainRelation = 'tallies'): Tally {
  return { relation, where: `f.measure = '${measure}' and f.item = '${item}'`, sum: 'f.tally' }
}

/** Told of whole counties only, in the office as in publication (domain §9.5). */
export const ofCountyOnly = { isOfCountyOnly: true } as const

/** A part of a whole, published with what is left of it. */
export function share(key: string | null, part: Tally, whole: Tally, more: Partial<Release> = {}): Component {
  return {
    ...shareOf(key, part, whole),
    release: [{ family: { total: whole, cells: [part] }, cells: [0, 1], ...more }],
  }
}

/** Two numbers of different people, one over the other: each is published by itself. */
export function quotient(key: string | null, upper: Tally, lower: Tally): Component {
  return { ...shareOf(key, upper, lower), release: [upper, lower].map((total) => alone(total)) }
}

export function alone(total: Tally, more: Partial<Release> = {}): Release {
  return { family: { total, cells: [] }, cells: [], ...more }
}
