import type {
  AccountState,
  CardType,
  IdentityCheck,
  Verification,
  VersionState,
} from '@youyu/shared/subsidies/payment-accounts'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, insertRow } from '../../../database/statements.ts'

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

export async function insertVersion(tx: Transaction, row: Readonly<Record<string, unknown>>): Promise<void> {
  await insertRow(tx, 'payment_account_versions', row)
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
