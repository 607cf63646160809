import type { NewAccount } from '@youyu/shared/subsidies/payment-accounts'
import type { Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import * as alertQueries from './queries-alerts.ts'
import * as versionQueries from './queries-versions.ts'
import * as queries from './queries.ts'
import { alertsOf, maskAccount } from './rules.ts'

const DAY = 86_400_000

export type Given = z.output<typeof NewAccount>

export function versionRow(
  office: Office,
  access: Access,
  account: { id: Id; divisionCode: string },
  version: number,
  given: Given & { reason?: string },
  at: Date,
) {
  const id = newId(at.getTime())
  const today = todayOf(at)
  if (given.requestedOn && given.requestedOn > today) throw Refused.field('/requestedOn', 'invalid-date')
  return {
    ...{ countyCode: access.county, accountId: account.id, version, id },
    bankName: given.bankName,
    numberCipher: office.ciphers.account.encipher(given.number, { county: access.county, id }),
    numberHash: office.ciphers.account.blindIndex(given.number),
    numberMask: maskAccount(given.number),
    ...{ holderName: given.holderName, cardType: given.cardType, identityCheck: given.identityCheck },
    requestedOn: given.requestedOn ?? today,
    ...{ reason: given.reason ?? null, state: 'PROPOSED', divisionCode: account.divisionCode },
    ...{ proposedBy: access.actorId, proposedAt: at },
  }
}

/** What is noticed of the change is told to the checker of payments; a number of several people holds all their accounts. */
export async function takeUp(
  tx: Transaction,
  access: Access,
  account: queries.AccountRecord,
  proposed: versionQueries.VersionRecord,
  at: Date,
): Promise<void> {
  const versions = await versionQueries.selectVersions(tx, access, account.id)
  const before = versions.find(({ version }) => version < proposed.version)
  const [others, changesToday] = await Promise.all([
    versionQueries.accountsWithNumber(tx, access, proposed.numberHash, account.id),
    versionQueries.changesBy(
      tx,
      access,
      proposed.proposedById,
      new Date(`${todayOf(proposed.proposedAt)}T00:00:00+08:00`),
    ),
  ])
  const kinds = alertsOf({
    sharedWith: others.length,
    changesToday,
    daysSinceLast: before
      ? Math.floor((proposed.proposedAt.getTime() - before.proposedAt.getTime()) / DAY)
      : null,
  })
  const { version, numberMask, numberHash } = proposed
  const isShared = kinds.includes('SHARED_NUMBER')
  const staysHeld = account.state === 'HELD' && account.heldReason !== 'BANK_REFUSED'
  const heldReason = isShared ? 'SHARED_NUMBER' : staysHeld ? account.heldReason : null
  const state = heldReason === null ? 'ACTIVE' : 'HELD'
  await versionQueries.useVersion(
    tx,
    access,
    account.id,
    { version, numberMask, numberHash, state, heldReason },
    at,
  )
  for (const kind of kinds)
    await alertQueries.insertAlert(tx, {
      ...{ countyCode: access.county, id: newId(at.getTime()), accountId: account.id, version, kind },
      ...{ divisionCode: account.divisionCode, madeBy: proposed.proposedById, foundAt: at },
    })
  if (isShared) await queries.holdAccounts(tx, access, others, 'SHARED_NUMBER', at)
}
