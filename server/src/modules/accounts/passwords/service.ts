import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { transaction } from '../../../database/transaction.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { currentUser } from '../profile/service.ts'
import { assertNotLocked, failedAgain } from '../sessions/lockout.ts'
import { findUserById, revoke } from '../sessions/queries.ts'
import { hashPassword, passwordMatches } from './hashing.ts'
import { changeHash, listFormerHashes, rememberHash } from './queries.ts'
import { weaknessOf } from './rules.ts'

/** The account of somebody who proves her password again; guessing here locks the account as at the door. */
export async function provePassword(office: Office, userId: string, password: string, pointer: string) {
  const user = await findUserById(office.db.statements, userId)
  assertNotLocked(user?.lockedUntil ?? null, office.now())
  if (user && (await passwordMatches(password, user.passwordHash))) return user
  await failedAgain(office, userId)
  throw Refused.field(pointer, 'wrong-credentials')
}

type Change = { currentPassword: string; newPassword: string }

/** Changes the password of the one who asks and ends her other sessions. */
export async function changePassword(
  office: Office,
  access: Access,
  sessionId: string,
  { currentPassword, newPassword }: Change,
): Promise<void> {
  const { db, config, now } = office
  const user = await provePassword(office, access.actorId, currentPassword, '/currentPassword')
  await assertAcceptable(office, user, newPassword)
  const passwordHash = await hashPassword(newPassword)
  await transaction(db, access, async (tx) => {
    if (!(await changeHash(tx, user.id, user.passwordHash, passwordHash, now())))
      throw new Refused('conflict')
    await rememberHash(tx, user.id, user.passwordHash, config.PASSWORD_HISTORY, now())
    await revoke(tx, { userId: user.id, except: sessionId }, 'password changed', now())
    await record(
      tx,
      access,
      { action: 'configure', entity: 'user', entityId: user.id, fields: ['password'] },
      now(),
    )
  })
}

type Owner = { id: string; username: string; passwordHash: string }

async function assertAcceptable(office: Office, user: Owner, password: string): Promise<void> {
  const { db, config } = office
  const { division } = await currentUser(office, user.id)
  const place = division?.name.replace(/[县市区省镇乡村]$/, '') ?? ''
  const refuse = (code: 'password-reused' | NonNullable<ReturnType<typeof weaknessOf>>) =>
    new Refused(code, { errors: [{ pointer: '/newPassword', code }] })

  const weakness = weaknessOf(password, [user.username, place], config.PASSWORD_MIN_LENGTH)
  if (weakness) throw refuse(weakness)
  const former = await listFormerHashes(db.statements, user.id, config.PASSWORD_HISTORY)
  for (const hash of [user.passwordHash, ...former]) {
    if (await passwordMatches(password, hash)) throw refuse('password-reused')
  }
}
