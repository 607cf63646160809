import type { App, Office } from '../../../office.ts'
import { dispensingRoutes } from './dispensing/routes.ts'
import { movementRoutes } from './movements/routes.ts'
import { recallRoutes } from './recalls/routes.ts'
import { requisitionRoutes } from './requisitions/routes.ts'
import { shipmentRoutes } from './shipments/routes.ts'
import { stockTakeRoutes } from './stock-takes/routes.ts'
import { storeRoutes } from './stores/routes.ts'

export { dispense } from './dispensing/dispense.ts'
export { annulGiven } from './dispensing/service.ts'

/** 药具: from the supplier to the client, and back where something was recalled. */
export function supplyRoutes(app: App, office: Office): void {
  storeRoutes(app, office)
  movementRoutes(app, office)
  shipmentRoutes(app, office)
  requisitionRoutes(app, office)
  dispensingRoutes(app, office)
  stockTakeRoutes(app, office)
  recallRoutes(app, office)
}
