export { overpaymentRoutes } from './routes.ts'
