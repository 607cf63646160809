export { premaritalRoutes } from './routes.ts'
