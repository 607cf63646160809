import type { z } from 'zod'
import type {
  AntenatalCare,
  AntenatalCareRow,
  AntenatalContact,
  ContactCorrection,
  ContactPreview,
  listAntenatalCare,
  NewAntenatalContact,
  WomanPregnancy,
} from '@youyu/shared/birth-defects/antenatal'
import { gestationOn, stillHolding } from '@youyu/shared/birth-defects/risk-facts'
import type { Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { rehearsal } from '../../../database/rehearsal.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, careTransaction, clientOf } from '../../contraception/index.ts'
import { carryOutVisit, keepPurple } from '../../population/index.ts'
import { chainFor, voidLinks } from '../chains/index.ts'
import { referralsOf } from '../referrals/index.ts'
import { judgeAgain } from '../risk/index.ts'
import { openValues, shownContact, shownRow, type KeptValues } from './contact-row.ts'
import { postnatalOf } from './postnatal/service.ts'
import * as queries from './queries.ts'
import { findCare, selectCares, settleCare } from './queries-cares.ts'
import { inCounty, recordContact } from './recording.ts'
import { scheduleOf } from './rules.ts'

type Asked = z.output<(typeof listAntenatalCare)['schema']['querystring']>

const open = new Set(['REGISTERED', 'ONGOING'])

export async function listCares(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<AntenatalCareRow>> {
  const today = todayOf(office.now())
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    selectCares(tx, access, today, { ...filter, after, limit: limit + 1 }),
  )
  const page = pageOf(
    rows,
    limit,
    ({ womanId, name, birthDate, status, riskColour, ...row }): AntenatalCareRow => ({
      ...row,
      woman: { id: womanId, name, birthDate },
      colour: riskColour,
      gestationDays: open.has(status) ? gestationOn(row.expectedOn, today) : null,
    }),
    (row) => [row.nextOn ?? 'infinity', row.id],
  )
  for (const { woman } of page.items)
    office.views.note(access, careDeed(office, woman.id, 'view', 'antenatal-care', { fields: ['list'] }))
  return page
}

export async function pregnanciesOf(
  office: Office,
  access: Access,
  womanId: Id,
): Promise<{ items: WomanPregnancy[] }> {
  const at = office.now()
  const today = todayOf(at)
  return await transaction(office.db, access, async (tx) => {
    const [isKnown, found] = await Promise.all([
      queries.isClient(tx, access, womanId),
      queries.selectPregnancies(tx, access, { womanId }),
      record(tx, access, careDeed(office, womanId, 'view', 'pregnancy'), at),
    ])
    if (!isKnown) throw new Refused('not-found')
    const items = found.map(({ id, status, expectedOn, endedOn, bornOn, isMine }) => ({
      ...{ id, status, expectedOn, endedOn, bornOn, isMine },
      gestationDays: open.has(status) ? gestationOn(expectedOn, today) : null,
    }))
    return { items }
  })
}

/** Everything of one pregnancy's care that the facility may read; that it looked is written with it. */
export async function readCare(office: Office, access: Access, id: Id): Promise<AntenatalCare> {
  const at = office.now()
  const today = todayOf(at)
  return await transaction(office.db, access, async (tx) => {
    const [pregnancy] = await queries.selectPregnancies(tx, access, { id })
    if (!pregnancy) throw new Refused('not-found')
    const [woman, schedule, contacts, care, chain, referrals, postnatal] = await Promise.all([
      clientOf(tx, access, pregnancy.womanId),
      queries.selectSchedule(tx, access, today),
      queries.selectContacts(tx, access, id),
      findCare(tx, access, id),
      chainFor(tx, access, { pregnancyId: id }, today, at),
      referralsOf(tx, access, { pregnancyId: id }, today),
      postnatalOf(tx, office, access, id),
      record(tx, access, careDeed(office, pregnancy.womanId, 'view', 'antenatal-care'), at),
    ])
    const { status, expectedOn, endedOn, bornOn, registeredOn, riskColour } = pregnancy
    const kept = contacts.map((row) => ({ row, ...openValues(office, access, row) }))
    const taken = kept.map(({ row, values }) => ({ occurredOn: row.occurredOn, values }))
    const steps = scheduleOf(schedule, expectedOn, contacts, today)
    const { name, birthDate, idNumberMask, phoneMask } = woman
    const last = contacts.at(-1)
    return {
      pregnancy: {
        ...{ id, status, expectedOn, endedOn, bornOn, registeredOn, colour: last?.riskColour ?? riskColour },
        woman: { id: woman.id, name, birthDate, idNumberMask, phoneMask },
        gestationDays: open.has(status) ? gestationOn(expectedOn, today) : null,
      },
      chainId: chain?.chainId ?? null,
      isPurple: last?.isPurple ?? false,
      schedule: steps,
      next: steps.find(({ state }) => state === 'DUE' || state === 'NOT_DUE') ?? null,
      nextOn: last?.nextOn ?? null,
      known: stillHolding(taken, today),
      items: kept.at(-1)?.items ?? [],
      colours: contacts.map((row) => ({
        ...{ on: row.occurredOn, gestationDays: row.gestationDays, items: row.riskItems },
        ...{ colour: row.riskColour, isPurple: row.isPurple },
      })),
      contacts: kept.map(({ row, values }) => ({ ...shownRow(row), values })).reverse(),
      planDueSince: care?.planDueSince ?? null,
      planId: care?.planId ?? null,
      referrals,
      postnatal,
    }
  })
}

export async function readContact(office: Office, access: Access, id: Id): Promise<AntenatalContact> {
  return await transaction(office.db, access, async (tx) => {
    const contact = await contactOf(tx, office, access, id)
    await record(tx, access, careDeed(office, contact.woman.id, 'view', 'antenatal-contact'), office.now())
    return contact
  })
}

/** With what its versions make of it today: the stored answer must come out again. */
async function contactOf(tx: Transaction, office: Office, access: Access, id: Id): Promise<AntenatalContact> {
  const row = await queries.findContact(tx, access, id)
  if (!row) throw new Refused('not-found')
  const kept = openValues(office, access, row)
  return shownContact(row, kept, await judgeAgain(tx, askedOf(kept), row))
}

const askedOf = ({ asked, signs, items }: KeptValues) => ({ values: asked, signs, items })

export async function rehearseContact(
  office: Office,
  access: Access,
  body: NewAntenatalContact,
): Promise<ContactPreview> {
  const at = office.now()
  return await rehearsal(office.db, access, async (tx) => {
    const { preview } = await recordContact(tx, office, access, body, at)
    return preview
  })
}

export async function enterContact(
  office: Office,
  access: Access,
  body: NewAntenatalContact,
): Promise<AntenatalContact> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const { id } = await recordContact(tx, office, access, body, at)
    return await contactOf(tx, office, access, id)
  })
}

