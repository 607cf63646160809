import type { App, Office } from '../../../office.ts'
import { labBatchRoutes } from './batches/routes.ts'
import { labCutOffRoutes } from './cut-offs/routes.ts'
import { useFilingNights } from './filing/nights.ts'
import { labOrderRoutes } from './orders/routes.ts'
import { labPanelRoutes } from './panels/routes.ts'

export { postBatch } from './batches/service.ts'

export { worksNamed } from './orders/service.ts'
export { selectPanels } from './panels/queries.ts'

/** From the order of a panel to the answer in the record of who asked. */
export function laboratoryRoutes(app: App, office: Office): void {
  labPanelRoutes(app, office)
  labOrderRoutes(app, office)
  labBatchRoutes(app, office)
  labCutOffRoutes(app, office)
  useFilingNights(app, office)
}
