import type { DefectBasis } from '@youyu/shared/birth-defects/defect-card-values'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import { proposeOnce } from '../proposals.ts'

/** What a newborn screen confirmed is put down for a defect card; somebody completes it. */
export async function proposeFound(
  tx: Transaction,
  office: Office,
  access: Access,
  { childId, motherId, chainId }: { childId: Id; motherId: Id | null; chainId: Id | null },
  { codes, basis, on }: { codes: readonly string[]; basis: DefectBasis; on: CivilDate },
): Promise<void> {
  if (!chainId || !motherId) return
  for (const icd10 of codes)
    await proposeOnce(tx, office, access, { chainId, motherId, childId, icd10, basis, on, from: 'NEWBORN' })
}
