import { getDivision, listDivisions } from '@youyu/shared/divisions'
import { prefixOf, rangeOf } from '@youyu/shared/values'
import { keyIn, linkNext, pageOf } from '../../http/paging.ts'
import { todayOf, type App, type Office } from '../../office.ts'
import { Refused } from '../../refused.ts'
import { changeRoutes } from './changes/routes.ts'
import * as queries from './queries.ts'
import { rollUpRoutes } from './roll-up/routes.ts'

export function divisionRoutes(app: App, office: Office): void {
  const { db, now } = office

  app.route({
    ...listDivisions,
    handler: async (request, reply) => {
      const { cursor, asOf = todayOf(now()), under, ...rest } = request.query
      const wanted = { ...rest, asOf, after: keyIn(cursor, ['number', 'string']) }
      const rows = await queries.listDivisions(
        db.statements,
        wanted,
        under === undefined ? null : rangeOf(prefixOf(under)),
      )
      const page = pageOf(
        rows,
        rest.limit,
        (row) => row,
        (row) => [row.level, row.code],
      )
      return await linkNext(request, reply, page.nextCursor).send(page)
    },
  })

  app.route({
    ...getDivision,
    handler: async (request) => {
      const { asOf = todayOf(now()) } = request.query
      const { code } = request.params
      const [division, path] = await Promise.all([
        queries.findDivision(db.statements, code, asOf),
        queries.findPath(db.statements, code, asOf),
      ])
      if (!division) throw new Refused('not-found')
      return { ...division, path }
    },
  })

  changeRoutes(app, office)
  rollUpRoutes(app, office)
}
