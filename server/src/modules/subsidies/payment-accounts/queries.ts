import type { AccountState } from '@youyu/shared/subsidies/payment-accounts'
import type { PayeeKind } from '@youyu/shared/subsidies/payment-values'
import { prefixOf, type DivisionCode, type Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'
import { personOfCounty, within } from '../../population/index.ts'

/** The first gate: accounts of payees whose place lies in the area. */
export function ofArea(bound: Bound, access: Access, alias = 'a'): string {
  return `${alias}.county_code = ${bound.bind(access.county)} and ${within(bound, `${alias}.division_code`, access.prefixes)}`
}

export const payeeName = `coalesce(
    (select p.name from persons p where p.county_code = a.county_code and p.id = a.payee_id),
    (select o.name from organisations o where o.id = a.payee_id), '')`

export type AccountRecord = {
  id: Id
  payeeKind: PayeeKind
  payeeId: Id
  payeeName: string
  divisionCode: DivisionCode
  state: AccountState
  heldReason: string | null
  currentVersion: number
  version: number
}

const accountColumns = `a.id, a.payee_kind as "payeeKind", a.payee_id as "payeeId", ${payeeName} as "payeeName",
  a.division_code as "divisionCode", a.state, a.held_reason as "heldReason", a.current_version as "currentVersion", a.version`

export async function findAccount(
  tx: Transaction,
  access: Access,
  { id, payeeId, lock = false }: { id?: Id; payeeId?: Id; lock?: boolean },
): Promise<AccountRecord | undefined> {
  const bound = new Bound()
  const which = id
    ? `a.id = ${bound.bind(id)}`
    : `a.payee_id = ${bound.bind(payeeId)} and a.state <> 'CLOSED'`
  const text = `select ${accountColumns} from payment_accounts a where ${ofArea(bound, access)} and ${which}${lock ? ' for update of a' : ''}`
  const [row] = await ask<AccountRecord>(tx, text, bound.values)
  return row
}

export type Payee = { kind: PayeeKind; name: string; divisionCode: DivisionCode; status: string }

/** A person of the area, or an institution of it. */
export async function findPayee(tx: Transaction, access: Access, id: Id): Promise<Payee | undefined> {
  const bound = new Bound()
  const county = String(access.county)
  const text = `select 'PERSON' as kind, p.name, p.status,
      case when p.hukou_division like ${bound.bind(`${county}%`)} then p.hukou_division
        when p.residence_division like ${bound.bind(`${county}%`)} then p.residence_division
        else ${bound.bind(county.padEnd(12, '0'))} end as "divisionCode"
    from persons p where p.id = ${bound.bind(id)} and ${personOfCounty(bound, access, 'p')}
    union all
    select 'INSTITUTION', o.name, o.status, o.division_code from organisations o
    where o.id = ${bound.bind(id)} and ${within(bound, 'o.division_code', access.prefixes)}`
  const [row] = await ask<Payee>(tx, text, bound.values)
  return row
}

export async function selectAccounts(
  tx: Transaction,
  access: Access,
  filter: {
    state?: AccountState | undefined
    division?: DivisionCode | undefined
    hasAlert?: boolean | undefined
    hasProposal?: boolean | undefined
  },
  after: string | null,
  limit: number,
) {
  const bound = new Bound()
  const conditions = [ofArea(bound, access)]
  const proposal = `exists (select from payment_account_versions v where v.county_code = a.county_code and v.account_id = a.id and v.state = 'PROPOSED')`
  const alerts = `(select count(*) from payment_account_alerts t where t.county_code = a.county_code and t.account_id = a.id and t.resolved_at is null)::int`
  if (filter.state) conditions.push(`a.state = ${bound.bind(filter.state)}`)
  if (filter.division) conditions.push(within(bound, 'a.division_code', [prefixOf(filter.division)]))
  if (filter.hasAlert !== undefined) conditions.push(`(${alerts} > 0) = ${bound.bind(filter.hasAlert)}`)
  if (filter.hasProposal !== undefined) conditions.push(`${proposal} = ${bound.bind(filter.hasProposal)}`)
  if (after) conditions.push(`a.id > ${bound.bind(after)}::uuid`)
  return await ask<
    Omit<AccountRecord, 'heldReason' | 'version'> & {
      bankName: string
      numberMask: string
      hasProposal: boolean
      openAlerts: number
    }
  >(
    tx,
    `select ${accountColumns}, l.bank_name as "bankName", l.number_mask as "numberMask", ${proposal} as "hasProposal", ${alerts} as "openAlerts"
     from payment_accounts a
     cross join lateral (select v.bank_name, v.number_mask from payment_account_versions v
       where v.county_code = a.county_code and v.account_id = a.id
         and v.version = case when a.current_version > 0 then a.current_version else 1 end) l
     where ${conditions.join(' and ')} order by a.id limit ${pageLimit(limit)}`,
    bound.values,
  )
}

export async function insertAccount(tx: Transaction, row: Readonly<Record<string, unknown>>): Promise<void> {
  await insertRow(tx, 'payment_accounts', row)
}

export async function touchAccount(
  tx: Transaction,
  access: Access,
  accountId: Id,
  change: { state?: AccountState; heldReason?: string | null },
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update payment_accounts set state = coalesce($3, state), held_reason = case when $3 is null then held_reason else $4 end, version = version + 1,
       updated_at = $5 where county_code = $1 and id = $2`,
    [access.county, accountId, change.state ?? null, change.heldReason ?? null, at],
  )
}

/** Of every account with this number: nothing is paid there until it is known whose it is. */
export async function holdAccounts(
  tx: Transaction,
  access: Access,
  ids: readonly Id[],
  reason: string,
  at: Date,
): Promise<void> {
  await ask(tx, 'select app.hold_accounts($1, $2::uuid[], $3, $4)', [access.county, ids, reason, at])
}
