export { insuranceRoutes } from './routes.ts'
