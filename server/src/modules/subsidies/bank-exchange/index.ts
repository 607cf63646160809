export { bankExchangeRoutes } from './routes.ts'
export { runBankWork, startBankWork } from './worker.ts'
