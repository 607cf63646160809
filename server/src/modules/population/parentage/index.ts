export { parentageRoutes } from './routes.ts'
