import { addMonths } from '@youyu/shared/calendar'
import type { MoveDistance, MoveKind } from '@youyu/shared/population/value-sets'
import { countyOf, type CivilDate, type DivisionCode } from '@youyu/shared/values'
import { inOrder, type Episode, type Fitting, type Stay } from '../persons/residence/rules.ts'

/** A change of hukou that holds. */
export type HukouMove = {
  id: string
  occurredOn: CivilDate
  recordedAt: Date
  fromDivision: DivisionCode
  toDivision: DivisionCode
}

export function isHukouMove(kind: MoveKind): boolean {
  return kind === 'HUKOU_IN' || kind === 'HUKOU_OUT'
}

const distances: readonly (readonly [number, MoveDistance])[] = [
  [9, 'VILLAGE'],
  [6, 'TOWNSHIP'],
  [4, 'COUNTY'],
  [2, 'CITY'],
]

/** Codes that begin with 9 stand for what is outside the country. */
export function distanceOf(from: DivisionCode, to: DivisionCode): MoveDistance {
  if (from.startsWith('9') !== to.startsWith('9')) return 'ABROAD'
  return distances.find(([shared]) => from.slice(0, shared) === to.slice(0, shared))?.[1] ?? 'PROVINCE'
}

/** By day, then in the order of recording: the order in which the book reads them too. */
function hukouInOrder(moves: readonly HukouMove[]): HukouMove[] {
  const keyOf = (move: HukouMove) => `${move.occurredOn} ${move.recordedAt.toISOString()} ${move.id}`
  return [...moves].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

/** Where the hukou was on a day, as far as the moves tell; else where it is. */
export function hukouOn(moves: readonly HukouMove[], day: CivilDate, present: DivisionCode): DivisionCode {
  const ordered = hukouInOrder(moves)
  const last = ordered.findLast(({ occurredOn }) => occurredOn <= day)
  return last?.toDivision ?? ordered[0]?.fromDivision ?? present
}

/**
 * The hukou after a move was added or taken away: the end of the latest move. Null where the latest is the same as
 * before, so that what a correction or a change of divisions said since stays; `origin` where none is left.
 */
export function hukouAfter(
  before: readonly HukouMove[],
  after: readonly HukouMove[],
  origin: DivisionCode,
): DivisionCode | null {
  const was = hukouInOrder(before).at(-1)
  const is = hukouInOrder(after).at(-1)
  if (was?.id === is?.id) return null
  return is?.toDivision ?? origin
}

/** F8: the move does not begin where the one before it led, or the next one does not begin where it leads. */
export function continuityFindings(moves: readonly HukouMove[], id: string): string[] {
  const ordered = hukouInOrder(moves)
  const place = ordered.findIndex((move) => move.id === id)
  const [before, move, next] = [ordered[place - 1], ordered[place], ordered[place + 1]]
  if (!move) return []
  const isTorn =
    (before !== undefined && before.toDivision !== move.fromDivision) ||
    (next !== undefined && next.fromDivision !== move.toDivision)
  return isTorn ? ['F8'] : []
}

/** 半年规则: an absence with an end before half a year leaves the usual residence where it was. */
export function isShortAbsence(
  kind: MoveKind,
  occurredOn: CivilDate,
  expectedReturn: CivilDate | null,
): boolean {
  return kind === 'FLOW_OUT' && expectedReturn !== null && expectedReturn < addMonths(occurredOn, 6)
}

type Living = {
  at: DivisionCode
  hukou: DivisionCode
  county: number
  occurredOn: CivilDate
  /** When the stay ended or is to end. */
  until: CivilDate | null
  today: CivilDate
}

/** RESID_STATUS of a stay: at the hukou, in another place of the county for half a year or less, or away from it. */
export function residenceStatusOf({ at, hukou, county, occurredOn, until, today }: Living): string {
  if (at === hukou) return '1'
  if (countyOf(at) !== county) return '2'
  return (until ?? today) >= addMonths(occurredOn, 6) ? '3' : '4'
}

type Whereabouts = { hukouDivision: DivisionCode; residenceDivision: DivisionCode; status: string }

/** Gone for good is whose hukou and residence are both outside the county; coming back undoes it. */
export function statusAfter(
  county: number,
  { hukouDivision, residenceDivision, status }: Whereabouts,
): string {
  const isGone = countyOf(hukouDivision) !== county && countyOf(residenceDivision) !== county
  if (status === 'ACTIVE' && isGone) return 'MOVED_OUT'
  return status === 'MOVED_OUT' && !isGone ? 'ACTIVE' : status
}

/** Since when somebody who is gone for good is: the later of the two days on which hukou and residence left. */
export function leftForGoodOn(
  moves: readonly HukouMove[],
  present: Pick<Stay, 'from'> | undefined,
  otherwise: CivilDate,
): CivilDate {
  const days = [hukouInOrder(moves).at(-1)?.occurredOn, present?.from].filter(
    (day) => typeof day === 'string',
  )
  return days.length > 0 ? days.reduce((a, b) => (a > b ? a : b)) : otherwise
}

/** When the place was written down that the hukou goes back to: with the move that led there, or before any. */
export function writtenAt(moves: readonly HukouMove[], originKnownAt: Date | null): Date | null {
  return hukouInOrder(moves).at(-1)?.recordedAt ?? originKnownAt
}

/** A stay under the codes that its place had since `day`: a boundary change cuts it as it cut those that it met. */
export function underItsNames<Piece extends Stay>(
  stay: Piece,
  names: readonly { code: DivisionCode; since: CivilDate }[],
): Piece[] {
  const met = names.filter(({ since }, place) => place === 0 || stay.to === null || since < stay.to)
  const pieces: Piece[] = []
  for (const [place, { code, since }] of met.entries()) {
    const last = pieces.at(-1)
    if (!last) pieces.push({ ...stay, divisionCode: code })
    else if (last.divisionCode !== code) {
      last.to = since
      pieces.push({ ...stay, divisionCode: code, from: since, ...('replaces' in stay && { replaces: null }) })
    }
    if (place === met.length - 1) pieces.at(-1)!.to = stay.to
  }
  return pieces
}

export function episodeOn(episodes: readonly Episode[], day: CivilDate): Episode | undefined {
  return episodes.find(({ from, to }) => (from === null || from <= day) && (to === null || to > day))
}

/**
 * The stay that begins on a day until the next one known, among the episodes. One of the same day that gives way is
 * named as replaced, so that it comes back when the stay is taken out again.
 */
export function beginStay(
  episodes: readonly Episode[],
  day: CivilDate,
  stay: Omit<Stay, 'from' | 'to'>,
): Fitting {
  const ordered = inOrder(episodes)
  const next = ordered.find(({ from }) => from !== null && from > day)
  const cut = ordered.filter(
    ({ from, to }) => (!next || from === null || from < (next.from ?? '')) && (to === null || to > day),
  )
  const same = cut.find(({ from }) => from === day)
  const left = cut
    .filter(({ from }) => from === null || from < day)
    .map(({ id: replaces, ...rest }) => ({ ...rest, to: day, replaces }))
  const begun = { ...stay, from: day, to: next?.from ?? null, replaces: same?.id ?? null }
  return { voided: cut, added: [...left, begun] }
}

/**
 * Takes out what a move began, wherever later moves have cut it to. Before it lies the stay that then lasts on, or
 * `former`, the stay of the same day that had given way. Null: it is the only place known.
 */
export function endStay(
  episodes: readonly Episode[],
  ids: readonly string[],
  former: Stay | null,
): Fitting | null {
  const ordered = inOrder(episodes)
  const gone = ordered.filter(({ id }) => ids.includes(id))
  const [first] = gone
  if (!first) return { voided: [], added: [] }
  const rest = ordered.filter((episode) => !gone.includes(episode))
  const before = rest.filter(({ from }) => from === null || (first.from !== null && from < first.from)).at(-1)
  const added: Fitting['added'] = []
  const voided = [...gone]
  for (const stay of spells(gone)) {
    const filling = former ?? (before ? periodless(before) : null)
    if (!filling) {
      if (rest.length === 0) return null
      continue
    }
    if (!former && before && before.to === stay.from) {
      const { id: replaces, ...kept } = before
      voided.push(before)
      added.push({ ...kept, to: stay.to, replaces })
    } else added.push({ ...filling, from: stay.from, to: stay.to, replaces: null })
  }
  return { voided, added }
}

function periodless({ id: _, ...stay }: Episode): Stay {
  return stay
}

/** Stays that follow one another without a gap, as one. */
function spells(episodes: readonly Episode[]): Pick<Stay, 'from' | 'to'>[] {
  return episodes.reduce<Pick<Stay, 'from' | 'to'>[]>((done, { from, to }) => {
    const last = done.at(-1)
    if (last && last.to === from) return [...done.slice(0, -1), { from: last.from, to }]
    return [...done, { from, to }]
  }, [])
}
