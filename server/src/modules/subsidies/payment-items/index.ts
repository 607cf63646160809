export { paymentItemRoutes } from './routes.ts'
