import type { App, Office } from '../../../office.ts'
import { infertilityCaseRoutes } from './infertility/routes.ts'
import { rtiCaseRoutes } from './infections/routes.ts'

export function caseRoutes(app: App, office: Office): void {
  rtiCaseRoutes(app, office)
  infertilityCaseRoutes(app, office)
}
