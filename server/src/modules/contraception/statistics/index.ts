export { countMethods, tally, type Counted } from './queries-tallies.ts'
export { careStatisticsRoutes } from './routes.ts'
