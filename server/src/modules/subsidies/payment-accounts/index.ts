export { openAccounts } from './bulk.ts'
export { paymentAccountRoutes } from './routes.ts'
