import type {
  AccountRow,
  AccountVersion,
  decideAccount,
  listAccounts,
  PaymentAccount,
  revealAccount,
} from '@youyu/shared/subsidies/payment-accounts'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { alertShown } from './alerts.ts'
import * as alertQueries from './queries-alerts.ts'
import * as versionQueries from './queries-versions.ts'
import * as queries from './queries.ts'
import { isOwnName } from './rules.ts'
import { deedOf, nameShown } from './shown.ts'
import { takeUp, versionRow, type Given } from './versions.ts'

const MINUTE = 60_000
const MINUTES_SHOWN = 15

function versionShown(access: Access, version: versionQueries.VersionRecord): AccountVersion {
  const { id: _, numberCipher: __, numberHash: ___, proposedById, ...shown } = version
  return {
    ...shown,
    holderName: nameShown(access, version.holderName),
    proposedAt: version.proposedAt.toISOString(),
    isMine: proposedById === access.actorId,
    decidedAt: version.decidedAt?.toISOString() ?? null,
  }
}

async function told(tx: Transaction, access: Access, id: Id): Promise<PaymentAccount> {
  const account = await queries.findAccount(tx, access, { id })
  if (!account) throw new Refused('not-found')
  const [versions, alerts] = await Promise.all([
    versionQueries.selectVersions(tx, access, id),
    alertQueries.selectAlerts(tx, access, { accountId: id }),
  ])
  return {
    ...account,
    payeeName: nameShown(access, account.payeeName),
    versions: versions.map((version) => versionShown(access, version)),
    alerts: alerts.map((alert) => alertShown(access, alert)),
  }
}

async function accountAt(
  tx: Transaction,
  access: Access,
  which: { id?: Id; payeeId?: Id },
  version: number | null,
): Promise<queries.AccountRecord> {
  const account = await queries.findAccount(tx, access, { ...which, lock: true })
  if (!account) throw new Refused('not-found')
  if (version !== null) assertVersion(version, account.version)
  return account
}

export async function readAccount(
  office: Office,
  access: Access,
  which: { id?: Id; payeeId?: Id },
): Promise<PaymentAccount> {
  const shown = await reading(office.db, access, async (tx) => {
    const account = await queries.findAccount(tx, access, which)
    if (!account) throw new Refused('not-found')
    return await told(tx, access, account.id)
  })
  office.views.note(access, deedOf(shown, 'view'))
  return shown
}

/** E10: the account is the payee's own. */
function assertOwn(payee: queries.Payee, given: Given): void {
  if (!isOwnName(given.holderName, payee.name)) throw Refused.field('/holderName', 'name-differs')
  if ((payee.kind === 'INSTITUTION') !== (given.cardType === 'CORPORATE'))
    throw Refused.field('/cardType', 'invalid-value')
}

export async function openAccount(
  office: Office,
  access: Access,
  payeeId: Id,
  given: Given,
): Promise<PaymentAccount> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const payee = await queries.findPayee(tx, access, payeeId)
    if (!payee) throw new Refused('not-found')
    assertOwn(payee, given)
    const account = { id: newId(at.getTime()), divisionCode: payee.divisionCode }
    await queries.insertAccount(tx, {
      ...{ countyCode: access.county, id: account.id, payeeKind: payee.kind, payeeId },
      ...{ divisionCode: payee.divisionCode, state: 'UNVERIFIED', heldReason: null, currentVersion: 0 },
      ...{ version: 1, recordedAt: at, updatedAt: at },
    })
    await versionQueries.insertVersion(tx, versionRow(office, access, account, 1, given, at))
    await record(tx, access, deedOf(account, 'create', { fields: ['number'] }), at)
    return await told(tx, access, account.id)
  })
}

/** 变更账户: at the payee's request, with her identity checked; the account paid to stays what it was until another officer has verified. */
export async function changeAccount(
  office: Office,
  access: Access,
  payeeId: Id,
  expected: number,
  given: Given & { reason: string },
): Promise<PaymentAccount> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const account = await accountAt(tx, access, { payeeId }, expected)
    const payee = await queries.findPayee(tx, access, payeeId)
    if (!payee) throw new Refused('not-found')
    assertOwn(payee, given)
    const [last] = await versionQueries.selectVersions(tx, access, account.id)
    await versionQueries.insertVersion(tx, versionRow(office, access, account, last!.version + 1, given, at))
    await queries.touchAccount(tx, access, account.id, {}, at)
    await record(tx, access, deedOf(account, 'change', { fields: ['number'], reason: given.reason }), at)
    return await told(tx, access, account.id)
  })
}

