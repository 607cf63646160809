import { randomBytes, timingSafeEqual } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CurrentUser } from '@youyu/shared/accounts'
import type { DivisionCode } from '@youyu/shared/values'
import { accessFor, countsIn, grantOfRole, type Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import { sha256 } from '../../../crypto/keys.ts'
import { transaction } from '../../../database/transaction.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { passwordMatches } from '../passwords/hashing.ts'
import { currentUser } from '../profile/service.ts'
import { NOBODY, systemAccess } from '../system-access.ts'
import { acceptCode } from '../second-factor/codes.ts'
import { assertNotLocked, noteFailure } from './lockout.ts'
import {
  findCredentials,
  findLastCounty,
  findSession,
  insertSession,
  noteSuccess,
  revoke,
  rotate,
  setCounty,
} from './queries.ts'
import { delayAfter, judgeRefresh, lockedAfter } from './rules.ts'
import type { Strangers } from './strangers.ts'

export type Caller = { address: string; userAgent: string; requestId: string }
type Credentials = { username: string; password: string; code?: string | undefined }
/** `refreshToken` is null where another tab has just received it. */
export type OpenSession = {
  id: string
  userId: string
  refreshToken: string | null
  expiresAt: Date
  county: number | null
}

/** Opens a session for a user name and password, and for the code of an authenticator where one is enrolled. */
export async function signIn(
  office: Office,
  strangers: Strangers,
  credentials: Credentials,
  caller: Caller,
): Promise<OpenSession> {
  const { db, config } = office
  const now = office.now()
  const username = credentials.username.toLowerCase()
  const user = await findCredentials(db.statements, username)
  assertNotLocked(user ? user.lockedUntil : strangers.lockedUntil(username), now)

  const matches = await passwordMatches(credentials.password, user?.passwordHash ?? null)
  if (!user) return await turnAwayStranger(office, strangers, username, caller)
  if (!matches) return await turnAway(office, caller, user.id, 'wrong-credentials')
  if (user.status !== 'active') throw new Refused('account-disabled')
  if (user.totpConfirmedAt) {
    if (credentials.code === undefined) throw new Refused('second-factor-required')
    const accepted = await acceptCode(office, db.statements, user, credentials.code)
    if (!accepted) return await turnAway(office, caller, user.id, 'second-factor-wrong')
  }

  const session = {
    id: newId(),
    userId: user.id,
    expiresAt: new Date(now.getTime() + config.SESSION_HOURS * 3_600_000),
    county: await findLastCounty(db.statements, user.id),
  }
  const refreshToken = newRefreshToken(session.id)
  const { access, division } = await accessOf(office, session, caller)
  await transaction(db, access, async (tx) => {
    const moments = { rotatedAt: now, createdAt: now, lastSeenAt: now }
    await Promise.all([
      insertSession(tx, {
        ...session,
        ...moments,
        refreshHash: sha256(refreshToken),
        address: caller.address,
        userAgent: caller.userAgent,
      }),
      noteSuccess(tx, user.id, now),
      record(tx, access, { action: 'sign-in', entity: 'session', entityId: session.id, division }, now),
    ])
  })
  return { ...session, refreshToken }
}

async function turnAway(
  office: Office,
  caller: Caller,
  userId: string,
  code: 'wrong-credentials' | 'second-factor-wrong',
): Promise<never> {
  await sleep(delayAfter(await logFailure(office, caller, userId)))
  throw new Refused(code)
}

/** The same steps for a name that nobody has, so that neither answer nor time tells it from a wrong password. */
async function turnAwayStranger(
  office: Office,
  strangers: Strangers,
  username: string,
  caller: Caller,
): Promise<never> {
  await logFailure(office, caller, null)
  const failures = strangers.fail(username, (count) => lockedAfter(count, office.config, office.now()))
  await sleep(delayAfter(failures))
  throw new Refused('wrong-credentials')
}

async function logFailure(office: Office, caller: Caller, userId: string | null): Promise<number> {
  const access = { ...systemAccess, address: caller.address, requestId: caller.requestId }
  return await transaction(office.db, access, async (tx) => {
    const deed = { action: 'sign-in', entity: 'user', entityId: userId, result: 'refused' } as const
    const [failures] = await Promise.all([
      noteFailure(tx, office, userId ?? NOBODY),
      record(tx, access, deed, office.now()),
    ])
    return failures
  })
}

type Whose = { userId: string; county: number | null }

async function accessOf(
  office: Office,
  { userId, county }: Whose,
  caller: Pick<Access, 'address' | 'requestId'>,
): Promise<{ access: Access; division: string }> {
  const user = await currentUser(office, userId, county)
  const here = Number(user.counties.find(({ current }) => current)?.code.slice(0, 6) ?? 0)
  const counting = user.grants.filter(({ divisionPrefix }) => countsIn(here, divisionPrefix))
  const grants = counting.map(({ role, divisionPrefix, modules, purposes }) =>
    grantOfRole(role, divisionPrefix, modules, purposes),
  )
  const actor = {
    kind: 'user',
    id: userId,
    name: user.displayName,
    sessionId: null,
    pending: [],
    grants,
    requestsPerMinute: null,
    organisationId: null,
  } as const
  const access = accessFor(actor, 'signed-in', caller.address, caller.requestId) as Access
  return { access, division: user.division?.code ?? '000000000000' }
}

/** The session's id travels in the token, so that a token of any former rotation still names the session it was stolen from. */
function newRefreshToken(sessionId: string): string {
  return `${sessionId}.${randomBytes(32).toString('base64url')}`
}

/** Exchanges a refresh token; a former one that comes again ends the session, for one of two holders is a thief. */
export async function refresh(
  office: Office,
  token: string | undefined,
  caller: Caller,
): Promise<OpenSession> {
  const now = office.now()
  const id = /^([0-9a-f-]{36})\.[\w-]{43}$/.exec(token ?? '')?.[1]
  if (!token || !id) throw new Refused('unauthenticated')
  const found = await findSession(office.db.statements, id)
  if (!found || found.status !== 'active' || found.session.revokedAt || found.session.expiresAt <= now)
    throw new Refused('session-revoked')
  const { userId, expiresAt, county } = found.session
  const hash = sha256(token)
  const outcome = judgeRefresh(matchOf(found.session, hash), found.session.rotatedAt, now)
  if (outcome === 'theft') return await endStolen(office, { id, userId, county }, caller)
  const next = newRefreshToken(id)
  const rotated = outcome === 'rotate' && (await rotate(office.db.statements, id, hash, sha256(next), now))
  return { id, userId, expiresAt, county, refreshToken: rotated ? next : null }
}

function matchOf(
  { refreshHash, formerRefreshHash }: { refreshHash: Buffer; formerRefreshHash: Buffer | null },
  hash: Buffer,
) {
  if (timingSafeEqual(refreshHash, hash)) return 'current'
  return formerRefreshHash && timingSafeEqual(formerRefreshHash, hash) ? 'former' : 'none'
}

async function endStolen(
  office: Office,
  { id, ...whose }: Whose & { id: string },
  caller: Caller,
): Promise<never> {
  const { userId } = whose
  const { access, division } = await accessOf(office, whose, caller)
  const deed = {
    action: 'sign-out',
    entity: 'session',
    entityId: id,
    division,
    reason: 'refresh token used twice',
    result: 'refused',
  } as const
  await transaction(office.db, access, async (tx) => {
    await revoke(tx, { userId, only: id }, 'refresh token used twice', office.now())
    await record(tx, access, deed, office.now())
  })
  throw new Refused('session-revoked')
}

/** From the next request on the session works in another county of its user, and is in the log of that one. */
export async function switchCounty(
  office: Office,
  asking: Access,
  id: string,
  code: DivisionCode,
): Promise<CurrentUser> {
  const [county, userId] = [Number(code.slice(0, 6)), asking.actorId]
  const user = await currentUser(office, userId, county)
  const isHers = user.counties.some((each) => each.code === code)
  if (!isHers) throw Refused.field('/code', 'beyond-own-rights')
  const { access } = await accessOf(office, { userId, county }, asking)
  const deed = {
    action: 'change',
    entity: 'session',
    entityId: id,
    division: code,
    fields: ['county'],
  } as const
  await transaction(office.db, access, async (tx) => {
    await Promise.all([setCounty(tx, id, county), record(tx, access, deed, office.now())])
  })
  return user
}

/** Ends one session of the user who asks. */
export async function endSession({ db, now }: Office, access: Access, id: string): Promise<void> {
  await transaction(db, access, async (tx) => {
    const ended = await revoke(tx, { userId: access.actorId, only: id }, 'signed out', now())
    if (ended === 0) throw new Refused('not-found')
    await record(tx, access, { action: 'sign-out', entity: 'session', entityId: id }, now())
  })
}
