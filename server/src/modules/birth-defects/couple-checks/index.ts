export { coupleCheckRoutes } from './routes.ts'
