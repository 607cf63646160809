import type { Access } from '../../../access/access.ts'
import type { Statements } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { failedAgain } from '../sessions/lockout.ts'
import { findUserById } from '../sessions/queries.ts'
import { acceptCode } from './codes.ts'

/** Whether somebody signed in has an authenticator, and so is asked for its code. */
export async function hasSecondFactor(db: Statements, userId: string): Promise<boolean> {
  return (await findUserById(db, userId))?.totpConfirmedAt instanceof Date
}

/** Proves the second factor again for a deed of weight; whoever has none is asked only where the policy demands one. */
export async function proveSecondFactor(
  office: Office,
  tx: Statements,
  access: Access,
  code: string | undefined,
): Promise<void> {
  const user = await findUserById(tx, access.actorId)
  if (!user?.totpConfirmedAt) {
    if (office.config.SECOND_FACTOR_POLICY === 'roles') throw new Refused('second-factor-enrolment-required')
    return
  }
  if (code === undefined) throw Refused.field('/code', 'required')
  if (await acceptCode(office, tx, user, code)) return
  await failedAgain(office, user.id)
  throw Refused.field('/code', 'second-factor-wrong')
}
