export { methodRoutes } from './routes.ts'
export { expectedEnd, sheetsOn } from './service.ts'
