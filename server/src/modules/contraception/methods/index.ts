export { methodRoutes } from './routes.ts'
export { sheetsOn } from './service.ts'
