import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

export type SeenRecord = { type: string; manner: 'SEEN' | 'FEED'; document: string | null; seenOn: CivilDate }
export async function selectEvidence(tx: Transaction, access: Access, id: Id): Promise<SeenRecord[]> {
  const text = `select distinct on (type) type, manner, document, seen_on as "seenOn" from application_evidence
    where county_code = $1 and application_id = $2 and withdrawn_at is null order by type, recorded_at desc`
  return await ask(tx, text, [access.county, id])
}

/** An account that is on record proves itself: it is verified before anything is paid to it. */
export const hasAccount = (county: string, payee: string): string =>
  `exists (select from payment_accounts c where c.county_code = ${county} and c.payee_id = ${payee} and c.state <> 'CLOSED')`

/** Whom the register itself proposed need not show what it knows: her identity number stands there. */
export const isKnownByNumber = (county: string, person: string): string =>
  `exists (select from persons i where i.county_code = ${county} and i.id = ${person} and i.id_number_hash is not null)`

export async function selectIsKnown(tx: Transaction, access: Access, personId: Id): Promise<boolean> {
  const text = `select ${isKnownByNumber('$1', '$2')} as known`
  return (await ask<{ known: boolean }>(tx, text, [access.county, personId]))[0]!.known
}

export async function selectHasAccount(tx: Transaction, access: Access, payeeId: Id): Promise<boolean> {
  const [row] = await ask<{ has: boolean }>(tx, `select ${hasAccount('$1', '$2')} as has`, [
    access.county,
    payeeId,
  ])
  return row!.has
}
