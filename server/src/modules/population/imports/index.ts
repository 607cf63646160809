export { importRoutes } from './routes.ts'
export { importWork } from './work.ts'
