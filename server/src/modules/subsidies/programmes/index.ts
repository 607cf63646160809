export { programmeRoutes } from './routes.ts'
export { countyOfProgrammes } from './service.ts'