type Decision = z.output<(typeof decideAccount)['schema']['body']>

export async function decideOnAccount(
  office: Office,
  access: Access,
  payeeId: Id,
  expected: number,
  decision: Decision,
): Promise<PaymentAccount> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const account = await accountAt(tx, access, { payeeId }, expected)
    const versions = await versionQueries.selectVersions(tx, access, account.id)
    const proposed = versions.find(({ state }) => state === 'PROPOSED')
    if (!proposed) throw new Refused('no-account-proposal')
    if (proposed.proposedById === access.actorId) throw new Refused('maker-is-checker')
    const isVerified = decision.decision === 'VERIFIED'
    await versionQueries.settleVersion(
      tx,
      access,
      account.id,
      proposed.version,
      {
        state: decision.decision,
        verification: isVerified ? decision.verification : null,
        note: decision.note ?? null,
      },
      at,
    )
    if (isVerified) await takeUp(tx, access, account, proposed, at)
    else await queries.touchAccount(tx, access, account.id, {}, at)
    await record(tx, access, deedOf(account, 'change', { fields: [decision.decision] }), at)
    return await told(tx, access, account.id)
  })
}

type Listing = z.output<(typeof listAccounts)['schema']['querystring']>

export async function accountsOf(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Listing,
): Promise<Page<AccountRow>> {
  const after = keyIn(cursor, ['string'])?.[0] ?? null
  const rows = await reading(
    office.db,
    access,
    async (tx) => await queries.selectAccounts(tx, access, filter, after, limit + 1),
  )
  return pageOf(
    rows,
    limit,
    (row) => ({ ...row, payeeName: nameShown(access, row.payeeName) }),
    (row) => [row.id],
  )
}

type Asked = z.output<(typeof revealAccount)['schema']['body']>

export async function revealNumber(
  office: Office,
  access: Access,
  id: Id,
  { version, purpose, reason }: Asked,
): Promise<{ number: string; expiresAt: string }> {
  if (!access.purposes.includes(purpose))
    throw new Refused('purpose-required', { errors: [{ pointer: '/purpose', code: 'purpose-required' }] })
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const account = await queries.findAccount(tx, access, { id })
    if (!account) throw new Refused('not-found')
    const shown = (await versionQueries.selectVersions(tx, access, id)).find(
      (each) => each.version === version,
    )
    if (!shown) throw Refused.field('/version', 'not-found')
    await record(tx, access, deedOf(account, 'reveal', { fields: ['number'], purpose, reason }), at)
    return {
      number: office.ciphers.account.decipher(shown.numberCipher, { county: access.county, id: shown.id }),
      expiresAt: new Date(at.getTime() + MINUTES_SHOWN * MINUTE).toISOString(),
    }
  })
}

export async function holdAccount(
  office: Office,
  access: Access,
  id: Id,
  expected: number,
  reason: string,
): Promise<PaymentAccount> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const account = await accountAt(tx, access, { id }, expected)
    if (account.state === 'CLOSED') throw new Refused('conflict')
    await queries.touchAccount(tx, access, id, { state: 'HELD', heldReason: reason }, at)
    await record(tx, access, deedOf(account, 'change', { fields: ['HELD'], reason }), at)
    return await told(tx, access, id)
  })
}

/** Only once everything noticed of it has been looked into. */
export async function releaseAccount(
  office: Office,
  access: Access,
  id: Id,
  expected: number,
  reason: string,
): Promise<PaymentAccount> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const account = await accountAt(tx, access, { id }, expected)
    const open = await alertQueries.selectAlerts(tx, access, { accountId: id, isOpen: true })
    if (account.state !== 'HELD' || open.length > 0) throw new Refused('conflict')
    const state = account.currentVersion > 0 ? 'ACTIVE' : 'UNVERIFIED'
    await queries.touchAccount(tx, access, id, { state }, at)
    await record(tx, access, deedOf(account, 'change', { fields: [state], reason }), at)
    return await told(tx, access, id)
  })
}
