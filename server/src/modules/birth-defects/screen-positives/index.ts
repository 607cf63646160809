export { openCases, voidCasesOf } from './opening.ts'
export { screenPositiveRoutes } from './routes.ts'
