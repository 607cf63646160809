import { getMe } from '@youyu/shared/accounts'
import { call } from '../../api/call.ts'
import { currentUser } from '../../api/session.ts'

/** Asks again who I am: what is pending and what I may can have changed. */
export async function refreshOwnAccount(): Promise<void> {
  currentUser.value = await call(getMe, {})
}
