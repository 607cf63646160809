export { countMethods, tally, type Counted, type CountedEpisode } from './queries-tallies.ts'
export { careStatisticsRoutes } from './routes.ts'
