import type { App, Office } from '../../office.ts'
import { careRecordRoutes } from './care-record/index.ts'
import { choiceRoutes } from './choices/index.ts'
import { clientRoutes } from './clients/index.ts'
import { consentRoutes } from './consents/index.ts'
import { eligibilityRoutes } from './eligibility/index.ts'
import { encounterRoutes } from './encounters/index.ts'
import { episodeRoutes } from './episodes/index.ts'
import { followUpRoutes } from './follow-up/index.ts'
import { methodRoutes } from './methods/index.ts'
import { offerRoutes } from './offers/index.ts'
import { complicationRoutes, licenceRoutes, procedureRoutes } from './procedures/index.ts'
import { protocolRoutes } from './protocols/index.ts'
import { careStatisticsRoutes } from './statistics/index.ts'
import { supplyRoutes } from './supplies/index.ts'
import { calendarRoutes } from './calendars/index.ts'
import { caseRoutes } from './cases/index.ts'
import { invitationRoutes } from './invitations/index.ts'
import { outreachRoutes } from './outreach/index.ts'
import { programmeRoutes } from './programmes/index.ts'
import { sessionRoutes } from './sessions/index.ts'
import { checkVisitRoutes } from './visits/index.ts'

/** Contraception services by informed choice, in the order of a consultation; then what plans, stocks and counts them. */
export function contraceptionRoutes(app: App, office: Office): void {
  clientRoutes(app, office)
  careRecordRoutes(app, office)
  encounterRoutes(app, office)
  methodRoutes(app, office)
  eligibilityRoutes(app, office)
  choiceRoutes(app, office)
  consentRoutes(app, office)
  episodeRoutes(app, office)
  licenceRoutes(app, office)
  procedureRoutes(app, office)
  complicationRoutes(app, office)
  protocolRoutes(app, office)
  followUpRoutes(app, office)
  offerRoutes(app, office)
  programmeRoutes(app, office)
  calendarRoutes(app, office)
  sessionRoutes(app, office)
  invitationRoutes(app, office)
  checkVisitRoutes(app, office)
  caseRoutes(app, office)
  outreachRoutes(app, office)
  supplyRoutes(app, office)
  careStatisticsRoutes(app, office)
}
export { workNight } from './follow-up/index.ts'
export { careTransaction } from './sealed-answers.ts'
export { ageOn, careDeed, clientOf, keepClient, selectClient, type ClientFacts } from './clients/index.ts'
export { annulGiven, dispense } from './supplies/index.ts'
