import { isPeople, type Component } from './rules-measure.ts'
import { relationIn, type Relations } from './relations.ts'

/** Whether a component knows the present alone: what it counts keeps no history. */
export function isPresentOnly(relations: Relations, { numerator, denominator }: Component): boolean {
  const tallies = [...numerator, ...(denominator === null || isPeople(denominator) ? [] : denominator)]
  return !isPeople(denominator) && tallies.every(({ relation }) => relationIn(relations, relation).isPresent)
}
