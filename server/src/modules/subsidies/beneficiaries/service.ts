import type {
  Beneficiary,
  BeneficiaryRow,
  EntitlementPreview,
  listBeneficiaries,
} from '@youyu/shared/subsidies/beneficiaries'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { rehearsal } from '../../../database/rehearsal.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { monthsOf, sumsOf } from '../entitlements/index.ts'
import { shownBeneficiary, shownRow } from './beneficiary-row.ts'
import { carryOut, type Deed } from './deeds.ts'
import * as queries from './queries.ts'

export type { Deed } from './deeds.ts'

type Listing = z.output<(typeof listBeneficiaries)['schema']['querystring']>

export async function listAll(
  { db, now }: Office,
  access: Access,
  { limit, cursor, ...filter }: Listing,
): Promise<Page<BeneficiaryRow>> {
  const after = keyIn(cursor, ['string'])
  const asked = { after, limit: limit + 1, today: todayOf(now()) }
  const rows = await reading(db, access, (tx) => queries.selectBeneficiaries(tx, access, filter, asked))
  return pageOf(rows, limit, shownRow, ({ id }) => [id])
}

export async function readBeneficiary(office: Office, access: Access, id: Id): Promise<Beneficiary> {
  const beneficiary = await reading(office.db, access, (tx) => told(tx, office, access, id))
  const { code } = beneficiary.place
  office.views.note(access, { action: 'view', entity: 'beneficiary', entityId: id, division: code })
  return beneficiary
}

async function told(tx: Transaction, office: Office, access: Access, id: Id): Promise<Beneficiary> {
  const today = todayOf(office.now())
  const [kept, months] = await Promise.all([
    queries.findBeneficiary(tx, access, id, today),
    monthsOf(tx, access, id),
  ])
  if (!kept) throw new Refused('not-found')
  return shownBeneficiary(kept, months, access, today)
}

/** Does it and takes it back: which months it would change, and what would be due or over. */
export async function rehearse(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  deed: Deed,
): Promise<EntitlementPreview> {
  const today = todayOf(office.now())
  return await rehearsal(office.db, access, async (tx) => {
    const before = new Map((await monthsOf(tx, access, id)).map((row) => [row.month, row]))
    await done(tx, office, access, id, version, deed)
    const [kept, months] = await Promise.all([
      queries.findBeneficiary(tx, access, id, today),
      monthsOf(tx, access, id),
    ])
    const changes = months
      .map(({ month, amountFen, reason }) => ({
        ...{ month, beforeFen: before.get(month)?.amountFen ?? 0, afterFen: amountFen, reason },
      }))
      .filter(({ beforeFen, afterFen }) => beforeFen !== afterFen)
    const { dueFen, overFen } = sumsOf(months, today)
    return {
      preview: true,
      ...{ state: kept!.state, fromMonth: kept!.fromMonth, toMonth: kept!.toMonth },
      ...{ monthsChanged: changes.length, dueFen, overFen, changes },
      risenFen: changes.reduce((sum, { beforeFen, afterFen }) => sum + Math.max(0, afterFen - beforeFen), 0),
      fallenFen: changes.reduce((sum, { beforeFen, afterFen }) => sum + Math.max(0, beforeFen - afterFen), 0),
    }
  })
}

export async function perform(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  deed: Deed,
): Promise<Beneficiary> {
  return await transaction(office.db, access, async (tx) => {
    await done(tx, office, access, id, version, deed)
    return await told(tx, office, access, id)
  })
}

async function done(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  version: number,
  deed: Deed,
): Promise<void> {
  const at = office.now()
  const standing = await queries.lockBeneficiary(tx, access, id)
  if (!standing) throw new Refused('not-found')
  assertVersion(version, standing.version)
  await carryOut(tx, access, standing, deed, at)
  const { divisionCode: division } = standing
  await record(
    tx,
    access,
    { action: 'change', entity: 'beneficiary', entityId: id, division, fields: Object.keys(deed) },
    at,
  )
}
