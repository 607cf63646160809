export { bookEffects, enteringNewcomer, followingChange, postPeople, type Posted } from './posting.ts'
export { findNames } from './queries.ts'
export { bookRoutes } from './routes.ts'
