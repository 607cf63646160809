export {
  findBatch,
  findSubmission,
  moveBatch,
  selectNames,
  stopChanged,
  stopItems,
  type BatchRecord,
  type SubmissionRecord,
} from './queries.ts'
export { paymentBatchRoutes } from './routes.ts'
export { byTierOf, mayTake } from './rules.ts'
export { assertAsFrozen, batchAt, release } from './service.ts'
export { rowOf, tell } from './telling.ts'
