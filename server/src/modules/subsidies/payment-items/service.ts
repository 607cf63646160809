import { createHash } from 'node:crypto'
import type { listItems, PaymentItem } from '@youyu/shared/subsidies/payment-rosters'
import type { answerConfirmation, Confirmation } from '@youyu/shared/subsidies/payment-confirmations'
import type {
  listPaymentsOfPerson,
  PaymentTrace,
  PersonPayment,
  reverseItem,
} from '@youyu/shared/subsidies/payment-items'
import { maskName } from '@youyu/shared/population/masking'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import { longTransaction, reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { enterReturn } from '../bank-returns/index.ts'
import { batchAt, findBatch, mayTake, release, rowOf, stopItems } from '../payment-batches/index.ts'
import * as queries from './queries.ts'

const nameShown = (access: Access, name: string) => (access.clearance >= 'L2' ? name : maskName(name))

function itemShown(access: Access, record: queries.ItemRecord): PaymentItem {
  const item = queries.itemOf(record)
  return {
    ...item,
    payeeName: nameShown(access, item.payeeName),
    personName: nameShown(access, item.personName),
  }
}

type Listing = z.output<(typeof listItems)['schema']['querystring']>

export async function itemsFor(
  office: Office,
  access: Access,
  id: Id,
  { limit, cursor, ...filter }: Listing,
): Promise<Page<PaymentItem>> {
  const after = keyIn(cursor, ['number'])?.[0] ?? 0
  const rows = await reading(office.db, access, async (tx) => {
    if (!(await findBatch(tx, access, { id }))) throw new Refused('not-found')
    return await queries.selectItems(tx, access, id, filter, after, limit + 1)
  })
  office.views.note(access, { action: 'view', entity: 'payment-batch', entityId: id, fields: ['items'] })
  return pageOf(
    rows,
    limit,
    (row) => itemShown(access, row),
    (row) => [row.seq],
  )
}

/** 追踪一笔: from the rule and the application to the bank's reference. */
export async function trace(office: Office, access: Access, id: Id): Promise<PaymentTrace> {
  const told = await reading(office.db, access, async (tx) => {
    const found = await queries.findItem(tx, access, id)
    if (!found) throw new Refused('not-found')
    const item = itemShown(access, found)
    const batch = (await findBatch(tx, access, { id: found.batchId }))!
    const way = await queries.selectTrace(tx, access, id)
    return {
      ...{ item, batch: rowOf(batch), months: way.months, event: way.event ?? null },
      ...{ beneficiary: way.beneficiary ?? null, application: way.application ?? null, notices: way.notices },
      outcomes: way.outcomes.map((each) => ({ ...each, receivedAt: each.receivedAt.toISOString() })),
      ...{ reissueOf: way.item.reissueOf, reissuedBy: item.reissueId },
    }
  })
  office.views.note(access, {
    ...{ action: 'view', entity: 'payment-item', entityId: id, division: told.item.divisionCode },
  })
  return told
}

type OfPerson = z.output<(typeof listPaymentsOfPerson)['schema']['querystring']>

export async function paymentsOfPerson(
  office: Office,
  access: Access,
  personId: Id,
  { limit, cursor }: OfPerson,
): Promise<Page<PersonPayment>> {
  const after = keyIn(cursor, ['string'])?.[0] ?? null
  const rows = await reading(office.db, access, async (tx) => {
    if (!(await queries.isPersonOfArea(tx, access, personId))) throw new Refused('not-found')
    return await queries.selectOfPerson(tx, access, personId, after, limit + 1)
  })
  office.views.note(access, { action: 'view', entity: 'person', entityId: personId, fields: ['payments'] })
  return pageOf(
    rows,
    limit,
    (row) => row,
    (row) => [row.id],
  )
}

/** Takes one item out before the bank has it. */
export async function stopItem(office: Office, access: Access, id: Id, reason: string): Promise<PaymentItem> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const found = await queries.findItem(tx, access, id)
    if (!found) throw new Refused('not-found')
    const batch = await batchAt(tx, access, { id: found.batchId })
    if (!['LOCKED', 'APPROVED'].includes(batch.state)) throw new Refused('item-not-at-this-step')
    const stopped = await stopItems(tx, access, batch.id, { items: [id], ended: 'STOPPED', why: reason }, at)
    if (stopped.count === 0) throw new Refused('item-not-at-this-step')
    await record(
      tx,
      access,
      { action: 'change', entity: 'payment-item', entityId: id, division: found.divisionCode, reason },
      at,
    )
    const item = itemShown(access, (await queries.findItem(tx, access, id))!)
    if (batch.state === 'APPROVED')
      await release(tx, access, batch, { refType: 'PAYMENT_ITEM', refId: id }, stopped, at)
    return item
  })
}

