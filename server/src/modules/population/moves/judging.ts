import type { NewMove } from '@youyu/shared/population/moves'
import type { Acknowledgement } from '@youyu/shared/population/value-sets'
import { countyOf, type CivilDate, type DivisionCode, type Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf } from '../../../office.ts'
import { Refused, type WrongField } from '../../../refused.ts'
import { findPlaces } from '../overview/queries.ts'
import type { Episode, Fitting } from '../persons/residence/rules.ts'
import type { PersonState } from '../persons/state.ts'
import { keepsRegister, type KeptMove, type MoveFacts } from './queries.ts'
import * as rules from './rules.ts'
import type { HukouMove } from './rules.ts'

/** Of a transfer: what its two facts say of each other. */
type Counterpart = { acknowledgement: Acknowledgement; county: number; id: Id | null }
export type Said = NewMove & { counterpart?: Counterpart; note?: string | null }

export type Known = {
  hukouMoves: HukouMove[]
  episodes: Episode[]
  diedOn: CivilDate | null
  /** Where the hukou was before any move. */
  origin: DivisionCode
  /** Where it is where no move tells. */
  present: DivisionCode
}

type Circumstances = { person: PersonState; former: KeptMove | null; pointer: string; at: Date }

/** The move with what follows from it, after everything impossible was refused with its field. */
export async function judgedMove(
  tx: Transaction,
  access: Access,
  { person, pointer, at, former }: Circumstances,
  said: Said,
  known: Known,
): Promise<MoveFacts> {
  const { kind, occurredOn, toDivision, reason, counterpart } = said
  const lived = rules.episodeOn(known.episodes, occurredOn)
  const fromDivision =
    said.fromDivision ??
    (rules.isHukouMove(kind)
      ? rules.hukouOn(known.hukouMoves, occurredOn, known.present)
      : (lived?.divisionCode ?? person.residenceDivision))
  const faults: WrongField[] = []
  const fault = (field: string, code: WrongField['code']) =>
    faults.push({ pointer: `${pointer}/${field}`, code })
  const places = await findPlaces(tx, [toDivision, fromDivision])
  const isOver = known.diedOn !== null && occurredOn > known.diedOn
  if (person.status === 'MERGED' || person.status === 'ARCHIVED') fault('personId', 'not-found')
  if (occurredOn > todayOf(at) || occurredOn < person.birthDate || isOver) fault('occurredOn', 'invalid-date')
  if (!places.has(toDivision)) fault('toDivision', 'unknown-division')
  if (said.fromDivision && !places.has(fromDivision) && former?.fromDivision !== fromDivision)
    fault('fromDivision', 'unknown-division')
  if (fromDivision === toDivision) fault('toDivision', 'conflict')
  const isHere = (code: DivisionCode) => countyOf(code) === access.county
  if ((kind === 'HUKOU_IN' || kind === 'FLOW_IN') && !isHere(toDivision)) fault('toDivision', 'out-of-area')
  if ((kind === 'HUKOU_OUT' || kind === 'FLOW_OUT') && !isHere(fromDivision))
    fault('fromDivision', 'out-of-area')
  if (said.expectedReturn && said.expectedReturn <= occurredOn) fault('expectedReturn', 'invalid-date')
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  return {
    ...{ personId: person.id, kind, occurredOn, fromDivision, toDivision, reason },
    distance: rules.distanceOf(fromDivision, toDivision),
    episodeId: null,
    expectedReturn: said.expectedReturn ?? null,
    acknowledgement: counterpart?.acknowledgement ?? (await askedOf(tx, access, kind, toDivision)),
    counterpartCounty: counterpart?.county ?? null,
    counterpartId: counterpart?.id ?? null,
    findings: [],
  }
}

/** A county that keeps its register here is asked to answer a departure. */
async function askedOf(tx: Transaction, access: Access, kind: MoveFacts['kind'], to: DivisionCode) {
  const isAway = kind === 'HUKOU_OUT' && countyOf(to) !== access.county
  return isAway && (await keepsRegister(tx, countyOf(to))) ? ('SENT' as const) : ('NONE' as const)
}

/** The stay that the move begins, if it changes where or how the person lives. */
export function beginning(
  access: Access,
  said: Said,
  facts: MoveFacts,
  known: Known,
  today: CivilDate,
): Fitting | null {
  const { kind, occurredOn, toDivision, expectedReturn } = facts
  const isHukou = rules.isHukouMove(kind)
  if (!said.residenceStatus && rules.isShortAbsence(kind, occurredOn, expectedReturn)) return null
  const lived = rules.episodeOn(known.episodes, occurredOn)
  const at = isHukou && !said.withResidence ? lived?.divisionCode : toDivision
  if (at === undefined) return null
  const hukou = isHukou ? toDivision : rules.hukouOn(known.hukouMoves, occurredOn, known.present)
  const since = at === lived?.divisionCode ? (lived.from ?? '0000-01-01') : occurredOn
  const until = expectedReturn ?? lived?.to ?? null
  const status =
    said.residenceStatus ??
    rules.residenceStatusOf({ at, hukou, county: access.county, occurredOn: since, until, today })
  if (isHukou && !said.withResidence && lived?.status === status) return null
  const evidence = said.evidence ?? null
  return rules.beginStay(known.episodes, occurredOn, { divisionCode: at, status, evidence, expectedReturn })
}
