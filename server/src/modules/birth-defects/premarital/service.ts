import type { NewPremaritalReferral, PremaritalReferral } from '@youyu/shared/birth-defects/premarital'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { transaction } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, clientOf } from '../../contraception/index.ts'
import { openChain, recordLinks } from '../chains/index.ts'
import { findFacility, findMarriage, isOfArea } from './queries.ts'

type Couple = { womanId: Id; manId: Id | null; marriedOn: string | null }

async function coupleOf(tx: Transaction, access: Access, body: NewPremaritalReferral): Promise<Couple> {
  const { marriageId, womanId, manId = null } = body
  if (womanId !== undefined && !(await isOfArea(tx, access, womanId)))
    throw Refused.field('/womanId', 'not-found')
  if (marriageId === undefined) return { womanId: womanId!, manId, marriedOn: body.intendedOn ?? null }
  const marriage = await findMarriage(tx, access, marriageId)
  if (!marriage) throw Refused.field('/marriageId', 'not-found')
  if (!marriage.womanId) throw Refused.field('/marriageId', 'invalid-value')
  return { womanId: marriage.womanId, manId: marriage.manId, marriedOn: marriage.occurredOn }
}

/**
 * Passes a couple on. The transaction is opened for the facility that they agreed to, which becomes the case manager; the
 * registry sees nothing of the chain. Without agreement not even the question is kept.
 */
export async function refer(
  office: Office,
  access: Access,
  body: NewPremaritalReferral,
): Promise<PremaritalReferral> {
  const at = office.now()
  if (body.on > todayOf(at)) throw Refused.field('/on', 'invalid-date')
  if (!body.agreed) return { isOffered: false, facilityName: null }
  return await transaction(office.db, { ...access, facility: body.facilityId }, async (tx) => {
    const asFacility = { ...access, facility: body.facilityId }
    const facility = await findFacility(tx, access, body.facilityId)
    if (!facility) throw Refused.field('/facilityId', 'not-found')
    const { womanId, manId, marriedOn } = await coupleOf(tx, access, body)
    const woman = await clientOf(tx, asFacility, womanId, '/womanId')
    if (woman.sex === '1') throw Refused.field('/womanId', 'invalid-value')
    if (manId) await clientOf(tx, asFacility, manId, '/manId')
    const opening = { womanId, partnerId: manId, ground: 'PREMARITAL', on: body.on, marriedOn } as const
    const chainId = await openChain(tx, asFacility, opening, at)
    const offer = { chainId, item: 'PREMARITAL', event: 'OFFERED', on: body.on } as const
    await recordLinks(tx, asFacility, [{ ...offer, recordId: newId(at.getTime()) }], at)
    await record(tx, access, careDeed(office, womanId, 'create', 'premarital-referral'), at)
    return { isOffered: true, facilityName: facility.name }
  })
}
