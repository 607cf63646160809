export { chainScheduleRoutes } from './routes.ts'
