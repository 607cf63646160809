export { subsidyIndicatorRoutes } from './routes.ts'
