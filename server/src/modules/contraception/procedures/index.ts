export {
  complicationIn,
  complicationRoutes,
  procedureOf,
  selectComplications,
  shownComplication,
} from './complications/index.ts'
export { voidProcedureIn } from './correcting.ts'
export { checkLicences, licenceRoutes } from './licences/index.ts'
export { methodOf, performIn } from './performing.ts'
export { shownProcedure } from './procedure-row.ts'
export { carryProcedures, findConsentGiven, proceduresOfClient, type StandingProcedure } from './queries.ts'
export { askFor, refuseSecondRequest } from './requesting.ts'
export { procedureRoutes } from './routes.ts'
export { changeStanding, performanceOf, standing } from './steps.ts'
