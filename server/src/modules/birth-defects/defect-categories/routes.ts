import { getDefectCategories } from '@youyu/shared/birth-defects/defect-categories'
import { reading } from '../../../database/transaction.ts'
import { todayOf, type App, type Office } from '../../../office.ts'
import { selectCategories, selectDeadlines } from './queries.ts'

export function defectCategoryRoutes(app: App, { db, now }: Office): void {
  app.route({
    ...getDefectCategories,
    handler: ({ access }) =>
      reading(db, access, async (tx) => {
        const [items, deadlines] = await Promise.all([
          selectCategories(tx),
          selectDeadlines(tx, todayOf(now())),
        ])
        const listed = Object.entries(deadlines).map(([step, deadline]) => ({ step, ...deadline }))
        return { items, deadlines: listed as never }
      }),
  })
}
