export { selectConsents } from './queries.ts'
export { consentRoutes } from './routes.ts'
export { consentIn, shownConsent } from './service.ts'
