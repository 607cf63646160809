import QRCode from 'qrcode'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { transaction } from '../../../database/transaction.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { provePassword } from '../passwords/service.ts'
import { failedAgain } from '../sessions/lockout.ts'
import { findUserById } from '../sessions/queries.ts'
import { acceptCode } from './codes.ts'
import { confirmSecret, keepSecret, removeAuthenticator } from './queries.ts'
import { newRecoveryCodes, newTotpSecret, recoveryCodeHash, totpUri } from './totp.ts'

/** A new secret, to be confirmed by a code before it counts. */
export async function enrol(office: Office, access: Access, password: string) {
  const user = await provePassword(office, access.actorId, password, '/password')
  const secret = newTotpSecret()
  const kept = await keepSecret(
    office.db.statements,
    user.id,
    office.ciphers.totpSecret.encipher(secret, { county: 0, id: user.id }),
  )
  if (!kept) throw new Refused('already-exists')
  const uri = totpUri(secret, user.username)
  return {
    secret,
    uri,
    qrSvg: await QRCode.toString(uri, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 }),
  }
}

export async function confirm(office: Office, access: Access, code: string): Promise<string[]> {
  const { db, keys, now } = office
  const user = await findUserById(db.statements, access.actorId)
  if (!user?.totpSecret) throw new Refused('conflict')
  if (user.totpConfirmedAt) throw new Refused('already-exists')
  const codes = newRecoveryCodes()
  await transaction(db, access, async (tx) => {
    if (code.includes('-') || !(await acceptCode(office, tx, user, code)))
      throw Refused.field('/code', 'second-factor-wrong')
    const hashes = codes.map((each) => recoveryCodeHash(keys, user.id, each))
    await confirmSecret(tx, user.id, hashes, now())
    await record(
      tx,
      access,
      {
        action: 'configure',
        entity: 'user',
        entityId: user.id,
        fields: ['secondFactor'],
        reason: 'enrolled',
      },
      now(),
    )
  })
  return codes
}

/** Takes the authenticator away from its owner, who proves both factors. */
export async function remove(
  office: Office,
  access: Access,
  { password, code }: { password: string; code: string },
): Promise<void> {
  const { db, now } = office
  const user = await provePassword(office, access.actorId, password, '/password')
  if (!user.totpConfirmedAt) throw new Refused('conflict')
  if (!(await acceptCode(office, db.statements, user, code))) {
    await failedAgain(office, user.id)
    throw Refused.field('/code', 'second-factor-wrong')
  }
  await transaction(db, access, async (tx) => {
    await removeAuthenticator(tx, user.id)
    await record(
      tx,
      access,
      { action: 'configure', entity: 'user', entityId: user.id, fields: ['secondFactor'], reason: 'removed' },
      now(),
    )
  })
}
