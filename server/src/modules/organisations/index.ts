export { findOrganisation } from './queries.ts'
export { organisationRoutes } from './routes.ts'
