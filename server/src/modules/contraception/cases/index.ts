export { openCasesOf, voidCasesOf } from './infections/service.ts'
export { caseRoutes } from './routes.ts'
