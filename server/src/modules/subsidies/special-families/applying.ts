import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { fileApplications } from '../applications/index.ts'

/** A draft from what is known of her: she is not asked twice, and nothing is handed in before she says so. */
export async function applyFor(
  tx: Transaction,
  office: Office,
  access: Access,
  { programme, personId, on }: { programme: string; personId: Id; on: CivilDate },
  at: Date,
): Promise<Id> {
  const rows = [{ subjectId: personId, applicantId: personId, payeeId: personId }]
  const filing = { programme, on, at, channel: 'WINDOW' as const, isDraft: true, rows }
  const [filed] = await fileApplications(tx, office, access, filing)
  if (!filed) throw new Refused('already-exists')
  return filed.id
}
