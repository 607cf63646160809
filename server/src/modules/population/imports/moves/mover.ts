import type { Acknowledgement } from '@youyu/shared/population/value-sets'
import { countyOf } from '@youyu/shared/values'
import { newId } from '../../../../crypto/ids.ts'
import {
  beginStay,
  continuityFindings,
  distanceOf,
  episodeOn,
  hukouAfter,
  hukouOn,
  isHukouMove,
  isShortAbsence,
  leftForGoodOn,
  residenceStatusOf,
  statusAfter,
  type HukouMove,
} from '../../moves/rules.ts'
import { presentOf, type Episode, type Fitting } from '../../persons/residence/rules.ts'
import type { PersonThen } from '../events/people.ts'
import { difference, type Projection, type Values } from '../events/projection.ts'
import type { Fault } from '../loading.ts'
import type { MoveCandidate } from './rules.ts'

type Registered = {
  person: PersonThen
  status: string
  origin: string
  episodes: readonly Episode[]
  hukouMoves: readonly HukouMove[]
  /** Kind, day and goal of the moves that are recorded already. */
  known: ReadonlySet<string>
  /** Another county was asked about a departure of hers and has not answered yet. */
  isAwaited: boolean
}
/** Counties that keep their register here and are asked to answer a departure. */
type Registers = ReadonlySet<number>
export type Moved = Omit<MoveCandidate, 'idNumber' | 'fromDivision'> & {
  id: string
  personId: string
  fromDivision: string
  distance: string
  episodeId: string | null
  acknowledgement: Acknowledgement
}
type Step = { faults: Fault[] } | { matched: true } | { moved: Moved; projection: Projection | null }
type Stay = Episode & { replaces: string | null; isNew: boolean }

/** Somebody whose moves of a file are taken one after the other, before anything of it is written. */
export type Mover = {
  take(said: MoveCandidate, at: { county: number; today: string; now: Date; registers: Registers }): Step
  fitting(): { voided: Episode[]; added: (Fitting['added'][number] & { id: string })[] }
  findings(): { id: string; findings: string[] }[]
  /** The day on which she left for good and with that her household, if she did. */
  leaves(): string | null
  belongs(): Pick<Values, 'householdId' | 'relationToHead'>
}

export const keyOf = ({
  kind,
  occurredOn,
  toDivision,
}: Pick<MoveCandidate, 'occurredOn' | 'toDivision'> & { kind: string }) =>
  `${kind} ${occurredOn} ${toDivision}`

