import type { z } from 'zod'
import type {
  changeReferralLink,
  listReferralLinks,
  NewReferralLink,
  ReferralLink,
} from '@youyu/shared/birth-defects/referrals'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { assertVersion } from '../../../../http/conditional.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import * as queries from './queries.ts'

type Asked = z.output<(typeof listReferralLinks)['schema']['querystring']>

export async function listLinks(
  { db, now }: Office,
  access: Access,
  { fromId, purpose, on, all }: Asked,
): Promise<{ items: ReferralLink[] }> {
  const day = all ? null : (on ?? todayOf(now()))
  const items = await reading(db, access, (tx) =>
    queries.selectLinks(tx, access, { fromId, purpose, on: day }),
  )
  return { items }
}

async function find(tx: Transaction, access: Access, id: Id): Promise<ReferralLink> {
  const [link] = await queries.selectLinks(tx, access, { id, on: null })
  if (!link) throw new Refused('not-found')
  return link
}

export async function addLink(office: Office, access: Access, body: NewReferralLink): Promise<ReferralLink> {
  const at = office.now()
  if (access.county === 0) throw new Refused('out-of-area')
  if (body.fromId === body.toId) throw Refused.field('/toId', 'invalid-value')
  return await transaction(office.db, access, async (tx) => {
    if ((await queries.countFacilities(tx, access, [body.fromId, body.toId])) < 2)
      throw Refused.field('/toId', 'not-found')
    const id = newId(at.getTime())
    await queries.insertLink(tx, access, id, body, at)
    await record(tx, access, { action: 'create', entity: 'referral-link', entityId: id }, at)
    return await find(tx, access, id)
  })
}

type Change = z.output<(typeof changeReferralLink)['schema']['body']>

export async function changeLink(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  change: Change,
): Promise<ReferralLink> {
  return await transaction(office.db, access, async (tx) => {
    const link = await find(tx, access, id)
    assertVersion(version, link.version)
    const after = { ...link, ...change } as ReferralLink
    if (after.validTo !== null && after.validTo < after.validFrom)
      throw Refused.field('/validTo', 'invalid-date')
    await queries.updateLink(tx, access, after)
    const fields = Object.keys(change)
    await record(
      tx,
      access,
      { action: 'change', entity: 'referral-link', entityId: id, fields },
      office.now(),
    )
    return await find(tx, access, id)
  })
}
