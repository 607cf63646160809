export { missedCaseRoutes } from './routes.ts'
