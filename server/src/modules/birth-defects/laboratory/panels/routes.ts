import { listLabPanels } from '@youyu/shared/birth-defects/laboratory'
import { reading } from '../../../../database/transaction.ts'
import type { App, Office } from '../../../../office.ts'
import { selectPanels } from './queries.ts'

export function labPanelRoutes(app: App, office: Office): void {
  app.route({
    ...listLabPanels,
    handler: async ({ access }) => ({ items: await reading(office.db, access, selectPanels) }),
  })
}
