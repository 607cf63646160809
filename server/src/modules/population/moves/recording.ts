import type { MoveCorrection } from '@youyu/shared/population/moves'
import type { DivisionCode, Id } from '@youyu/shared/values'
import { covers, type Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { postPeople } from '../book/index.ts'
import type { Done } from '../effects.ts'
import { applyChange, lockPersons } from '../persons/queries-changes.ts'
import { applyFitting, findEpisodes } from '../persons/residence/queries.ts'
import { afterFitting, presentOf } from '../persons/residence/rules.ts'
import { differing, toldChanges, type PersonState } from '../persons/state.ts'
import { countyDivision, widened } from '../widening.ts'
import { endFact } from '../queries-facts.ts'
import * as queries from './queries.ts'
import type { KeptMove } from './queries.ts'
import * as rules from './rules.ts'
import { closeTransfer, openTransfer, refuseAnswered } from './transfers/departures.ts'
import { findCircumstances, findHukouMoves } from './queries-circumstances.ts'
import { beginning, judgedMove, type Known, type Said } from './judging.ts'
import { householdFollows } from './leaving.ts'
import { movedResidence, presentCode, takenBack } from './taking-back.ts'
import { deedOf, toldMove, toldStays } from './telling.ts'

/** Records a move at its day; hukou, residence, status and book follow. The last write is the book's. */
export async function recordMoveIn(tx: Transaction, access: Access, body: Said, at: Date): Promise<Done> {
  const { person, wide } = await reached(tx, access, body.personId, [body.toDivision])
  return await change(tx, access, wide, { said: body, former: null, person, reason: null, pointer: '', at })
}

export async function correctMoveIn(
  tx: Transaction,
  access: Access,
  id: Id,
  { set, reason }: MoveCorrection,
  at: Date,
): Promise<Done> {
  const former = await standing(tx, access, id)
  const { personId, kind, occurredOn, fromDivision, toDivision, expectedReturn } = former
  const { person, wide } = await found(tx, access, personId, [
    fromDivision,
    toDivision,
    set.toDivision ?? toDivision,
  ])
  const isFlow = !rules.isHukouMove(set.kind ?? kind)
  const said = {
    ...{ personId, kind, occurredOn, fromDivision, toDivision, reason: former.reason },
    ...(isFlow ? { expectedReturn } : { withResidence: await movedResidence(tx, wide, former) }),
    ...set,
  } as Said
  return await change(tx, access, wide, { said, former, person, reason, pointer: '/set', at })
}

export async function voidMoveIn(
  tx: Transaction,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<Done> {
  const former = await standing(tx, access, id)
  const { person, wide } = await found(tx, access, former.personId, [former.fromDivision, former.toDivision])
  return await change(tx, access, wide, { said: null, former, person, reason, pointer: '', at })
}

async function standing(tx: Transaction, access: Access, id: Id): Promise<KeptMove> {
  const move = await queries.lockMove(tx, access, id)
  if (!move) throw new Refused('not-found')
  if (move.voidedAt) throw new Refused('conflict')
  refuseAnswered(move)
  return move
}

/** Whoever is in the area may leave it: what follows is written with the area that the move needs. */
async function reached(tx: Transaction, access: Access, personId: Id, places: readonly DivisionCode[]) {
  const person = (await lockPersons(tx, access, [personId])).get(personId)
  if (person) return { person, wide: await widened(tx, access, [countyDivision(access.county), ...places]) }
  // Who has left for good is in nobody's village any more; the county itself still knows her.
  if (!covers(access.prefixes, countyDivision(access.county))) throw Refused.field('/personId', 'not-found')
  const former = await lookedUp(tx, access, personId, places)
  if (former.person?.status !== 'MOVED_OUT') throw Refused.field('/personId', 'not-found')
  return { person: former.person, wide: former.wide }
}

async function found(tx: Transaction, access: Access, personId: Id, places: readonly DivisionCode[]) {
  const { person, wide } = await lookedUp(tx, access, personId, places)
  if (!person) throw new Refused('not-found')
  return { person, wide }
}

/** Wherever in or outside the county she is now: row-level security is the gate. */
async function lookedUp(tx: Transaction, access: Access, personId: Id, places: readonly DivisionCode[]) {
  const wide = await widened(tx, access, [countyDivision(access.county), ...places])
  const person = (await lockPersons(tx, { ...wide, prefixes: [''] }, [personId])).get(personId)
  return { person, wide }
}

type Change = {
  said: Said | null
  former: KeptMove | null
  person: PersonState
  reason: string | null
  /** Where the fields stand in the body. */
  pointer: string
  at: Date
}
const fittedAround = '为后补的迁移记录调整 Fitted around another move'

/** One move goes, one comes, or one takes the other's place; whatever follows from it follows at once. */
async function change(tx: Transaction, access: Access, wide: Access, asked: Change): Promise<Done> {
  const { said, former, person, reason, at } = asked
  const [hukouMoves, episodes, circumstances] = await Promise.all([
    findHukouMoves(tx, access.county, person.id),
    findEpisodes(tx, wide, person.id),
    findCircumstances(tx, access.county, person.id),
  ])
  const taken = former && (await takenBack(tx, wide, former, episodes, reason ?? '', at))
  const known: Known = {
    ...circumstances,
    present: former && rules.isHukouMove(former.kind) ? circumstances.origin : person.hukouDivision,
    episodes: taken?.episodes ?? episodes,
    hukouMoves: hukouMoves.filter(({ id }) => id !== former?.id),
  }
  const id = newId(at.getTime())
  const facts = said && (await judgedMove(tx, wide, asked, said, known))
  const begun = facts && beginning(wide, said, facts, known, todayOf(at))
  const given = begun ? await applyFitting(tx, wide, person.id, begun, fittedAround, at) : []

  const hukouAfter =
    facts && rules.isHukouMove(facts.kind)
      ? [...known.hukouMoves, { ...facts, id, recordedAt: at }]
      : known.hukouMoves
  const present = presentOf(begun ? afterFitting(known.episodes, begun) : known.episodes)
  const led = rules.hukouAfter(hukouMoves, hukouAfter, known.origin)
  const places = {
    hukouDivision:
      former && led ? await presentCode(tx, led, hukouAfter, circumstances) : (led ?? person.hukouDivision),
    ...((taken || begun) &&
      present && {
        residenceDivision: present.divisionCode,
        residenceStatus: present.status,
        residenceSince: present.from,
      }),
  }
  const status = rules.statusAfter(access.county, { ...person, ...places })
  const leftOn = rules.leftForGoodOn(hukouAfter, present, (facts ?? former!).occurredOn)
  const household = await householdFollows(tx, wide, {
    person,
    status,
    leftOn,
    isTakenBack: former !== null,
    at,
  })
  const changes = { ...differing(person, { ...places, status }), ...household }
  const stated = hukouAfter.map((move) => ({
    id: move.id,
    findings: rules.continuityFindings(hukouAfter, move.id),
  }))
  const findings = stated.find((move) => move.id === id)?.findings ?? []
  const whole = facts && { ...facts, findings, episodeId: begun ? (given.at(-1) ?? null) : null }
  await Promise.all([
    former && endFact(tx, wide, 'migration_events', { id: former.id, reason: reason ?? '', at }),
    whole && queries.insertMove(tx, wide, { id, said: whole, replaces: former?.id ?? null, at }),
    queries.restateFindings(
      tx,
      access.county,
      stated.filter((move) => move.id !== id),
    ),
    Object.keys(changes).length > 0 &&
      applyChange(tx, wide, {
        ...{ person, changes, reason, at },
        kind: rules.isHukouMove((facts ?? former!).kind) ? 'hukou-moved' : 'moved',
        occurredOn: (facts ?? former!).occurredOn,
      }),
    record(tx, access, deedOf(access, whole ?? former!, former?.id ?? id, former !== null, reason), at),
  ])
  if (former) await closeTransfer(tx, wide, former, reason ?? '', at)
  if (whole && !said.counterpart)
    await openTransfer(
      tx,
      wide,
      { ...whole, id },
      { withResidence: said.withResidence ?? false, note: said.note ?? null },
      at,
    )
  const posted = await postPeople(tx, access, [person.id], at)
  return {
    id: whole ? id : former!.id,
    changes: [
      ...toldMove(access, person, former, whole && { ...whole, id }),
      ...toldStays(access, person, [taken?.fitting, begun]),
      ...toldChanges(access, person, changes),
    ],
    findings,
    posted,
  }
}
