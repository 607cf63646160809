export { programmesInForce, type ProgrammeRow } from './queries.ts'
export { programmeRoutes } from './routes.ts'
export { bornBetween, cycleAround } from './rules.ts'
