import type {
  Requisition,
  RequisitionDecision,
  RequisitionStatus,
} from '@youyu/shared/contraception/supplies-requisitions'
import { covers, type Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { transaction } from '../../../../database/transaction.ts'
import { assertVersion } from '../../../../http/conditional.ts'
import type { Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { allocateLots } from '../lots/queries.ts'
import { notInFuture } from '../movements/service.ts'
import { send } from '../shipments/service.ts'
import { findStore, findStoreOfCounty } from '../stores/queries.ts'
import { updateStatus, type KeptRequisition } from './queries.ts'
import { addShipped, approveLines, selectLines } from './queries-lines.ts'
import { mayBecome } from './rules.ts'
import { lockedRequisition, shown } from './service.ts'

type Step = {
  id: string
  version: number | null
  next: RequisitionStatus
  reason?: string | undefined
  /** The end that takes the step: the store that asks, or the one that supplies. */
  by: 'store' | 'supplier' | 'either'
  with?: (tx: Transaction, requisition: KeptRequisition) => Promise<void>
}

async function stepped(office: Office, access: Access, step: Step): Promise<Requisition> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const requisition = await lockedRequisition(tx, access, step.id)
    if (step.version !== null) assertVersion(step.version, requisition.version)
    if (!mayBecome(requisition.status, step.next)) throw new Refused('supply-state')
    const { divisionCode, supplierDivision } = requisition
    const ends = {
      store: [divisionCode],
      supplier: [supplierDivision],
      either: [divisionCode, supplierDivision],
    }
    if (!ends[step.by].some((end) => covers(access.prefixes, end))) throw new Refused('out-of-area')
    await step.with?.(tx, requisition)
    const deed = { entityId: step.id, division: divisionCode, fields: [step.next] }
    await Promise.all([
      updateStatus(tx, access, step.id, step.next, at, step.reason ?? null),
      record(tx, access, { action: 'change', entity: 'supply-requisition', ...deed }, at),
    ])
    return await shown(tx, access, step.id)
  })
}

export async function submit(office: Office, access: Access, id: string, version: number) {
  return await stepped(office, access, { id, version, next: 'SUBMITTED', by: 'store' })
}

export async function decide(
  office: Office,
  access: Access,
  id: string,
  version: number,
  { approve, lines = [], reason }: RequisitionDecision,
): Promise<Requisition> {
  if (!approve && !reason) throw Refused.field('/reason', 'required')
  return await stepped(office, access, {
    ...{ id, version, next: approve ? 'APPROVED' : 'REFUSED', reason, by: 'supplier' },
    with: async (tx, requisition) => {
      if (requisition.submittedBy === access.actorId) throw new Refused('maker-is-checker')
      if (!approve) return
      const known = await selectLines(tx, access, id)
      const unknown = lines.findIndex((line) => !known.some(({ itemCode }) => itemCode === line.itemCode))
      if (unknown >= 0) throw Refused.field(`/lines/${unknown}/itemCode`, 'not-found')
      await approveLines(tx, access, id, lines)
    },
  })
}

/** Sends what was approved, was not sent yet and is there. */
export async function shipApproved(
  office: Office,
  access: Access,
  id: string,
  { shippedOn }: { shippedOn: string },
): Promise<Requisition> {
  const at = office.now()
  notInFuture('/shippedOn', shippedOn, at)
  return await stepped(office, access, {
    ...{ id, version: null, next: 'SHIPPED', by: 'supplier' },
    with: async (tx, requisition) => {
      const [from, to, lines] = await Promise.all([
        findStore(tx, access, requisition.supplierId),
        findStoreOfCounty(tx, access, requisition.storeId),
        selectLines(tx, access, id),
      ])
      if (!from) throw new Refused('out-of-area')
      const open = lines
        .map(({ itemCode, approved, shipped }) => ({ itemCode, quantity: (approved ?? 0) - shipped }))
        .filter(({ quantity }) => quantity > 0)
      if (open.length === 0) throw new Refused('supply-state')
      const lots = await allocateLots(tx, access, from.id, open, shippedOn)
      if (lots.length === 0) throw new Refused('out-of-stock')
      await send(tx, access, { from, to: to!, requisitionId: id, shippedOn, lots }, at)
      await addShipped(tx, access, id, lots)
    },
  })
}

export async function close(
  office: Office,
  access: Access,
  id: string,
  version: number,
  reason: string | undefined,
): Promise<Requisition> {
  return await stepped(office, access, {
    ...{ id, version, next: 'CLOSED', reason, by: 'either' },
    with: async (tx) => {
      const lines = await selectLines(tx, access, id)
      const isOnTheWay = lines.some((line) => line.received + line.lost < line.shipped)
      if (isOnTheWay) throw new Refused('supply-state', { detail: 'Goods are still on their way' })
      const isShort = lines.some((line) => line.received < (line.approved ?? 0))
      if (isShort && !reason) throw Refused.field('/reason', 'required')
    },
  })
}

export async function cancel(office: Office, access: Access, id: string, version: number, reason: string) {
  return await stepped(office, access, { id, version, next: 'CANCELLED', reason, by: 'store' })
}
