export { bookEffects, followChange, postingNewcomer, postPeople, type Posted } from './posting.ts'
export { findNames } from './queries.ts'
export { bookRoutes } from './routes.ts'
