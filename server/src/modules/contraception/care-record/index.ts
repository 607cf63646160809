export { careRecordRoutes } from './routes.ts'
