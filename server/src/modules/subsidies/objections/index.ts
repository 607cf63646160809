export { objectionRoutes } from './routes.ts'
export { objectionNumber, receiptCode, type Said } from './rules.ts'
