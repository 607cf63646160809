import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { clientOf } from '../../contraception/index.ts'
import { findFileOfChild, insertFile } from './queries.ts'

type Known = { childId: Id; chainId?: Id | null; knownBy: 'CASE' | 'SURVEY' | 'FAMILY'; on: CivilDate }

/** A family is known to have a sick child; its file is not open before it has agreed. Null where another facility has it. */
export async function knowFamily(
  tx: Transaction,
  access: Access,
  { childId, chainId = null, knownBy, on }: Known,
  at: Date,
): Promise<Id | null> {
  const { residenceDivision: divisionCode } = await clientOf(tx, access, childId, '/childId')
  const nothing = { motherId: null, fatherId: null, openedOn: null, wish: null, noteCipher: null }
  const row = {
    ...{ id: newId(at.getTime()), childId, chainId, divisionCode, knownBy, knownOn: on },
    ...{ ...nothing, contact: 'NOT_ASKED' },
  }
  return (await insertFile(tx, access, row, at)) ?? (await findFileOfChild(tx, access, childId)) ?? null
}
