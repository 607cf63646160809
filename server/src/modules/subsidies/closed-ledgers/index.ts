export { closedLedgerRoutes } from './routes.ts'
