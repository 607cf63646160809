import type { App, Office } from '../../office.ts'
import { offerWork } from '../../jobs/index.ts'
import { exportRoutes } from './exports/index.ts'
import { regroupingRoutes } from './households/regrouping/routes.ts'
import { householdRoutes } from './households/routes.ts'
import { importRoutes, importWork } from './imports/index.ts'
import { overviewRoutes } from './overview/routes.ts'
import { correctionRoutes } from './persons/corrections/routes.ts'
import { historyRoutes } from './persons/history/routes.ts'
import { mergeRoutes } from './persons/merges/routes.ts'
import { residenceRoutes } from './persons/residence/routes.ts'
import { revealRoutes } from './persons/reveal/routes.ts'
import { personRoutes } from './persons/routes.ts'
import { searchRoutes } from './persons/search/routes.ts'

export function populationRoutes(app: App, office: Office): void {
  overviewRoutes(app, office)
  searchRoutes(app, office)
  personRoutes(app, office)
  correctionRoutes(app, office)
  residenceRoutes(app, office)
  revealRoutes(app, office)
  mergeRoutes(app, office)
  historyRoutes(app, office)
  householdRoutes(app, office)
  regroupingRoutes(app, office)
  exportRoutes(app, office)
  importRoutes(app, office)
  offerWork(office, 'import', importWork)
}
