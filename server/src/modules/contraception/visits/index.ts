export { recordCheck } from './recording.ts'
export { checkVisitRoutes } from './routes.ts'
