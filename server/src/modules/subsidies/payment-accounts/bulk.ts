import type { CardType, IdentityCheck, Verification } from '@youyu/shared/subsidies/payment-accounts'
import type { PayeeKind } from '@youyu/shared/subsidies/payment-values'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import { insertAccountsOf } from './queries-bulk.ts'
import { maskAccount } from './rules.ts'

export type AccountGiven = {
  payeeId: Id
  payeeKind?: PayeeKind
  divisionCode: DivisionCode
  bankName: string
  number: string
  holderName: string
  cardType?: CardType
  identityCheck?: IdentityCheck
  requestedOn: CivilDate
}

const CHUNK = 2000

/**
 * Accounts from a bank's list of many, which the bank has verified and another officer than the loader answers for. Payees who
 * have an account keep theirs. Tells how many were opened.
 */
export async function openAccounts(
  tx: Transaction,
  office: Pick<Office, 'ciphers'>,
  access: Access,
  given: Iterable<AccountGiven>,
  {
    verifiedBy,
    verification = 'BANK_CONFIRMED',
    at,
  }: { verifiedBy: Id; verification?: Verification; at: Date },
): Promise<number> {
  const { county } = access
  const cipher = office.ciphers.account
  let opened = 0
  let rows: Record<string, unknown>[] = []
  const flush = async () => {
    if (rows.length > 0)
      opened += await insertAccountsOf(
        tx,
        county,
        rows,
        { maker: access.actorId, verifiedBy, verification },
        at,
      )
    rows = []
  }
  for (const each of given) {
    const id = newId(at.getTime())
    rows.push({
      ...{
        account_id: newId(at.getTime()),
        id,
        payee_id: each.payeeId,
        payee_kind: each.payeeKind ?? 'PERSON',
      },
      ...{ division_code: each.divisionCode, bank_name: each.bankName, holder_name: each.holderName },
      number_cipher: cipher.encipher(each.number, { county, id }).toString('hex'),
      number_hash: cipher.blindIndex(each.number).toString('hex'),
      number_mask: maskAccount(each.number),
      card_type: each.cardType ?? 'BANK_CARD',
      identity_check: each.identityCheck ?? 'BANK_LIST',
      requested_on: each.requestedOn,
    })
    if (rows.length === CHUNK) await flush()
  }
  await flush()
  await record(
    tx,
    access,
    { action: 'import', entity: 'payment-account', fields: ['number'], rows: opened },
    at,
  )
  return opened
}
