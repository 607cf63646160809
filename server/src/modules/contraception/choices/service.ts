import type {
  Choice,
  ChoiceCorrection,
  ChoiceDeciding,
  ChoicePreview,
  ChoiceRow,
  GivenChoice,
  listChoices,
} from '@youyu/shared/contraception/choices'
import { decisionFaults } from '@youyu/shared/contraception/choices'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { rehearsal } from '../../../database/rehearsal.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed } from '../clients/index.ts'
import { careTransaction } from '../sealed-answers.ts'
import { tally, type Counted } from '../statistics/index.ts'
import { shownChoice, shownChoiceRow } from './choice-row.ts'
import { findChoice, selectChoices, updateDecision } from './queries.ts'
import { correctChoiceIn, ownChoice, recordChoice, voidChoiceIn } from './recording.ts'
import { decisionMeasures } from './rules.ts'

type Listing = z.output<(typeof listChoices)['schema']['querystring']>

export async function listAll(
  office: Office,
  access: Access,
  { limit, cursor, ...question }: Listing,
): Promise<Page<ChoiceRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    selectChoices(tx, access, { ...question, after, limit: limit + 1 }),
  )
  const page = pageOf(rows, limit, shownChoiceRow, (row) => [row.occurredOn, row.id])
  for (const clientId of new Set(page.items.map((row) => row.clientId)))
    office.views.note(access, careDeed(office, clientId, 'view', 'informed-choice', { fields: ['list'] }))
  return page
}

/** One choice; that it was read is written with it. */
export async function readChoice(office: Office, access: Access, id: Id): Promise<Choice> {
  return await transaction(office.db, access, async (tx) => {
    const choice = await told(tx, office, access, id)
    await record(tx, access, careDeed(office, choice.clientId, 'view', 'informed-choice'), office.now())
    return choice
  })
}

async function told(tx: Transaction, office: Office, access: Access, id: Id): Promise<Choice> {
  const choice = await findChoice(tx, access, id)
  if (!choice) throw new Refused('not-found')
  return shownChoice(office, access, choice)
}

export async function previewChoice(
  office: Office,
  access: Access,
  body: GivenChoice,
): Promise<ChoicePreview> {
  return await rehearsal(office.db, access, async (tx) => {
    const { id } = await recordChoice(tx, office, access, body, office.now())
    return { before: null, after: await told(tx, office, access, id) }
  })
}

export async function enterChoice(office: Office, access: Access, body: GivenChoice): Promise<Choice> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const { id } = await recordChoice(tx, office, access, body, at)
    return await told(tx, office, access, id)
  })
}

/** What was left open is decided, once; a decision told wrongly is corrected. */
export async function decide(office: Office, access: Access, id: Id, body: ChoiceDeciding): Promise<Choice> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const choice = await ownChoice(tx, access, id)
    if (choice.decision === 'ACCEPT' || choice.decision === 'DECLINE') throw new Refused('already-decided')
    const { decidedOn } = body
    if (decidedOn < choice.occurredOn || decidedOn > todayOf(at))
      throw Refused.field('/decidedOn', 'invalid-date')
    const decided = {
      ...{ decision: body.decision, decidedOn, freeOfPressure: body.freeOfPressure },
      chosenMethod: body.chosenMethod ?? null,
      choiceBy: body.choiceBy ?? choice.choiceBy,
      consentForm: body.consentForm ?? null,
      consentReference: body.consentReference ?? null,
    }
    const faults = decisionFaults({ ...decided, methodsExplained: choice.methodsExplained })
    if (faults.length > 0)
      throw new Refused('invalid-request', {
        errors: faults.map(({ path, code }) => ({ pointer: `/${path}`, code })),
      })
    const { occurredOn: on, facilityId, divisionCode, clientId } = choice
    const counted = { on, facilityId, divisionCode }
    await Promise.all([
      updateDecision(tx, access, id, decided, at),
      record(
        tx,
        access,
        careDeed(office, clientId, 'change', 'informed-choice', { fields: ['decision'] }),
        at,
      ),
      tally(tx, access.county, [
        ...decisionMeasures(choice).map((each): Counted => ({ ...counted, ...each, number: -1 })),
        ...decisionMeasures(decided).map((each): Counted => ({ ...counted, ...each })),
      ]),
    ])
    return await told(tx, office, access, id)
  })
}

export async function previewCorrection(
  office: Office,
  access: Access,
  id: Id,
  body: ChoiceCorrection,
): Promise<ChoicePreview> {
  return await rehearsal(office.db, access, async (tx) => {
    const before = await told(tx, office, access, id)
    const corrected = await correctChoiceIn(tx, office, access, id, body, office.now())
    return { before, after: await told(tx, office, access, corrected.id) }
  })
}

export async function setRight(
  office: Office,
  access: Access,
  id: Id,
  body: ChoiceCorrection,
): Promise<Choice> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const corrected = await correctChoiceIn(tx, office, access, id, body, at)
    return await told(tx, office, access, corrected.id)
  })
}

export async function takeBack(office: Office, access: Access, id: Id, reason: string): Promise<Choice> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    await voidChoiceIn(tx, office, access, id, reason, at)
    return await told(tx, office, access, id)
  })
}
