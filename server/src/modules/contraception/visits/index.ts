export { recordCheck, type RecordedCheck } from './recording.ts'
export { checkVisitRoutes } from './routes.ts'
