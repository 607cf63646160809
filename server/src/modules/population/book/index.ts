export { bookEffects, followChange, enteringNewcomer, postPeople, type Posted } from './posting.ts'
export { findNames } from './queries.ts'
export { bookRoutes } from './routes.ts'
