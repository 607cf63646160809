export { jobRoutes } from './routes.ts'
export { enqueue, newJobId } from './service.ts'
export {
  offerWork,
  runOpenJobs,
  startWorker,
  wakeWorkers,
  withoutWorker,
  type Desk,
  type Work,
} from './worker.ts'
