import { shareOf, type Component, type Release, type Tally } from '../../../population/index.ts'
import type { CareRelation } from './relations.ts'

/** Something summed of a relation. */
export const summed = (relation: CareRelation, sum: string, where = 'true'): Tally => ({
  relation,
  where,
  sum,
})

/** A share of a whole, published with what is left of it. */
export function share(key: string | null, part: Tally, whole: Tally, more: Partial<Release> = {}): Component {
  return { ...shareOf(key, part, whole), release: [released(part, whole, more)] }
}

export function released(part: Tally, whole: Tally, more: Partial<Release> = {}): Release {
  return { family: { total: whole, cells: [part] }, cells: [0, 1], ...more }
}

/** Abortion, infection and infertility are told of whole counties only, in the office as in publication (domain §9.5). */
export const ofCountyOnly = { isOfCountyOnly: true } as const
