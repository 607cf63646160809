export { moveRoutes } from './routes.ts'
export { transferRoutes } from './transfers/routes.ts'
