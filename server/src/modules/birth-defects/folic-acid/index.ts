export { folicAcidRoutes } from './routes.ts'
