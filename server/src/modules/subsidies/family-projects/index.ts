export { familyProjectRoutes } from './routes.ts'