type Correction = z.output<typeof ContactCorrection>

/** The wrong contact is voided with all that it said to the chain; the right one is judged as of its own day. */
async function correctIn(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  { set, reason }: Correction,
  at: Date,
) {
  const before = await mine(tx, access, id)
  const { values, signs, items, medications, note } = openValues(office, access, before)
  const { pregnancyId, occurredOn, place, ironDays, nextOn, visitId } = before
  const counselling = before.counselling as NewAntenatalContact['counselling']
  await queries.voidContact(tx, access, id, reason, at)
  await voidLinks(tx, access, id, reason, at)
  const body = {
    ...{
      pregnancyId,
      occurredOn,
      place,
      values,
      signs,
      items,
      medications,
      note,
      ironDays,
      nextOn,
      counselling,
    },
    ...set,
  }
  return await recordContact(tx, office, access, body as NewAntenatalContact, at, { id, visitId, reason })
}

async function mine(tx: Transaction, access: Access, id: Id): Promise<queries.ContactRow> {
  const found = await queries.findContact(tx, access, id)
  if (!found?.isMine) throw new Refused('not-found')
  if (found.voidedAt) throw new Refused('conflict')
  return found
}

export async function rehearseCorrection(
  office: Office,
  access: Access,
  id: Id,
  correction: Correction,
): Promise<ContactPreview> {
  const at = office.now()
  return await rehearsal(office.db, access, async (tx) => {
    const { preview } = await correctIn(tx, office, access, id, correction, at)
    return preview
  })
}

export async function correctContact(
  office: Office,
  access: Access,
  id: Id,
  correction: Correction,
): Promise<AntenatalContact> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const right = await correctIn(tx, office, access, id, correction, at)
    return await contactOf(tx, office, access, right.id)
  })
}

export async function voidOne(
  office: Office,
  access: Access,
  id: Id,
  reason: string,
): Promise<AntenatalContact> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const { visitId, pregnancyId, womanId } = await mine(tx, access, id)
    await queries.voidContact(tx, access, id, reason, at)
    await carryOutVisit(tx, inCounty(access), pregnancyId, { kind: 'void', visitId, reason }, at)
    await voidLinks(tx, access, id, reason, at)
    await settleCare(tx, access, pregnancyId, at)
    const [last] = (await queries.selectContacts(tx, access, pregnancyId)).slice(-1)
    await keepPurple(tx, office, inCounty(access), pregnancyId, last?.isPurple ?? false, at)
    await record(
      tx,
      access,
      careDeed(office, womanId, 'correct', 'antenatal-contact', { fields: ['void'], reason }),
      at,
    )
    return await contactOf(tx, office, access, id)
  })
}
