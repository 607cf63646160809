export { openCases, voidCaseOf } from './opening.ts'
export { screenPositiveRoutes } from './routes.ts'
