import type { ApplicationConflict } from '@youyu/shared/subsidies/application-case'
import type { StackingInput } from '@youyu/shared/subsidies/programmes'

/** A row of the table that says more than that two benefits go together. */
export type Restriction = Pick<StackingInput, 'first' | 'firstLevel' | 'second' | 'secondLevel' | 'verdict'>

/** Another benefit of hers, or of the other parent of her child. */
export type Held = {
  programme: string
  level: string
  isOwn: boolean
  /** Drawn now, or given this year; else applied for. */
  stands: boolean
}
export type StackingConflict = {
  kind: Extract<ApplicationConflict['kind'], `STACKING${string}`>
  programme: string
}

type Side = { programme: string; level: string }
const isSide = (side: Side, programme: string, level: string): boolean =>
  side.programme === programme && (level === '' || level === side.level)

/**
 * 叠加: what the table says of a benefit beside the others that she has. Two that exclude each other are told of whichever
 * stands; of one that ends when the other begins, only the later one is free to come; what is required has to stand.
 */
export function stackingOf(
  own: Side,
  held: readonly Held[],
  restrictions: readonly Restriction[],
): StackingConflict[] {
  const found: StackingConflict[] = []
  const tell = (kind: StackingConflict['kind'], programme: string) => {
    if (!found.some((each) => each.kind === kind && each.programme === programme))
      found.push({ kind, programme })
  }
  const excludes = ({ stands, programme }: Held) => tell(stands ? 'STACKING' : 'STACKING_ASKED', programme)
  for (const { first, firstLevel, second, secondLevel, verdict } of restrictions) {
    const isFirst = isSide(own, first, firstLevel)
    const isSecond = isSide(own, second, secondLevel)
    for (const other of held) {
      // One benefit of one person changes its level; it does not stand beside itself.
      if (other.isOwn && other.programme === own.programme) continue
      const isPair =
        (isFirst && isSide(other, second, secondLevel)) || (isSecond && isSide(other, first, firstLevel))
      if (!isPair) continue
      if (verdict === 'XOR_PER_CHILD' || (verdict === 'DENY' && other.isOwn)) excludes(other)
      else if (verdict === 'STOP_FIRST' && other.isOwn) {
        if (isFirst) excludes(other)
        else if (other.stands) tell('STACKING_ENDS', other.programme)
      }
    }
  }
  const required = restrictions.filter(
    ({ verdict, first, firstLevel }) => verdict === 'REQUIRE' && isSide(own, first, firstLevel),
  )
  const isThere = required.some(({ second, secondLevel }) =>
    held.some((other) => other.stands && isSide(other, second, secondLevel)),
  )
  if (required.length > 0 && !isThere) for (const { second } of required) tell('STACKING_NEEDED', second)
  return found
}

/** The other programmes that have to be looked at for one. */
export const partnersOf = (programme: string, restrictions: readonly Restriction[]): string[] => [
  ...new Set(
    restrictions.flatMap(({ first, second }) =>
      first === programme ? [second] : second === programme ? [first] : [],
    ),
  ),
]

export const isBarred = ({ kind }: Pick<ApplicationConflict, 'kind'>): boolean =>
  kind === 'STACKING' || kind === 'STACKING_NEEDED'
/** 叠加: what has to be settled before it; that another benefit ends when it begins has not. */
export const isStackingProblem = ({ kind }: Pick<ApplicationConflict, 'kind'>): boolean =>
  isBarred({ kind }) || kind === 'STACKING_ASKED'
/** The programmes that bar it, for the refusal. */
export const barredBy = (conflicts: readonly Pick<ApplicationConflict, 'kind' | 'programme'>[]): string =>
  [...new Set(conflicts.filter(isBarred).map(({ programme }) => programme))].join(', ')
