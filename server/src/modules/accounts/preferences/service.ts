import type { Access } from '../../../access/access.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { countOtherKeys, forgetPreference, keepPreference } from './queries.ts'

const LARGEST = 32 * 1024
const MOST = 200

export async function setPreference(
  { db }: Office,
  { actorId }: Access,
  key: string,
  value: unknown,
): Promise<void> {
  if (value === null) return await forgetPreference(db.statements, actorId, key)
  if (Buffer.byteLength(JSON.stringify(value)) > LARGEST)
    throw new Refused('payload-too-large', { errors: [{ pointer: '/value', code: 'payload-too-large' }] })
  if ((await countOtherKeys(db.statements, actorId, key)) >= MOST)
    throw new Refused('conflict', { detail: `At most ${MOST} settings are kept` })
  await keepPreference(db.statements, actorId, key, value)
}
