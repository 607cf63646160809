import type { ChoiceCorrection, GivenChoice } from '@youyu/shared/contraception/choices'
import { decisionFaults } from '@youyu/shared/contraception/choices'
import type { MethodCode } from '@youyu/shared/contraception/methods'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, clientOf, keepClient, type Visit } from '../clients/index.ts'
import { carryEpisodes } from '../episodes/index.ts'
import { carryProcedures } from '../procedures/index.ts'
import { tally, type Counted } from '../statistics/index.ts'
import { noteOf } from './choice-row.ts'
import {
  findChoice,
  insertChoices,
  isRestedOn,
  lockChoice,
  voidChoiceRow,
  type KeptChoice,
} from './queries.ts'
import { measuresOf } from './rules.ts'

export type RecordedChoice = {
  id: Id
  occurredOn: CivilDate
  decision: GivenChoice['decision']
  chosenMethod: MethodCode | null
}

function refuseBefore(occurredOn: CivilDate, birthDate: CivilDate, at: Date): void {
  if (occurredOn > todayOf(at) || occurredOn < birthDate) throw Refused.field('/occurredOn', 'invalid-date')
}

/**
 * Records in a running transaction what a client was told and what she chose. A visit does itself what is
 * done once for all its parts.
 */
export async function recordChoice(
  tx: Transaction,
  office: Office,
  access: Access,
  body: GivenChoice,
  at: Date,
  replaces: Id | null = null,
  visit?: Visit,
): Promise<RecordedChoice> {
  const { clientId, note, ...told } = body
  const client = await (visit?.client ?? clientOf(tx, access, clientId))
  refuseBefore(body.occurredOn, client.birthDate, at)
  const id = newId(at.getTime())
  const { occurredOn, decision, chosenMethod } = body
  const facilityId = access.facility!
  const divisionCode = client.residenceDivision
  const noteCipher =
    note === null ? null : office.ciphers.clinical.encipher(note, { county: access.county, id })
  const decidedOn = decision === null ? null : occurredOn
  const counted = measuresOf(body, client.sex).map((measure): Counted => ({
    on: occurredOn,
    facilityId,
    divisionCode,
    ...measure,
  }))
  await Promise.all([
    insertChoices(
      tx,
      access,
      [
        {
          ...told,
          ...{ id, clientId, divisionCode, noteCipher, decidedOn, replaces, groupId: null },
          counsellorId: access.actorId,
        },
      ],
      at,
    ),
    visit ?? keepClient(tx, access, { clientId, on: occurredOn, encounters: 0 }),
    visit ?? record(tx, access, careDeed(office, clientId, 'create', 'informed-choice'), at),
    visit ? visit.counted.push(...counted) : tally(tx, access.county, counted),
  ])
  return { id, occurredOn, decision, chosenMethod }
}

function countedOf(choice: KeptChoice, number: 1 | -1): Counted[] {
  const { occurredOn: on, facilityId, divisionCode, sex } = choice
  return measuresOf(choice, sex ?? '2').map((measure) => ({
    on,
    facilityId,
    divisionCode,
    number,
    ...measure,
  }))
}

/** A choice of the own facility that still stands, locked for a change. */
export async function ownChoice(tx: Transaction, access: Access, id: Id): Promise<KeptChoice> {
  const [, choice] = await Promise.all([lockChoice(tx, access, id), findChoice(tx, access, id)])
  if (!choice) throw new Refused('not-found')
  if (choice.facilityId !== access.facility) throw new Refused('forbidden')
  if (choice.voidedAt) throw new Refused('conflict')
  return choice
}

async function takeBackIn(
  tx: Transaction,
  office: Office,
  access: Access,
  choice: KeptChoice,
  reason: string,
  at: Date,
): Promise<void> {
  if (!(await voidChoiceRow(tx, access, choice.id, reason, at))) throw new Refused('conflict')
  await Promise.all([
    record(tx, access, careDeed(office, choice.clientId, 'correct', 'informed-choice'), at),
    tally(tx, access.county, countedOf(choice, -1)),
  ])
}

/** Voids a choice; not while a procedure or a method rests on it. */
export async function voidChoiceIn(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<KeptChoice> {
  const choice = await ownChoice(tx, access, id)
  if (await isRestedOn(tx, access, id)) throw new Refused('choice-in-use')
  await takeBackIn(tx, office, access, choice, reason, at)
  return choice
}

/** Voids a choice with the reason and appends what it should have said; what rests on it follows, if it is still that choice. */
export async function correctChoiceIn(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  { set, reason }: ChoiceCorrection,
  at: Date,
): Promise<RecordedChoice> {
  const before = await ownChoice(tx, access, id)
  const isRested = await isRestedOn(tx, access, id)
  const { clientId, channel, intention, methodsExplained, choiceBy, freeOfPressure } = before
  const { effectivenessExplained, sideEffectsExplained, followUpExplained, stiProtection } = before
  const { decision, chosenMethod, consentForm, consentReference, screenId, partnerPresent } = before
  const body = {
    ...{ clientId, channel, intention, methodsExplained, choiceBy, freeOfPressure },
    ...{ effectivenessExplained, sideEffectsExplained, followUpExplained, stiProtection },
    ...{ decision, chosenMethod, consentForm, consentReference, screenId, partnerPresent },
    occurredOn: before.occurredOn,
    note: noteOf(office, access, before),
    ...set,
  } as GivenChoice
  const faults = decisionFaults(body)
  if (faults.length > 0)
    throw new Refused('invalid-request', {
      errors: faults.map(({ path, code }) => ({ pointer: `/set/${path}`, code })),
    })
  const isSameChoice = body.decision === 'ACCEPT' && body.chosenMethod === chosenMethod
  if (isRested && !isSameChoice) throw new Refused('choice-in-use')
  await takeBackIn(tx, office, access, before, reason, at)
  const corrected = await recordChoice(tx, office, access, body, at, id)
  const carried = { from: id, to: corrected.id, on: corrected.occurredOn }
  if (isRested) await Promise.all([carryProcedures(tx, access, carried), carryEpisodes(tx, access, carried)])
  return corrected
}
