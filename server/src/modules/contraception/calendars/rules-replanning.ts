import type { Hindrance } from '@youyu/shared/contraception/calendars'
import type { CivilDate, Id } from '@youyu/shared/values'
import { openBoard } from './rules-board.ts'
import { keyOfNeed } from './rules-needs.ts'
import type { County, Need, SessionPlan, UnplacedNeed } from './rules-county.ts'
import { mainOf, placeNeed } from './rules-planning.ts'

export type ExistingSession = SessionPlan & { id: Id; isHeld: boolean }
type ReplanReason = Hindrance | 'VILLAGE_GONE' | 'VILLAGE_MERGED'
type MovedSession = { session: ExistingSession; to: SessionPlan; reason: Hindrance }
type DroppedSession = { session: ExistingSession; reason: ReplanReason }
export type Replan = {
  kept: ExistingSession[]
  moved: MovedSession[]
  dropped: DroppedSession[]
  added: SessionPlan[]
  unplaced: UnplacedNeed[]
}

/** A rest smaller than this share of a day is no reason for another day. */
const REST = 0.25

/**
 * After a change: what is held, over, or still possible where it is stays untouched; the others move to the nearest
 * free day, or go with the reason; then what is still needed is added.
 */
export function replan(
  county: County,
  needs: readonly Need[],
  existing: readonly ExistingSession[],
  firstFree: CivilDate,
  successors: ReadonlySet<string>,
): Replan {
  const board = openBoard(county, firstFree)
  const result: Replan = { kept: [], moved: [], dropped: [], added: [], unplaced: [] }
  const wishes = new Map(needs.map((need) => [keyOfNeed(need), need]))
  const inOrder = [...existing].sort(
    (a, b) => Number(b.isHeld) - Number(a.isHeld) || (a.onDay + a.id < b.onDay + b.id ? -1 : 1),
  )
  const displaced: { session: ExistingSession; reason: Hindrance }[] = []
  for (const session of inOrder) {
    if (session.isHeld || session.onDay < firstFree) {
      board.keep(session)
      result.kept.push(session)
    } else if (!board.villageOf(session.divisionCode)) {
      const reason = successors.has(session.divisionCode) ? 'VILLAGE_MERGED' : 'VILLAGE_GONE'
      result.dropped.push({ session, reason })
    } else {
      const reason = board.hindranceOf(session)
      if (reason) displaced.push({ session, reason })
      else {
        board.keep(session)
        result.kept.push(session)
      }
    }
  }
  const given = new Map<string, number>()
  const give = (session: SessionPlan) =>
    given.set(keyOfNeed(session), (given.get(keyOfNeed(session)) ?? 0) + session.slots)
  for (const session of result.kept) give(session)

  const failed = new Set<string>()
  for (const { session, reason } of displaced) {
    const wish = {
      season: null,
      lastOn: null,
      notBefore: null,
      ...wishes.get(keyOfNeed(session)),
      ...session,
    }
    const found = board.find(wish, board.indexOf(session.onDay))
    if ('hindrances' in found) {
      result.dropped.push({ session, reason })
      failed.add(keyOfNeed(session))
      const { divisionCode, category } = session
      const { hindrances } = found
      result.unplaced.push({ divisionCode, category, days: 1, reason: mainOf(hindrances), hindrances })
    } else {
      const to = board.take(wish, found, Math.min(session.expected, found.slots))
      give(to)
      result.moved.push({ session, to, reason })
    }
  }

  for (const need of needs) {
    const key = keyOfNeed(need)
    if (failed.has(key)) continue
    const has = given.get(key) ?? 0
    const rest = need.expected - has
    if (rest <= 0 || (has > 0 && rest <= REST * board.usualSlots(need.divisionCode))) continue
    const near = board.indexOf(result.kept.find((kept) => keyOfNeed(kept) === key)?.onDay ?? firstFree)
    const wanted = has > 0 ? near : Math.floor(need.wantedAt * (board.indexOf(county.to) + 1))
    const { sessions, unplaced } = placeNeed(board, need, rest, wanted)
    result.added.push(...sessions)
    if (unplaced) result.unplaced.push(unplaced)
  }
  return { ...result, unplaced: joined(result.unplaced) }
}

/** One line for a village and category, however many days it misses. */
function joined(unplaced: readonly UnplacedNeed[]): UnplacedNeed[] {
  const byKey = new Map<string, UnplacedNeed>()
  for (const each of unplaced) {
    const before = byKey.get(keyOfNeed(each))
    byKey.set(keyOfNeed(each), before ? { ...before, days: before.days + each.days } : each)
  }
  return [...byKey.values()]
}
