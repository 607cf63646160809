import type { CivilDate, DivisionCode } from '@youyu/shared/values'
import { inOrder, type Episode, type Fitting, type Stay } from '../persons/residence/rules.ts'

type Home = { divisionCode: DivisionCode; status: string }

/**
 * The residence episodes of a child, so that the first begins on the day of birth, where the birth says: what lies
 * before it is voided, a gap up to the first known stay is filled, later stays are as they were.
 */
export function fitToBirth(
  episodes: readonly Episode[],
  born: CivilDate,
  formerBorn: CivilDate,
  home: Home,
): Fitting {
  const ordered = inOrder(episodes)
  const gone = ordered.filter(({ to }) => to !== null && to <= born)
  const [first] = ordered.slice(gone.length)
  if (!first) return { voided: gone, added: [stay(home, born, null)] }
  const { id: replaces, ...rest } = first
  const isOnlyHome = gone.length === 0 && isFromBirth(first, born, formerBorn)
  const begins = first.from ?? born
  if (!isOnlyHome && begins > born && first.divisionCode !== home.divisionCode)
    return { voided: gone, added: [stay(home, born, first.from)] }
  const place = isOnlyHome ? homeOf(first, home) : rest
  const isSame = begins === born && place.divisionCode === first.divisionCode && place.status === first.status
  if (isSame && gone.length === 0) return { voided: [], added: [] }
  return { voided: [...gone, first], added: [{ ...rest, ...place, from: born, replaces }] }
}

/** Whether the first stay known is the one that the birth began. */
function isFromBirth({ from }: Episode, born: CivilDate, formerBorn: CivilDate): boolean {
  return from === null || from <= born || from === formerBorn
}

function homeOf(first: Episode, home: Home): Home {
  return first.divisionCode === home.divisionCode
    ? { divisionCode: first.divisionCode, status: first.status }
    : home
}

function stay(
  { divisionCode, status }: Home,
  from: CivilDate,
  to: CivilDate | null,
): Stay & { replaces: null } {
  return { divisionCode, status, from, to, evidence: null, expectedReturn: null, replaces: null }
}