export function moverOf(registered: Registered): Mover {
  const { person, origin } = registered
  const known = new Set(registered.known)
  /** The departure of this file that waits for the other county's answer. */
  let asked: Moved | null = null
  let last = person.birthDate
  let stays: Stay[] = registered.episodes.map((episode) => ({ ...episode, replaces: null, isNew: false }))
  let hukouMoves: readonly HukouMove[] = registered.hukouMoves
  let state: Required<
    Pick<Values, 'hukouDivision' | 'residenceDivision' | 'residenceStatus' | 'residenceSince' | 'status'>
  > = {
    hukouDivision: person.nowHukou,
    residenceDivision: person.nowResidence,
    residenceStatus: person.nowStatus,
    residenceSince: presentOf(registered.episodes)?.from ?? null,
    status: registered.status,
  }

  /** A stay of this very file that is cut keeps its id: nothing of it was written yet. */
  function fit({ voided, added }: Fitting): void {
    const gone = new Map(
      stays.filter((stay) => voided.some(({ id }) => id === stay.id)).map((stay) => [stay.id, stay]),
    )
    const begun = added.map((stay): Stay => {
      const former = stay.replaces === null ? undefined : gone.get(stay.replaces)
      return former?.isNew
        ? { ...stay, id: former.id, replaces: former.replaces, isNew: true }
        : { ...stay, id: newId(), isNew: true }
    })
    const ids = new Set<string>()
    for (const stay of begun) {
      if (ids.has(stay.id)) stay.id = newId()
      ids.add(stay.id)
    }
    stays = [...stays.filter(({ id }) => !gone.has(id)), ...begun]
  }

  function beginning(said: MoveCandidate, county: number, today: string): Fitting | null {
    const { kind, occurredOn, toDivision, expectedReturn } = said
    if (isShortAbsence(kind, occurredOn, expectedReturn)) return null
    const lived = episodeOn(stays, occurredOn)
    const isHukou = isHukouMove(kind)
    const at = isHukou ? lived?.divisionCode : toDivision
    if (at === undefined) return null
    const hukou = isHukou ? toDivision : hukouOn(hukouMoves, occurredOn, origin)
    const since = at === lived?.divisionCode ? (lived.from ?? '0000-01-01') : occurredOn
    const until = expectedReturn ?? lived?.to ?? null
    const status = residenceStatusOf({ at, hukou, county, occurredOn: since, until, today })
    if (lived?.divisionCode === at && lived.status === status) return null
    return beginStay(stays, occurredOn, { divisionCode: at, status, evidence: null, expectedReturn })
  }

  return {
    take(said, { county, today, now, registers }) {
      const { kind, occurredOn, toDivision } = said
      if (known.has(keyOf(said))) return { matched: true }
      const lived = episodeOn(stays, occurredOn)
      const isArrival = kind === 'FLOW_IN' && lived?.from === occurredOn && lived.divisionCode === toDivision
      const faults = faultsOf(said, person, county)
      const from =
        said.fromDivision ??
        (isHukouMove(kind)
          ? hukouOn(hukouMoves, occurredOn, origin)
          : (lived?.divisionCode ?? state.residenceDivision ?? toDivision))
      if (from === toDivision) faults.push({ key: 'toDivision', code: 'conflict' })
      const isAsked =
        kind === 'HUKOU_OUT' &&
        registers.has(countyOf(toDivision)) &&
        !hukouMoves.some((move) => move.occurredOn > occurredOn)
      if (isAsked && registered.isAwaited) faults.push({ key: 'kind', code: 'conflict' })
      if (faults.length > 0) return { faults }
      known.add(keyOf(said))
      // Whoever has moved on is not asked about any more.
      if (isHukouMove(kind) && asked) asked.acknowledgement = 'NONE'
      const id = newId()
      const fitting = isArrival ? null : beginning(said, county, today)
      if (fitting) fit(fitting)
      const before = hukouMoves
      if (isHukouMove(kind))
        hukouMoves = [...hukouMoves, { id, occurredOn, recordedAt: now, fromDivision: from, toDivision }]
      const projection = follow(id, said, { before, hasMoved: fitting !== null, county })
      const episode = isArrival
        ? lived
        : fitting
          ? stays.find((stay) => stay.from === occurredOn && stay.isNew)
          : undefined
      const { idNumber: _, ...rest } = said
      const moved: Moved = {
        ...rest,
        id,
        personId: person.id,
        fromDivision: from,
        distance: distanceOf(from, toDivision),
        episodeId: episode?.id ?? null,
        acknowledgement: isAsked ? 'SENT' : 'NONE',
      }
      if (isHukouMove(kind)) asked = isAsked ? moved : null
      last = occurredOn
      return { moved, projection }
    },
    fitting() {
      const left = new Set(stays.map(({ id }) => id))
      const voided = registered.episodes.filter(({ id }) => !left.has(id))
      return { voided, added: stays.filter(({ isNew }) => isNew).map(({ isNew: _, ...stay }) => stay) }
    },
    leaves() {
      if (state.status !== 'MOVED_OUT' || person.householdId === null) return null
      return leftForGoodOn(hukouMoves, presentOf(stays), last)
    },
    belongs: () => ({ householdId: person.householdId, relationToHead: person.relation }),
    findings: () => hukouMoves.map(({ id }) => ({ id, findings: continuityFindings(hukouMoves, id) })),
  }

  function follow(
    eventId: string,
    { kind, occurredOn }: MoveCandidate,
    { before, hasMoved, county }: { before: readonly HukouMove[]; hasMoved: boolean; county: number },
  ): Projection | null {
    const present = presentOf(stays)
    const places = {
      ...state,
      hukouDivision: hukouAfter(before, hukouMoves, origin) ?? state.hukouDivision ?? origin,
      ...(hasMoved &&
        present && {
          residenceDivision: present.divisionCode,
          residenceStatus: present.status,
          residenceSince: present.from,
        }),
    }
    const status = statusAfter(county, places as Parameters<typeof statusAfter>[1])
    const after = difference(state, { ...places, status })
    const former = state
    state = { ...places, status }
    if (Object.keys(after).length === 0) return null
    const told = isHukouMove(kind) ? 'hukou-moved' : 'moved'
    return { personId: person.id, eventId, kind: told, occurredOn, before: former, after }
  }
}

function faultsOf(
  { kind, occurredOn, fromDivision, toDivision }: MoveCandidate,
  person: PersonThen,
  county: number,
): Fault[] {
  const isHere = (code: string) => countyOf(code) === county
  const isAfterDeath = person.diedOn !== null && occurredOn > person.diedOn
  const faults: Fault[] = []
  if (occurredOn < person.birthDate || isAfterDeath) faults.push({ key: 'date', code: 'invalid-date' })
  if ((kind === 'HUKOU_IN' || kind === 'FLOW_IN') && !isHere(toDivision))
    faults.push({ key: 'toDivision', code: 'out-of-area' })
  if ((kind === 'HUKOU_OUT' || kind === 'FLOW_OUT') && fromDivision !== null && !isHere(fromDivision))
    faults.push({ key: 'fromDivision', code: 'out-of-area' })
  return faults
}
