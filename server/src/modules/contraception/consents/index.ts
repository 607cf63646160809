export { selectConsents } from './queries.ts'
export { consentRoutes } from './routes.ts'
export { consentIn, shownConsent, type GivenConsent } from './service.ts'
