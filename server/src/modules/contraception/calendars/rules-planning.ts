import type { Hindrance } from '@youyu/shared/contraception/calendars'
import { openBoard, type Board } from './rules-board.ts'
import type { County, Hindrances, Need, Proposal, SessionPlan, UnplacedNeed } from './rules-county.ts'
import { dayNumber } from './rules-days.ts'

/** Proposes a year: every need a day as near as may be to its time, or a reason why there is none. */
export function propose(county: County, needs: readonly Need[]): Proposal {
  const board = openBoard(county)
  const proposal: Proposal = { sessions: [], unplaced: [] }
  const length = dayNumber(county.to) - dayNumber(county.from) + 1
  const inOrder = [...needs].sort(
    (a, b) => a.wantedAt - b.wantedAt || (a.divisionCode < b.divisionCode ? -1 : 1),
  )
  for (const need of inOrder) {
    const wanted = Math.min(length - 1, Math.floor(need.wantedAt * length))
    const { sessions, unplaced } = placeNeed(board, need, need.expected, wanted)
    proposal.sessions.push(...sessions)
    if (unplaced) proposal.unplaced.push(unplaced)
  }
  return proposal
}

/** As many days as the persons need, one after the other. */
export function placeNeed(
  board: Board,
  need: Need,
  persons: number,
  wanted: number,
): { sessions: SessionPlan[]; unplaced: UnplacedNeed | null } {
  const sessions: SessionPlan[] = []
  let left = persons
  let near = wanted
  while (left > 0) {
    const found = board.find(need, near)
    if ('hindrances' in found) {
      const { divisionCode, category } = need
      const days = Math.max(1, Math.ceil(left / board.usualSlots(divisionCode)))
      return {
        sessions,
        unplaced: {
          divisionCode,
          category,
          days,
          reason: mainOf(found.hindrances),
          hindrances: found.hindrances,
        },
      }
    }
    const expected = Math.min(left, found.slots)
    sessions.push(board.take(need, found, expected))
    left -= expected
    near = found.day + 1
  }
  return { sessions, unplaced: null }
}

/** What would have to be otherwise: the last gate on most of the days, the plain calendar only if nothing else. */
const byWeight: readonly Hindrance[] = [
  'NO_TEAM',
  'NO_VEHICLE',
  'OTHER_CATEGORY',
  'ROTATION',
  'BUSY',
  'OUT_OF_SEASON',
  'STATION_CLOSED',
  'NOT_WORKED',
  'UNREACHABLE',
]
export function mainOf(hindrances: Hindrances): Hindrance {
  return byWeight.find((hindrance) => (hindrances[hindrance] ?? 0) > 0) ?? 'UNREACHABLE'
}
