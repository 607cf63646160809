export {
  carryEpisodes,
  endByProcedure,
  episodeBegunBy,
  episodeInUse,
  findChoice,
  findMethod,
  lockEpisode,
  reopenAfter,
  selectEpisodes,
  settleMethods,
  updateStatedEnd,
  type KnownChoice,
  type KnownMethod,
  type StandingEpisode,
} from './queries.ts'
export { beginMethod, settledChanges, sourceOf, voidMethod } from './recording.ts'
export { episodeRoutes } from './routes.ts'
export { shownEpisode } from './service.ts'
