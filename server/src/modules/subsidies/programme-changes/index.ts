export { programmeChangeRoutes } from './routes.ts'
