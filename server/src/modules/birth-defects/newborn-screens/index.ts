import type { App, Office } from '../../../office.ts'
import { bloodSpotRoutes } from './blood-spots/routes.ts'
import { cchdRoutes } from './cchd/routes.ts'
import { hearingRoutes } from './hearing/routes.ts'
import { wardRoutes } from './ward/routes.ts'

export { applyBloodSpotResults } from './blood-spots/laboratory.ts'

export function newbornScreenRoutes(app: App, office: Office): void {
  wardRoutes(app, office)
  bloodSpotRoutes(app, office)
  hearingRoutes(app, office)
  cchdRoutes(app, office)
}
