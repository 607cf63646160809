export { shownEncounter } from './encounter-row.ts'
export { encountersOfClient } from './queries.ts'
export { encounterRoutes } from './routes.ts'
