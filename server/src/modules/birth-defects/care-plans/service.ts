import type { z } from 'zod'
import type {
  ChangedHighRiskPlan,
  HighRiskPlan,
  HighRiskPlanRow,
  listHighRiskPlans,
  NewHighRiskPlan,
  PlanClosing,
  PlanContactResult,
} from '@youyu/shared/birth-defects/care-plans'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { settleAntenatalCare, standingCare } from '../antenatal/index.ts'
import { recordLinks } from '../chains/index.ts'
import { careDeed, careTransaction } from '../../contraception/index.ts'
import * as queries from './queries.ts'
import { closingFaults, contactFaults, openingFaults } from './rules.ts'

type KeptPlan = Pick<HighRiskPlan, 'goals' | 'measures' | 'closing'>
type KeptWords = { purpose: string; result: string | null }

const cells = ({ ciphers }: Office, { county }: Access) => ({
  seal: (id: Id, value: KeptPlan | KeptWords) =>
    ciphers.clinical.encipher(JSON.stringify(value), { county, id }),
  open: <Kept>(id: Id, cipher: Buffer) =>
    JSON.parse(ciphers.clinical.decipher(cipher, { county, id })) as Kept,
})

function shownRow(row: queries.PlanRow, today: CivilDate): HighRiskPlanRow {
  const { id, pregnancyId, expectedOn, openedOn, isPurple, responsible, nextDueOn, closedOn, outcome } = row
  return {
    ...{ id, pregnancyId, expectedOn, openedOn, isPurple, responsible, nextDueOn, closedOn, outcome },
    woman: { id: row.womanId, name: row.name, birthDate: row.birthDate },
    colour: row.riskColour,
    isLate: nextDueOn !== null && nextDueOn < today,
    isMine: row.isMine,
    version: row.version,
  }
}

async function planOf(tx: Transaction, office: Office, access: Access, id: Id): Promise<HighRiskPlan> {
  const row = await queries.findPlan(tx, access, id)
  if (!row) throw new Refused('not-found')
  const { open } = cells(office, access)
  const contacts = await queries.selectPlanContacts(tx, access, id)
  return {
    ...shownRow(row, todayOf(office.now())),
    ...open<KeptPlan>(id, row.planCipher),
    items: row.riskItems,
    deliveryAt: row.deliveryAt,
    contacts: contacts.map(({ wordsCipher, ...contact }) => ({
      ...contact,
      ...open<KeptWords>(contact.id, wordsCipher),
    })),
    recordedAt: row.recordedAt.toISOString(),
  }
}

type Asked = z.output<(typeof listHighRiskPlans)['schema']['querystring']>

export async function listPlans(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<HighRiskPlanRow>> {
  const today = todayOf(office.now())
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    queries.selectPlans(tx, access, today, { ...filter, after, limit: limit + 1 }),
  )
  const page = pageOf(
    rows,
    limit,
    (row) => shownRow(row, today),
    (row) => [row.nextDueOn ?? 'infinity', row.id],
  )
  for (const { woman } of page.items)
    office.views.note(access, careDeed(office, woman.id, 'view', 'high-risk-plan', { fields: ['list'] }))
  return page
}

export async function readPlan(office: Office, access: Access, id: Id): Promise<HighRiskPlan> {
  return await transaction(office.db, access, async (tx) => {
    const plan = await planOf(tx, office, access, id)
    await record(tx, access, careDeed(office, plan.woman.id, 'view', 'high-risk-plan'), office.now())
    return plan
  })
}

/** A plan rests on the latest assessment of the facility; with it the item of the chain is done. */
export async function openPlan(office: Office, access: Access, body: NewHighRiskPlan): Promise<HighRiskPlan> {
  const at = office.now()
  const { pregnancyId, openedOn, goals, measures, responsible, deliveryAt } = body
  const { seal } = cells(office, access)
  return await careTransaction(office, access, async (tx) => {
    const care = await standingCare(tx, access, pregnancyId)
    if (!care) throw Refused.field('/pregnancyId', 'not-found')
    if (care.planId) throw new Refused('already-exists')
    refuseAny(openingFaults(body, care, todayOf(at)))
    const id = newId(at.getTime())
    const { chainId, womanId, divisionCode, riskColour, isPurple, riskItems } = care
    await queries.insertPlan(
      tx,
      access,
      {
        ...{ id, chainId, pregnancyId, womanId, divisionCode, openedOn, riskColour, isPurple, riskItems },
        ...{ responsible, deliveryAt, planCipher: seal(id, { goals, measures, closing: null }) },
      },
      at,
    )
    await addContacts(tx, office, access, { id, chainId }, body.contacts, at)
    await recordLinks(
      tx,
      access,
      [{ chainId, item: 'HIGH_RISK_PLAN', event: 'DONE', on: openedOn, recordId: id }],
      at,
    )
    await settleAntenatalCare(tx, access, pregnancyId, at)
    await record(tx, access, careDeed(office, womanId, 'create', 'high-risk-plan'), at)
    return await planOf(tx, office, access, id)
  })
}

