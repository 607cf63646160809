export { checkLicences, type LicenceCheck } from './queries.ts'
export { licenceRoutes } from './routes.ts'
