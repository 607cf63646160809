export { feeWaiverRoutes } from './routes.ts'
