export { insertChanges, sessionsOfCounty, type SessionChange } from './queries.ts'
export {
  cancelSessions,
  deleteProposals,
  insertSessions,
  moveSessions,
  publishSessions,
  sessionsInPlan,
  type PlannedSession,
} from './queries-plan.ts'
export { sessionRoutes } from './routes.ts'
