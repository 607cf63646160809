export { assertFunds, postLedger, type Posted } from './posting.ts'
export { ledgerRoutes } from './routes.ts'
export { headIn } from './service.ts'
