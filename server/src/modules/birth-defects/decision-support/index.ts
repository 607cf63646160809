export { decisionTableRoutes } from './routes.ts'
export { rowsOf, tableInForce, type AskedTable } from './service.ts'
