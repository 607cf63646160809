export { indicatorRoutes } from './routes.ts'
