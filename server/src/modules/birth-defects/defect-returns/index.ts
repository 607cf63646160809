export { defectReturnRoutes } from './routes.ts'
