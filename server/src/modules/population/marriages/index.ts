export { marriageRoutes } from './routes.ts'
