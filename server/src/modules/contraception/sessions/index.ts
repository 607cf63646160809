export { insertChanges, type SessionChange } from './queries.ts'
export {
  cancelSessions,
  deleteProposals,
  insertSessions,
  moveSessions,
  publishSessions,
  sessionsInPlan,
} from './queries-plan.ts'
export { sessionRoutes } from './routes.ts'
