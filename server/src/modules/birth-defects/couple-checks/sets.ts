import type { CheckItemSet, CheckKind, NewCheckItemSet } from '@youyu/shared/birth-defects/check-item-sets'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Asking } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { findSet, insertSet, type KeptSet } from './queries-sets.ts'
import { setFaults } from './rules.ts'

export function shownSet({ owner, recordedAt, ...set }: KeptSet): CheckItemSet {
  return { ...set, isOwn: owner !== 0, recordedAt: recordedAt.toISOString() }
}

export async function setInForce(
  tx: Asking,
  access: Access,
  code: CheckKind,
  on: CivilDate,
): Promise<KeptSet> {
  const set = await findSet(tx, access, code, on)
  if (!set) throw new Refused('not-found')
  return set
}

export async function readSet(
  office: Office,
  access: Access,
  code: CheckKind,
  on: CivilDate | undefined,
): Promise<CheckItemSet> {
  const day = on ?? todayOf(office.now())
  return shownSet(await reading(office.db, access, (tx) => setInForce(tx, access, code, day)))
}

export async function addSet(
  office: Office,
  access: Access,
  code: CheckKind,
  body: NewCheckItemSet,
): Promise<CheckItemSet> {
  const at = office.now()
  if (access.county === 0) throw new Refused('out-of-area')
  const faults = setFaults(body)
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  return await transaction(office.db, access, async (tx) => {
    await insertSet(tx, access, code, body, at)
    await record(tx, access, { action: 'create', entity: 'check-item-set', reason: body.reason }, at)
    return shownSet(await setInForce(tx, access, code, body.effectiveFrom))
  })
}