type Reversed = z.output<(typeof reverseItem)['schema']['body']>

/** 退汇: the bank sent a paid amount back and said so by letter, not by file. */
export async function reverse(
  office: Office,
  access: Access,
  id: Id,
  { bankReference, valueDate, reason }: Reversed,
): Promise<PaymentItem> {
  const at = office.now()
  if (valueDate > todayOf(at)) throw Refused.field('/valueDate', 'invalid-date')
  return await longTransaction(office.db, access, async (tx) => {
    const found = await queries.findItem(tx, access, id)
    if (!found) throw new Refused('not-found')
    const batch = await batchAt(tx, access, { id: found.batchId })
    const now = await queries.findItem(tx, access, id)
    if (!mayTake('reverse', batch.state) || now?.state !== 'PAID') throw new Refused('item-not-at-this-step')
    const { seq, amountFen, accountMask } = found
    await queries.enterReversal(tx, {
      seq,
      amountFen,
      accountMask,
      bankReference,
      valueDate,
      message: reason,
    })
    const sha256 = createHash('sha256').update(`${id} ${bankReference} ${valueDate} ${reason}`).digest()
    await record(
      tx,
      access,
      { action: 'change', entity: 'payment-item', entityId: id, division: found.divisionCode, reason },
      at,
    )
    await enterReturn(
      tx,
      access,
      batch,
      { id: newId(at.getTime()), name: 'MANUAL', channel: 'FILE', sha256, bytes: 0, lines: 1 },
      at,
    )
    return itemShown(access, (await queries.findItem(tx, access, id))!)
  })
}

function confirmationShown(
  access: Access,
  { batchId: _, ...each }: queries.ConfirmationRecord,
): Confirmation {
  return {
    ...each,
    payeeName: nameShown(access, each.payeeName),
    drawnAt: each.drawnAt.toISOString(),
    answeredAt: each.answeredAt?.toISOString() ?? null,
  }
}

/** By chance that can be done again: the roster's own hash is the seed. */
export async function drawSample(
  office: Office,
  access: Access,
  id: Id,
  size: number,
): Promise<{ items: Confirmation[] }> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const batch = await batchAt(tx, access, { id })
    const seed = batch.rosterHash?.toString('hex') ?? ''
    const drawn = await queries.drawSample(tx, access, id, size, seed, at)
    if (drawn === 0) throw new Refused('conflict')
    const deed = { action: 'create', entity: 'payment-confirmation', entityId: id } as const
    await record(tx, access, { ...deed, rows: drawn }, at)
    const items = await queries.selectConfirmations(tx, access, { batchId: id })
    return { items: items.map((each) => confirmationShown(access, each)) }
  })
}

export async function confirmationsOf(
  office: Office,
  access: Access,
  id: Id,
): Promise<{ items: Confirmation[] }> {
  return await reading(office.db, access, async (tx) => {
    if (!(await findBatch(tx, access, { id }))) throw new Refused('not-found')
    const items = await queries.selectConfirmations(tx, access, { batchId: id })
    return { items: items.map((each) => confirmationShown(access, each)) }
  })
}

type Answer = z.output<(typeof answerConfirmation)['schema']['body']>

export async function answer(
  office: Office,
  access: Access,
  id: Id,
  { result, recheck, note }: Answer,
): Promise<Confirmation> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const [found] = await queries.selectConfirmations(tx, access, { id })
    if (!found) throw new Refused('not-found')
    await queries.answerConfirmation(
      tx,
      access,
      id,
      { result, recheck: recheck ?? null, note: note ?? null },
      at,
    )
    const deed = { action: 'change', entity: 'payment-confirmation', entityId: id } as const
    await record(tx, access, { ...deed, division: found.divisionCode, fields: [result] }, at)
    const [answered] = await queries.selectConfirmations(tx, access, { id })
    return confirmationShown(access, answered!)
  })
}
