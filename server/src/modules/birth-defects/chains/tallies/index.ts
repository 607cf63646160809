export { cascadeRoutes } from './routes.ts'
export { readCascade } from './service.ts'
