import type { Statements } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import { useRecoveryCode, useStep } from './queries.ts'
import { recoveryCodeHash, stepOf } from './totp.ts'

type Enrolled = { id: string; totpSecret: Buffer | null }

/** Whether a code of the authenticator, or a recovery code, is right; a right one is used up. */
export async function acceptCode(
  office: Pick<Office, 'ciphers' | 'keys' | 'now'>,
  db: Statements,
  user: Enrolled,
  code: string,
): Promise<boolean> {
  if (!user.totpSecret) return false
  if (code.includes('-'))
    return await useRecoveryCode(db, user.id, recoveryCodeHash(office.keys, user.id, code))
  const secret = office.ciphers.totpSecret.decipher(user.totpSecret, { county: 0, id: user.id })
  const step = stepOf(secret, code, office.now())
  return step !== null && (await useStep(db, user.id, step))
}
