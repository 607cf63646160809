export { protocolRoutes } from './routes.ts'
