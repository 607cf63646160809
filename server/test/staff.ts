import type { Role } from '@youyu/shared/permissions'
import { ensureAccount } from '../src/modules/accounts/index.ts'
import { officerAt, type Officer, type TestOffice } from './office.ts'

const staffPassword = 'kfrn-6wqp-x2tm-9bvd'

/** People whose accounts a test looks at from outside. */
export function staffOf(office: () => TestOffice) {
  let count = 0
  return {
    account: async (...grants: { role: Role; divisionPrefix: string }[]) => {
      const username = `staff-${(count += 1)}`
      const who = { username, password: staffPassword, displayName: `职员${count}`, grants, now: new Date() }
      const { id } = await ensureAccount(office().db, who)
      return { id, username }
    },
    signedIn: async (username: string): Promise<Officer> => {
      const { body } = await office().stranger.post('/api/v1/sessions', { username, password: staffPassword })
      return officerAt(office().app, username, (body as { accessToken: string }).accessToken)
    },
  }
}
