export { screeningParameterRoutes } from './routes.ts'
export { parametersOn } from './service.ts'
