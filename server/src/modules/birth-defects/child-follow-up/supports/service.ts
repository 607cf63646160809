import {
  supportResultsOf,
  type ChildFollowUp,
  type NewChildSupport,
} from '@youyu/shared/birth-defects/child-follow-up'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { careDeed, careTransaction } from '../../../contraception/index.ts'
import { locked, whole } from '../service.ts'
import { insertSupport, voidSupport as markVoid } from './queries.ts'

export async function recordSupport(
  office: Office,
  access: Access,
  id: Id,
  body: NewChildSupport,
): Promise<ChildFollowUp> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const row = await locked(tx, access, id)
    const { kind, occurredOn, result, amountFen, note } = body
    if (occurredOn > todayOf(at) || occurredOn < row.bornOn)
      throw Refused.field('/occurredOn', 'invalid-date')
    if (result && !supportResultsOf[kind].includes(result)) throw Refused.field('/result', 'invalid-value')
    if (amountFen !== undefined && kind !== 'FUND') throw Refused.field('/amountFen', 'invalid-value')
    const supportId = newId(at.getTime())
    const cell = { county: access.county, id: supportId }
    await insertSupport(
      tx,
      access,
      {
        ...{ id: supportId, followUpId: id, childId: row.childId, chainId: row.chainId, kind, occurredOn },
        ...{ result: result ?? null, amountFen: amountFen ?? null },
        noteCipher: note === undefined ? null : office.ciphers.clinical.encipher(note, cell),
      },
      at,
    )
    await record(tx, access, careDeed(office, row.childId, 'create', 'child-support'), at)
    return await whole(office, tx, access, id)
  })
}

export async function voidSupport(
  office: Office,
  access: Access,
  id: Id,
  reason: string,
): Promise<ChildFollowUp> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const followUpId = await markVoid(tx, access, id, reason, at)
    if (!followUpId) throw new Refused('not-found')
    const found = await whole(office, tx, access, followUpId)
    await record(tx, access, careDeed(office, found.child.id, 'change', 'child-support'), at)
    return found
  })
}
