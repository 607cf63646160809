import { call } from '../../api/call.ts'
import { entrance } from '../../api/entrance.ts'
import { beginSession, lastUserId } from '../../api/session.ts'

/** Signs in. Answers whether another user worked in this page before, whose data must not stay in memory. */
export async function beginOwnSession(credentials: { username: string; password: string; code?: string }) {
  const signedIn = await call(entrance.createSession, { body: credentials })
  const before = lastUserId()
  const isOther = before !== null && before !== signedIn.user.id
  beginSession(signedIn)
  return { isOther }
}
