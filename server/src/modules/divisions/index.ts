export { BEFORE_RECORDS, codesNotValid, insertDivisions } from './queries.ts'
export { placeReadings } from './readings.ts'

export { divisionRoutes } from './routes.ts'
