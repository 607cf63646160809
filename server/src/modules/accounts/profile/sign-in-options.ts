import type { z } from 'zod'
import type { DemoAccount } from '@youyu/shared/accounts'
import type { Role } from '@youyu/shared/permissions'
import type { Office } from '../../../office.ts'
import { DEMO_PASSWORD, demoUsernames } from '../demo-accounts.ts'
import { findOnlyCounty, listDemoPlaces } from './queries.ts'

/** What the sign-in page shows before anybody is known; accounts in a demo only. */
export async function optionsOfSignIn({ db, config }: Office) {
  const [county, places] = await Promise.all([
    findOnlyCounty(db.statements),
    config.DEMO ? listDemoPlaces(db.statements, Object.values(demoUsernames)) : [],
  ])
  const placeOf = new Map(places.map(({ username, division }) => [username, division]))
  const accounts = Object.entries(demoUsernames).flatMap(
    ([role, username]): z.infer<typeof DemoAccount>[] => {
      const division = placeOf.get(username)
      return division === undefined
        ? []
        : [{ username, password: DEMO_PASSWORD, role: role as Role, division }]
    },
  )
  return { county, demo: config.DEMO, accounts }
}
