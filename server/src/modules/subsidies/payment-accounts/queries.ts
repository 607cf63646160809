import type {
  AccountState,
  AlertKind,
  CardType,
  IdentityCheck,
  Verification,
  VersionState,
} from '@youyu/shared/subsidies/payment-accounts'
import type { PayeeKind } from '@youyu/shared/subsidies/payment-values'
import { prefixOf, type CivilDate, type DivisionCode, type Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'
import { personOfCounty, within } from '../../population/index.ts'

/** The first gate: accounts of payees whose place lies in the area. */
function ofArea(bound: Bound, access: Access, alias = 'a'): string {
  return `${alias}.county_code = ${bound.bind(access.county)} and ${within(bound, `${alias}.division_code`, access.prefixes)}`
}

const payeeName = `coalesce(
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

export type VersionRecord = {
  id: Id
  version: number
  state: VersionState
  bankName: string
  numberCipher: Buffer
  numberHash: Buffer
  numberMask: string
  holderName: string
  cardType: CardType
  identityCheck: IdentityCheck
  requestedOn: CivilDate
  reason: string | null
  proposedById: Id
  proposedBy: string
  proposedAt: Date
  decidedBy: string | null
  decidedAt: Date | null
  verification: Verification | null
  note: string | null
}

export async function selectVersions(
  tx: Transaction,
  access: Access,
  accountId: Id,
): Promise<VersionRecord[]> {
  return await ask(
    tx,
    `select v.id, v.version, v.state, v.bank_name as "bankName", v.number_cipher as "numberCipher", v.number_hash as "numberHash",
       v.number_mask as "numberMask", v.holder_name as "holderName", v.card_type as "cardType", v.identity_check as "identityCheck",
       v.requested_on as "requestedOn", v.reason, v.proposed_by as "proposedById", coalesce(m.display_name, '') as "proposedBy",
       v.proposed_at as "proposedAt", c.display_name as "decidedBy", v.decided_at as "decidedAt", v.verification, v.note
     from payment_account_versions v left join users m on m.id = v.proposed_by left join users c on c.id = v.decided_by
     where v.county_code = $1 and v.account_id = $2 order by v.version desc`,
    [access.county, accountId],
  )
}

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

export async function insertVersion(tx: Transaction, row: Readonly<Record<string, unknown>>): Promise<void> {
  await insertRow(tx, 'payment_account_versions', row)
}

export async function insertAlert(tx: Transaction, row: Readonly<Record<string, unknown>>): Promise<void> {
  await insertRow(tx, 'payment_account_alerts', row)
}

/** Other payees of the county whose account has this number now. */
export async function accountsWithNumber(
  tx: Transaction,
  access: Access,
  hash: Buffer,
  exceptId: Id,
): Promise<Id[]> {
  const rows = await ask<{ id: Id }>(tx, 'select id from app.accounts_with_number($1, $2, $3) as t (id)', [
    access.county,
    hash,
    exceptId,
  ])
  return rows.map(({ id }) => id)
}

export async function changesBy(tx: Transaction, access: Access, officer: Id, since: Date): Promise<number> {
  const [row] = await ask<{ n: number }>(
    tx,
    `select count(*)::int as n from payment_account_versions where county_code = $1 and proposed_by = $2 and proposed_at >= $3 and version > 1`,
    [access.county, officer, since],
  )
  return row!.n
}

export async function settleVersion(
  tx: Transaction,
  access: Access,
  accountId: Id,
  version: number,
  {
    state,
    verification,
    note,
  }: { state: VersionState; verification: Verification | null; note: string | null },
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update payment_account_versions set state = $4, verification = $5, note = $6, decided_by = $7, decided_at = $8
     where county_code = $1 and account_id = $2 and version = $3`,
    [access.county, accountId, version, state, verification, note, access.actorId, at],
  )
}

/** The version before is history; what pays from now on is this one. */
export async function useVersion(
  tx: Transaction,
  access: Access,
  accountId: Id,
  {
    version,
    numberMask,
    numberHash,
    state,
    heldReason,
  }: {
    version: number
    numberMask: string
    numberHash: Buffer
    state: AccountState
    heldReason: string | null
  },
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update payment_account_versions set state = 'SUPERSEDED' where county_code = $1 and account_id = $2 and state = 'VERIFIED' and version < $3`,
    [access.county, accountId, version],
  )
  await ask(
    tx,
    `update payment_accounts set current_version = $3, number_mask = $4, number_hash = $5, state = $6, held_reason = $7, version = version + 1,
       updated_at = $8 where county_code = $1 and id = $2`,
    [access.county, accountId, version, numberMask, numberHash, state, heldReason, at],
  )
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
