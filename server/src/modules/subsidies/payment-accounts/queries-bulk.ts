import type { Id } from '@youyu/shared/values'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

export async function insertAccountsOf(
  tx: Transaction,
  county: number,
  rows: readonly Record<string, unknown>[],
  { maker, verifiedBy, verification }: { maker: Id; verifiedBy: Id; verification: string },
  at: Date,
): Promise<number> {
  const [counted] = await ask<{ n: number }>(
    tx,
    `with given as materialized (
       select * from jsonb_to_recordset($2::jsonb) as g (account_id uuid, id uuid, payee_id uuid, payee_kind text, division_code text, bank_name text,
         holder_name text, number_cipher text, number_hash text, number_mask text, card_type text, identity_check text, requested_on date)
     ), opened as (
       insert into payment_accounts (county_code, id, payee_kind, payee_id, division_code, state, current_version, number_mask, number_hash, version,
         recorded_at, updated_at)
       select $1, g.account_id, g.payee_kind, g.payee_id, g.division_code, 'ACTIVE', 1, g.number_mask, decode(g.number_hash, 'hex'), 1, $6, $6 from given g
       on conflict (county_code, payee_id) where state <> 'CLOSED' do nothing
       returning id
     ), versions as (
       insert into payment_account_versions (county_code, account_id, version, id, bank_name, number_cipher, number_hash, number_mask, holder_name,
         card_type, identity_check, requested_on, state, division_code, proposed_by, proposed_at, decided_by, decided_at, verification)
       select $1, g.account_id, 1, g.id, g.bank_name, decode(g.number_cipher, 'hex'), decode(g.number_hash, 'hex'), g.number_mask, g.holder_name,
         g.card_type, g.identity_check, g.requested_on, 'VERIFIED', g.division_code, $3, $6, $4, $6, $5
       from given g join opened o on o.id = g.account_id
     )
     select count(*)::int as n from opened`,
    [county, JSON.stringify(rows), maker, verifiedBy, verification, at],
  )
  return counted!.n
}
