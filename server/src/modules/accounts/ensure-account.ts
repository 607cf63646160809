import { randomBytes } from 'node:crypto'
import { Module, roles, type Role } from '@youyu/shared/permissions'
import type { DivisionPrefix } from '@youyu/shared/values'
import { record } from '../../audit/index.ts'
import { newId } from '../../crypto/ids.ts'
import type { Database } from '../../database/connect.ts'
import { transaction } from '../../database/transaction.ts'
import { countUsers, replaceGrants, saveUser } from './queries.ts'
import { hashPassword } from './passwords/hashing.ts'
import { systemAccess } from './system-access.ts'

export type WantedAccount = {
  username: string
  password: string
  /** Without a name an existing account keeps its own, a new one is called by its user name. */
  displayName?: string
  /** Replaces the grants the account had; none leaves them as they are. */
  grants: readonly { role: Role; divisionPrefix: DivisionPrefix }[]
  mustChangePassword?: boolean
  /** Code of the organisation she works for. */
  organisation?: string
  now: Date
}

/**
 * Creates the account of a user name, or resets it: new password, active, unlocked, without second factor, all
 * sessions ended. For the shell, the demo and tests; officers' accounts are opened through the API.
 */
export async function ensureAccount(
  db: Database,
  wanted: WantedAccount,
): Promise<{ id: string; created: boolean }> {
  const { username, displayName, grants, mustChangePassword = false, now } = wanted
  const passwordHash = await hashPassword(wanted.password)
  return await transaction(db, systemAccess, async (tx) => {
    const id = newId(now.getTime())
    const saved = await saveUser(tx, {
      id,
      username,
      displayName: displayName ?? null,
      passwordHash,
      mustChangePassword,
      organisation: wanted.organisation ?? null,
      now,
    })
    if (grants.length > 0) await replaceGrants(tx, saved.id, grants.map(withDefaults), now)
    const division = (grants[0]?.divisionPrefix ?? '').padEnd(12, '0')
    await record(
      tx,
      systemAccess,
      {
        action: 'grant',
        entity: 'user',
        entityId: saved.id,
        division,
        reason: saved.created ? 'created' : 'reset',
      },
      now,
    )
    return saved
  })
}

function withDefaults({ role, divisionPrefix }: { role: Role; divisionPrefix: DivisionPrefix }) {
  return { role, divisionPrefix, modules: Module.options, purposes: roles[role].purposes }
}

/** The first account of an empty installation. A password made here must be changed at the first sign-in. */
export async function ensureAdministrator(
  db: Database,
  { password, now }: { password: string | undefined; now: Date },
): Promise<{ created: boolean; password?: string }> {
  if ((await countUsers(db.statements)) > 0) return { created: false }
  const chosen = password ?? randomBytes(15).toString('base64url')
  await ensureAccount(db, {
    username: 'admin',
    password: chosen,
    displayName: roles.sys_admin.zh,
    grants: [{ role: 'sys_admin', divisionPrefix: '' }],
    mustChangePassword: password === undefined,
    now,
  })
  return { created: true, ...(password === undefined && { password: chosen }) }
}
