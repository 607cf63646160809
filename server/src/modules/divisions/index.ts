export {
  BEFORE_RECORDS,
  codesNotValid,
  findDivision,
  insertDivisions,
  type NewDivisionRow,
} from './queries.ts'
export { placeReadings } from './readings.ts'
export { rollUp } from './roll-up/queries.ts'
export { divisionRoutes } from './routes.ts'
