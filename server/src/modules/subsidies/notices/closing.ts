import type { NoticeRun } from '@youyu/shared/subsidies/notices'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { passNotice } from '../applications/index.ts'
import * as lists from './queries-lists.ts'

/**
 * Closes lists that have been up for their time: lines that nobody objects to go on, those under an objection wait for its
 * decision, and a list that is no longer what was put up is left for a human.
 */
export async function closeDue(
  tx: Transaction,
  access: Access,
  asked: { division?: DivisionCode | undefined; id?: Id; on: CivilDate },
  at: Date,
): Promise<NoticeRun> {
  const due = await lists.selectDue(tx, access, asked)
  if (due.length === 0) return { notices: 0, entries: 0 }
  let entries = 0
  for (const { step, outcome, applicationIds } of await lists.selectSettled(tx, access, due)) {
    await lists.settleLines(tx, access, applicationIds, outcome, asked.on)
    if (outcome === 'LEFT') continue
    await passNotice(tx, access, { applicationIds, step, on: asked.on, at })
    entries += applicationIds.length
  }
  const notices = await lists.closeLists(tx, access, due, asked.on)
  if (notices > 0 || entries > 0)
    await record(
      tx,
      access,
      { action: 'change', entity: 'public-notice', rows: entries, fields: ['state'] },
      at,
    )
  return { notices, entries }
}
