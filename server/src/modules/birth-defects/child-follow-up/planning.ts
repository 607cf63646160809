import type { ChainItem, LinkReason } from '@youyu/shared/birth-defects/chain-values'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { Refused } from '../../../refused.ts'
import { clientOf, keepClient } from '../../contraception/index.ts'
import { makeDue, recordLinks, voidLinks, type LinkEvent } from '../chains/index.ts'
import { knowFamily } from '../family-files/index.ts'
import * as queries from './queries.ts'
import { windowsFrom } from './rules.ts'

export type Opening = { childId: Id; chainId?: Id | null; caseId?: Id | null; on: CivilDate }

/**
 * A child in follow-up: its case is confirmed, or a clinician opens it. Nothing is planned and nobody is contacted until
 * the family has agreed; null where another facility follows it already. The family is known from now on; whether it wants a file is its own to say.
 */
export async function openChildFollowUp(
  tx: Transaction,
  access: Access,
  { childId, chainId = null, caseId = null, on }: Opening,
  at: Date,
): Promise<Id | null> {
  const child = await clientOf(tx, access, childId, '/childId')
  if (on < child.birthDate) throw Refused.field('/on', 'invalid-date')
  const standing = await queries.findOfChild(tx, access, childId)
  const id = standing?.id ?? newId(at.getTime())
  if (standing) {
    const row = (await queries.findFollowUp(tx, access, id))!
    if (row.caseId === null && caseId !== null && row.facilityId === access.facility)
      await queries.updateFollowUp(tx, access, { ...row, caseId, chainId: row.chainId ?? chainId }, at)
  } else {
    const { residenceDivision: divisionCode, birthDate: bornOn } = child
    const row = { id, childId, chainId, caseId, divisionCode, bornOn, openedOn: on }
    if (!(await queries.insertFollowUp(tx, access, row, at))) return null
    await keepClient(tx, access, { clientId: childId, on, encounters: 0 })
  }
  await knowFamily(tx, access, { childId, chainId, knownBy: caseId === null ? 'FAMILY' : 'CASE', on }, at)
  return id
}

/** The family agreed: what is ahead is planned and stands in the chain. */
export async function planAhead(
  tx: Transaction,
  access: Access,
  row: queries.FollowUpRow,
  on: CivilDate,
  at: Date,
): Promise<void> {
  const windows = windowsFrom(row.bornOn, await queries.selectSteps(tx, on), on)
  const named = windows.map((window) => ({ ...window, id: newId(at.getTime()) }))
  const planned = await queries.planVisits(tx, access, row, named, at)
  const { chainId, childId } = row
  if (chainId === null) return
  for (const { id } of planned.filter(({ wasCancelled }) => wasCancelled))
    await voidLinks(tx, access, id, 'consent', at)
  await makeDue(
    tx,
    access,
    planned.map(({ item, dueFrom, dueTo }) => ({
      ...{ chainId, childId, item: item as ChainItem, from: dueFrom, to: dueTo, on, recordId: row.id },
    })),
    at,
  )
}

/** No contact any more, or no child: nothing stays planned. */
export async function endPlans(
  tx: Transaction,
  access: Access,
  row: queries.FollowUpRow,
  { on, event, reason }: { on: CivilDate; event: LinkEvent['event']; reason: LinkReason },
  at: Date,
): Promise<void> {
  const cancelled = await queries.cancelVisits(tx, access, row.id, { on, reason, at })
  const { chainId, childId } = row
  if (chainId === null) return
  const links = cancelled.map(({ id, item }) => ({
    ...{ chainId, childId, item: item as ChainItem, event, on, reason, recordId: id },
  }))
  await recordLinks(tx, access, links, at)
}
