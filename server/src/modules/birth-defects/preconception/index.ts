export { cancelFollowUps, planFirstContact } from './planning.ts'
export { preconceptionRoutes } from './routes.ts'
