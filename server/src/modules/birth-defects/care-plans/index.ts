export { carePlanRoutes } from './routes.ts'
