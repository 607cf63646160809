import type { AlertKind } from '@youyu/shared/subsidies/payment-accounts'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'
import { ofArea, payeeName } from './queries.ts'

export type AlertRecord = {
  id: Id
  kind: AlertKind
  accountId: Id
  payeeName: string
  numberMask: string
  foundAt: Date
  madeBy: string | null
  madeById: Id | null
  resolvedAt: Date | null
  resolvedBy: string | null
  resolution: string | null
}

export async function selectAlerts(
  tx: Transaction,
  access: Access,
  filter: { accountId?: Id; id?: Id; isOpen?: boolean | undefined; kind?: AlertKind | undefined },
  after: readonly [string, string] | null = null,
  limit = 100,
): Promise<AlertRecord[]> {
  const bound = new Bound()
  const conditions = [ofArea(bound, access, 't')]
  if (filter.accountId) conditions.push(`t.account_id = ${bound.bind(filter.accountId)}`)
  if (filter.id) conditions.push(`t.id = ${bound.bind(filter.id)}`)
  if (filter.kind) conditions.push(`t.kind = ${bound.bind(filter.kind)}`)
  if (filter.isOpen !== undefined) conditions.push(`t.resolved_at is ${filter.isOpen ? '' : 'not '}null`)
  if (after)
    conditions.push(
      `(t.found_at, t.id) < (${bound.bind(after[0])}::timestamptz, ${bound.bind(after[1])}::uuid)`,
    )
  return await ask(
    tx,
    `select t.id, t.kind, t.account_id as "accountId", ${payeeName} as "payeeName", v.number_mask as "numberMask", t.found_at as "foundAt",
       m.display_name as "madeBy", t.made_by as "madeById", t.resolved_at as "resolvedAt", r.display_name as "resolvedBy", t.resolution
     from payment_account_alerts t
     join payment_accounts a on a.county_code = t.county_code and a.id = t.account_id
     join payment_account_versions v on v.county_code = t.county_code and v.account_id = t.account_id and v.version = t.version
     left join users m on m.id = t.made_by left join users r on r.id = t.resolved_by
     where ${conditions.join(' and ')} order by t.found_at desc, t.id desc limit ${pageLimit(limit)}`,
    bound.values,
  )
}

export async function insertAlert(tx: Transaction, row: Readonly<Record<string, unknown>>): Promise<void> {
  await insertRow(tx, 'payment_account_alerts', row)
}

export async function resolveAlert(
  tx: Transaction,
  access: Access,
  id: Id,
  resolution: string,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update payment_account_alerts set resolved_at = $3, resolved_by = $4, resolution = $5 where county_code = $1 and id = $2`,
    [access.county, id, at, access.actorId, resolution],
  )
}
