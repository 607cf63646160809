import type { z } from 'zod'
import type { changeOrganisation, NewOrganisation, Organisation } from '@youyu/shared/organisations'
import { prefixOf, type DivisionCode } from '@youyu/shared/values'
import { covers, type Access } from '../../access/access.ts'
import { record } from '../../audit/index.ts'
import { newId } from '../../crypto/ids.ts'
import type { Transaction } from '../../database/connect.ts'
import { transaction } from '../../database/transaction.ts'
import { assertVersion } from '../../http/conditional.ts'
import { todayOf, type Office } from '../../office.ts'
import { Refused } from '../../refused.ts'
import { codesNotValid } from '../divisions/index.ts'
import * as queries from './queries.ts'

type New = z.output<typeof NewOrganisation>
type Change = z.output<(typeof changeOrganisation)['schema']['body']>

export async function addOrganisation(
  { db, now }: Office,
  access: Access,
  given: New,
): Promise<Organisation> {
  return await transaction(db, access, async (tx) => {
    await refusePlace(tx, access, given.divisionCode, todayOf(now()))
    if (given.parentId) await refuseParent(tx, access, given.parentId, null)
    const id = newId()
    const {
      midwiferyLicence = false,
      familyPlanningLicence = false,
      digitised = false,
      status = 'active',
      ...rest
    } = given
    await queries.insertOrganisation(
      tx,
      id,
      { ...rest, midwiferyLicence, familyPlanningLicence, digitised, status },
      now(),
    )
    await record(
      tx,
      access,
      { action: 'create', entity: 'organisation', entityId: id, division: given.divisionCode },
      now(),
    )
    return (await queries.findOrganisation(tx, access, id))!
  })
}

export async function alterOrganisation(
  { db, now }: Office,
  access: Access,
  id: string,
  version: number,
  change: Change,
): Promise<Organisation> {
  return await transaction(db, access, async (tx) => {
    const before = await queries.findOrganisation(tx, access, id)
    if (!before) throw new Refused('not-found')
    if (!covers(access.prefixes, prefixOf(before.divisionCode))) throw new Refused('out-of-area')
    assertVersion(version, before.version)
    if (change.divisionCode && change.divisionCode !== before.divisionCode)
      await refusePlace(tx, access, change.divisionCode, todayOf(now()))
    if (change.parentId && change.parentId !== before.parentId)
      await refuseParent(tx, access, change.parentId, id)
    if (!(await queries.updateOrganisation(tx, id, version, change, now())))
      throw new Refused('precondition-failed')
    const division = change.divisionCode ?? before.divisionCode
    await record(
      tx,
      access,
      { action: 'change', entity: 'organisation', entityId: id, division, fields: Object.keys(change) },
      now(),
    )
    return (await queries.findOrganisation(tx, access, id))!
  })
}

async function refusePlace(
  tx: Transaction,
  access: Access,
  code: DivisionCode,
  today: string,
): Promise<void> {
  if (!covers(access.prefixes, prefixOf(code)))
    throw new Refused('out-of-area', { errors: [{ pointer: '/divisionCode', code: 'out-of-area' }] })
  if ((await codesNotValid(tx, [code], today)).length > 0)
    throw Refused.field('/divisionCode', 'unknown-division')
}

async function refuseParent(
  tx: Transaction,
  access: Access,
  parentId: string,
  childId: string | null,
): Promise<void> {
  await queries.lockTree(tx)
  if (!(await queries.findOrganisation(tx, access, parentId))) throw Refused.field('/parentId', 'not-found')
  if (childId !== null && (await queries.selfAndParents(tx, parentId)).includes(childId)) {
    throw new Refused('conflict', {
      detail: '上级机构不能是本机构或其下级',
      errors: [{ pointer: '/parentId', code: 'conflict' }],
    })
  }
}
