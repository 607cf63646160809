export { terminationRoutes } from './routes.ts'
