export { selectDeadlines, type Deadlines } from './queries.ts'
export { defectCategoryRoutes } from './routes.ts'
