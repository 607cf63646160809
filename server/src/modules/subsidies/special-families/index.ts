export { findMember, type Member } from './queries.ts'
export { specialFamilyRoutes } from './routes.ts'
