export { complicationsOfProcedure, selectComplications } from './queries.ts'
export { complicationRoutes } from './routes.ts'
export { complicationIn, procedureOf, shownComplication } from './service.ts'
