import { call } from '../../api/call.ts'
import { entrance } from '../../api/entrance.ts'
import { forgetSession } from '../../api/session.ts'
import { dropAllDrafts } from '../../ui/drafts.ts'

/** Signs out and loads afresh, so that nothing of the session stays in memory. */
export async function endOwnSession(): Promise<void> {
  await call(entrance.endSession, {}).catch(() => undefined)
  forgetSession()
  dropAllDrafts()
  location.assign('/sign-in')
}