function refuseAny(errors: ReturnType<typeof openingFaults>): void {
  if (errors.length > 0) throw new Refused('invalid-request', { errors })
}

async function addContacts(
  tx: Transaction,
  office: Office,
  access: Access,
  plan: { id: Id; chainId: Id },
  contacts: NewHighRiskPlan['contacts'],
  at: Date,
): Promise<void> {
  const { seal } = cells(office, access)
  const rows = contacts.map(({ dueOn, mode, purpose }) => {
    const id = newId(at.getTime())
    return { id, dueOn, mode, words: seal(id, { purpose, result: null }).toString('base64') }
  })
  if (rows.length > 0) await queries.insertPlanContacts(tx, access, plan, rows, at)
}

/** An own, open plan for a change against the version that was seen. */
async function inHand(tx: Transaction, access: Access, id: Id, version: number): Promise<queries.PlanRow> {
  await queries.lockPlan(tx, access, id)
  const row = await queries.findPlan(tx, access, id)
  if (!row?.isMine) throw new Refused('not-found')
  assertVersion(version, row.version)
  if (row.closedOn) throw new Refused('conflict')
  return row
}

type Work = (tx: Transaction, row: queries.PlanRow, at: Date) => Promise<string[]>

async function change(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  work: Work,
): Promise<HighRiskPlan> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const row = await inHand(tx, access, id, version)
    const fields = await work(tx, row, at)
    await settleAntenatalCare(tx, access, row.pregnancyId, at)
    await record(tx, access, careDeed(office, row.womanId, 'change', 'high-risk-plan', { fields }), at)
    return await planOf(tx, office, access, id)
  })
}

export async function changePlan(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  { contacts = [], goals, measures, ...plain }: ChangedHighRiskPlan,
): Promise<HighRiskPlan> {
  const { seal, open } = cells(office, access)
  return await change(office, access, id, version, async (tx, row, at) => {
    refuseAny(contactFaults(contacts, row.openedOn))
    const kept = open<KeptPlan>(id, row.planCipher)
    const told = {
      ...kept,
      ...(goals !== undefined && { goals }),
      ...(measures !== undefined && { measures }),
    }
    const after = { ...row, ...plain } as queries.PlanRow
    await queries.updatePlan(tx, access, { ...after, planCipher: seal(id, told) }, at)
    await addContacts(tx, office, access, row, contacts, at)
    return [...Object.keys(plain), ...(goals ? ['goals'] : []), ...(contacts.length > 0 ? ['contacts'] : [])]
  })
}

export async function settleContact(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  { contactId, state, doneOn, result }: PlanContactResult,
): Promise<HighRiskPlan> {
  const { seal, open } = cells(office, access)
  return await change(office, access, id, version, async (tx, row, at) => {
    const contact = (await queries.selectPlanContacts(tx, access, id)).find((each) => each.id === contactId)
    if (!contact) throw Refused.field('/contactId', 'not-found')
    if (contact.state !== 'PLANNED') throw new Refused('conflict')
    if (doneOn > todayOf(at) || doneOn < row.openedOn) throw Refused.field('/doneOn', 'invalid-date')
    const { purpose } = open<KeptWords>(contactId, contact.wordsCipher)
    const wordsCipher = seal(contactId, { purpose, result })
    await queries.updatePlanContact(tx, access, { id: contactId, state, doneOn, wordsCipher })
    await queries.updatePlan(tx, access, row, at)
    return ['contacts', state]
  })
}

export async function closePlan(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  { closedOn, outcome, note }: PlanClosing,
): Promise<HighRiskPlan> {
  const { seal, open } = cells(office, access)
  return await change(office, access, id, version, async (tx, row, at) => {
    refuseAny(closingFaults(closedOn, row.openedOn, todayOf(at)))
    const planCipher = seal(id, { ...open<KeptPlan>(id, row.planCipher), closing: note })
    await queries.cancelPlanned(tx, access, id, closedOn)
    await queries.updatePlan(tx, access, { ...row, planCipher, closedOn, outcome }, at)
    return ['closedOn', outcome]
  })
}
