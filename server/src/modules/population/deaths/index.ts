export { deathRoutes } from './routes.ts'
