import type { ApplicationStep } from '@youyu/shared/subsidies/application-states'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { move } from './moving.ts'
import { lockApplication, lockStanding } from './queries.ts'
import { sealed } from './words.ts'

/** The notice is over without an objection that was upheld: those that stand at it go on; others are left as they are. */
export async function passNotice(
  tx: Transaction,
  access: Access,
  {
    applicationIds,
    step,
    on,
    at,
  }: { applicationIds: readonly Id[]; step: ApplicationStep; on: CivilDate; at: Date },
): Promise<number> {
  const ids = await lockStanding(tx, access, applicationIds, step)
  const moved = await move(tx, access, ids, { event: 'PASS', on, at })
  if (moved.length > 0)
    await record(
      tx,
      access,
      { action: 'change', entity: 'application', rows: moved.length, fields: ['state'] },
      at,
    )
  return moved.length
}

/** An objection was upheld: the application goes back to the review before the notice, with the reason. */
export async function returnFromNotice(
  tx: Transaction,
  office: Office,
  access: Access,
  told: { applicationId: Id; items: readonly string[]; reason: string; on: CivilDate; at: Date },
): Promise<void> {
  const { applicationId: id, items, reason, on, at } = told
  const application = await lockApplication(tx, access, id)
  if (!application) throw new Refused('not-found')
  const reasonCipher = sealed(office, access, id, reason)
  await move(tx, access, [id], { event: 'RETURN', on, at, told: { items, reasonCipher } })
  const deed = {
    action: 'change',
    entity: 'application',
    entityId: id,
    division: application.divisionCode,
  } as const
  await record(tx, access, { ...deed, fields: ['state'] }, at)
}
