import { getDivisionRollUp } from '@youyu/shared/divisions'
import { prefixOf } from '@youyu/shared/values'
import { covers } from '../../../access/access.ts'
import { reading } from '../../../database/transaction.ts'
import { todayOf, type App, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { findDivision } from '../queries.ts'
import { countiesUnder, rollUp } from './queries.ts'

export function rollUpRoutes(app: App, { db, now }: Office): void {
  app.route({
    ...getDivisionRollUp,
    handler: async ({ params: { code }, query: { level, boundary = todayOf(now()) }, access }) => {
      if (!covers(access.prefixes, prefixOf(code))) throw new Refused('not-found')
      const division = await findDivision(db.statements, code, todayOf(now()))
      if (!division) throw new Refused('not-found')
      const items = await reading(
        db,
        access,
        async (tx) => await rollUp(tx, { code, level, boundary, counties: await countiesUnder(tx, code) }),
      )
      return { division: { code, name: division.name }, boundary, level, items }
    },
  })
}
