import type {
  Evaluation,
  KeptAnswer,
  NewScreen,
  ScreenCorrection,
} from '@youyu/shared/contraception/eligibility'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused, type WrongField } from '../../../../refused.ts'
import { ageOn, careDeed, clientOf, keepClient, type Visit } from '../../clients/index.ts'
import { tally } from '../../statistics/index.ts'
import { editionTable } from '../editions/edition-table.ts'
import type { EditionTable } from '../rules.ts'
import { answerFaults, answersOn, circumstancesOn } from '../rules-answers.ts'
import { findScreen, findSituation, insertScreen, voidScreenRow } from './queries.ts'
import { categoriesIn, circumstancesIn, evaluated, stoppedIn } from './screen-row.ts'

export type GivenScreen = z.output<typeof NewScreen>

type Options = {
  /** A screening that this one replaces: its own answers are no earlier ones. */
  replaces?: Id | null
  /** For a look before she is asked, gaps are no faults. */
  isPrefill?: boolean
  /** A visit does itself what is done once for all its parts. */
  visit?: Visit | undefined
}

/** Everything that is known of her on the day, judged by the edition then in force. */
export async function screened(
  tx: Transaction,
  office: Office,
  access: Access,
  given: Pick<GivenScreen, 'clientId' | 'occurredOn' | 'answers' | 'circumstances' | 'withoutEarlier'>,
  { replaces = null, isPrefill = false, visit }: Options = {},
): Promise<{ evaluation: Evaluation; divisionCode: string }> {
  const { clientId, occurredOn: on } = given
  const [client, { edition: code, local, earlier, ...own }] = await Promise.all([
    visit?.client ?? clientOf(tx, access, clientId),
    findSituation(tx, access, { clientId, on, except: replaces, withEarlier: !given.withoutEarlier }),
  ])
  if (client.sex === '1') throw Refused.field('/clientId', 'invalid-value', 'Eligibility is of the woman')
  if (on < client.birthDate) throw Refused.field('/occurredOn', 'invalid-date')
  if (code === null) throw Refused.field('/occurredOn', 'invalid-date', 'No edition was in force on the day')
  const edition = await editionTable(tx, office, code)
  const circumstances = circumstancesOn(given.circumstances, { ...own, earlier: earlier[0] ?? null }, on)
  const faults = isPrefill ? [] : faultsOf(edition, given, circumstances)
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  const answers = answersOn(
    edition,
    given.answers,
    earlier.flatMap((screen) => screen.answers),
    on,
  )
  const age = ageOn(on, client.birthDate)
  const evaluation = evaluated(edition, local, { on, age, answers, circumstances })
  return { evaluation, divisionCode: client.residenceDivision }
}

function faultsOf(
  edition: EditionTable,
  { occurredOn, answers }: Pick<GivenScreen, 'occurredOn' | 'answers'>,
  known: Evaluation['circumstances'],
): WrongField[] {
  const late = (['deliveredOn', 'abortedOn', 'mensesEndedOn'] as const).filter(
    (field) => known[field] !== null && known[field] > occurredOn,
  )
  const isContradiction = known.deliveredOn !== null && known.parity === 0
  return [
    ...answerFaults(edition, answers).map(({ index, code }) => ({
      pointer: `/answers/${index}/finding`,
      code,
    })),
    ...late.map((field) => ({ pointer: `/circumstances/${field}`, code: 'invalid-date' as const })),
    ...(isContradiction ? [{ pointer: '/circumstances/parity', code: 'finding-conflict' as const }] : []),
  ]
}

/** What is recorded has happened: not after today. */
function refuseFuture(occurredOn: CivilDate, at: Date, pointer = '/occurredOn'): void {
  if (occurredOn > todayOf(at)) throw Refused.field(pointer, 'invalid-date')
}

/** Screens a client in a running transaction; what was found is kept with the edition that judged it. */
export async function recordScreen(
  tx: Transaction,
  office: Office,
  access: Access,
  body: GivenScreen,
  at: Date,
  replaces: Id | null = null,
  visit?: Visit,
): Promise<{ id: Id; evaluation: Evaluation }> {
  refuseFuture(body.occurredOn, at)
  const { evaluation, divisionCode } = await screened(tx, office, access, body, { replaces, visit })
  const id = newId(at.getTime())
  const { clientId, occurredOn } = body
  const note = body.note ?? null
  const stopped = stoppedIn(evaluation)
  const cell = { county: access.county, id }
  const of = { on: occurredOn, facilityId: access.facility!, divisionCode, measure: 'screen' }
  const counted = [{ ...of, item: 'ALL' }, ...(stopped.length > 0 ? [{ ...of, item: 'STOPPED' }] : [])]
  await Promise.all([
    insertScreen(
      tx,
      access,
      {
        ...{ id, clientId, divisionCode, occurredOn, replaces, stopped },
        ...circumstancesIn(evaluation.circumstances),
        edition: evaluation.edition,
        age: evaluation.age,
        answers: evaluation.answers,
        conditions: evaluation.conditions,
        categories: categoriesIn(evaluation),
        noteCipher: note === null ? null : office.ciphers.clinical.encipher(note, cell),
        source: access.actorKind === 'client' ? 'API' : 'MANUAL',
      },
      at,
    ),
    visit ?? keepClient(tx, access, { clientId, on: occurredOn, encounters: 0 }),
    visit ?? record(tx, access, careDeed(office, clientId, 'create', 'mec-screen'), at),
    visit ? visit.counted.push(...counted) : tally(tx, access.county, counted),
  ])
  return { id, evaluation }
}

/** Takes a screening of the own facility back. */
export async function voidScreenIn(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<NonNullable<Awaited<ReturnType<typeof findScreen>>>> {
  const screen = await findScreen(tx, access, id)
  if (!screen) throw new Refused('not-found')
  if (screen.facilityId !== access.facility) throw new Refused('forbidden')
  if (screen.voidedAt || !(await voidScreenRow(tx, access, id, reason, at))) throw new Refused('conflict')
  const { clientId, occurredOn: on, facilityId, divisionCode } = screen
  const counted = { on, facilityId, divisionCode, number: -1 }
  await Promise.all([
    record(tx, access, careDeed(office, clientId, 'correct', 'mec-screen'), at),
    tally(tx, access.county, [
      { ...counted, measure: 'screen', item: 'ALL' },
      ...(screen.stopped.length > 0 ? [{ ...counted, measure: 'screen', item: 'STOPPED' }] : []),
      ...screen.overrides.map(({ method }) => ({ ...counted, measure: 'override', item: method })),
    ]),
  ])
  return screen
}

/** Voids a screening and records what it should have said; answers given on the day stay as far as they are not set anew. */
export async function correctScreenIn(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  { set, reason }: z.output<typeof ScreenCorrection>,
  at: Date,
): Promise<{ id: Id; evaluation: Evaluation }> {
  const before = await voidScreenIn(tx, office, access, id, reason, at)
  const { county } = access
  const given = before.answers.filter(({ isReused }: KeptAnswer) => !isReused)
  const body: GivenScreen = {
    clientId: before.clientId,
    occurredOn: set.occurredOn ?? before.occurredOn,
    answers: set.answers ?? given.map(({ finding, isPresent }) => ({ finding, isPresent })),
    circumstances: { ...circumstancesIn(before), ...set.circumstances },
    withoutEarlier: set.withoutEarlier ?? false,
    note:
      set.note === undefined
        ? before.noteCipher && office.ciphers.clinical.decipher(before.noteCipher, { county, id })
        : set.note,
  }
  return await recordScreen(tx, office, access, body, at, id)
}
