import type { App, Office } from '../../../office.ts'
import { editionRoutes } from './editions/routes.ts'
import { screenRoutes } from './screens/routes.ts'

export { overrideScreen, startOf } from './overrides/service.ts'
export { recordScreen } from './screens/recording.ts'
export { evaluationOf } from './screens/service.ts'

/** What may be used by whom: the table, its editions, and screenings. */
export function eligibilityRoutes(app: App, office: Office): void {
  editionRoutes(app, office)
  screenRoutes(app, office)
}
