export { chainWorklistRoutes } from './routes.ts'
