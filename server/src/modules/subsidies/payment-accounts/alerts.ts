import type { AccountAlert, listAccountAlerts } from '@youyu/shared/subsidies/payment-accounts'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import * as queries from './queries-alerts.ts'
import { nameShown } from './shown.ts'

export function alertShown(access: Access, { madeById: _, ...alert }: queries.AlertRecord): AccountAlert {
  return {
    ...alert,
    payeeName: nameShown(access, alert.payeeName),
    foundAt: alert.foundAt.toISOString(),
    resolvedAt: alert.resolvedAt?.toISOString() ?? null,
  }
}

type AlertListing = z.output<(typeof listAccountAlerts)['schema']['querystring']>

export async function listAlerts(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: AlertListing,
): Promise<Page<AccountAlert>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(
    office.db,
    access,
    async (tx) => await queries.selectAlerts(tx, access, filter, after, limit + 1),
  )
  return pageOf(
    rows,
    limit,
    (row) => alertShown(access, row),
    (row) => [row.foundAt.toISOString(), row.id],
  )
}

export async function resolveAlert(
  office: Office,
  access: Access,
  id: Id,
  resolution: string,
): Promise<AccountAlert> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const [alert] = await queries.selectAlerts(tx, access, { id })
    if (!alert) throw new Refused('not-found')
    if (alert.resolvedAt) throw new Refused('conflict')
    if (alert.madeById === access.actorId) throw new Refused('maker-is-checker')
    await queries.resolveAlert(tx, access, id, resolution, at)
    const deed = { action: 'change', entity: 'payment-account', entityId: alert.accountId } as const
    await record(tx, access, { ...deed, fields: ['alert'], reason: resolution }, at)
    const [resolved] = await queries.selectAlerts(tx, access, { id })
    return alertShown(access, resolved!)
  })
}
