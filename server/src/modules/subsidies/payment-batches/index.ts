export { batchAt } from './batch-at.ts'
export {
  findBatch,
  findSubmission,
  moveBatch,
  selectNames,
  type BatchRecord,
  type SubmissionRecord,
} from './queries.ts'
export { stopChanged, stopItems } from './queries-items.ts'
export { paymentBatchRoutes } from './routes.ts'
export { byTierOf, mayTake } from './rules.ts'
export { assertAsFrozen } from './rosters.ts'
export { release } from './service.ts'
export { rowOf, tell } from './telling.ts'
