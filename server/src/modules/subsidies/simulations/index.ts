export { simulationRoutes } from './routes.ts'
export { simulate } from './service.ts'
