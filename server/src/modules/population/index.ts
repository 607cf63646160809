import type { App, Office } from '../../office.ts'
import { offerWork } from '../../jobs/index.ts'
import { birthRoutes } from './births/index.ts'
import { bookRoutes } from './book/index.ts'
import { deathRoutes } from './deaths/index.ts'
import { eventRoutes } from './events/index.ts'
import { birthRegistrationRoutes } from './birth-registrations/routes.ts'
import { childcareRoutes } from './childcare/routes.ts'
import { exportRoutes } from './exports/index.ts'
import { regroupingRoutes } from './households/regrouping/routes.ts'
import { householdRoutes } from './households/routes.ts'
import { importRoutes, importWork } from './imports/index.ts'
import { indicatorRoutes } from './indicators/index.ts'
import { marriageRoutes } from './marriages/index.ts'
import { moveRoutes, transferRoutes } from './moves/index.ts'
import { overviewRoutes } from './overview/routes.ts'
import { parentageRoutes } from './parentage/index.ts'
import { correctionRoutes } from './persons/corrections/routes.ts'
import { historyRoutes } from './persons/history/routes.ts'
import { mergeRoutes } from './persons/merges/routes.ts'
import { residenceRoutes } from './persons/residence/routes.ts'
import { revealRoutes } from './persons/reveal/routes.ts'
import { personRoutes } from './persons/routes.ts'
import { searchRoutes } from './persons/search/routes.ts'
import { pregnancyRoutes } from './pregnancies/routes.ts'

export { partsInside, peopleOfCounty, personNamed, personOfCounty, within } from './area.ts'
export { carryOutVisit, keepPurple } from './pregnancies/index.ts'
export { findPlaces } from './overview/queries.ts'
export { findNames } from './book/index.ts'
export {
  countyAsked,
  countOf,
  defined,
  fileOf,
  monthsAsked,
  monthsOf,
  readIndicator,
  shareOf,
  tableFile,
  type Catalogue,
  type Component,
  type Measure,
  type Relations,
  type Release,
  type Sheet,
  type TableFile,
  type Tally,
  type Written,
} from './indicators/index.ts'

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
  birthRoutes(app, office)
  deathRoutes(app, office)
  marriageRoutes(app, office)
  moveRoutes(app, office)
  transferRoutes(app, office)
  parentageRoutes(app, office)
  eventRoutes(app, office)
  bookRoutes(app, office)
  indicatorRoutes(app, office)
  pregnancyRoutes(app, office)
  birthRegistrationRoutes(app, office)
  childcareRoutes(app, office)
  exportRoutes(app, office)
  importRoutes(app, office)
  offerWork(office, 'import', importWork)
}
