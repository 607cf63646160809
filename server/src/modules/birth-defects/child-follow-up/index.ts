export { openChildFollowUp } from './planning.ts'
export { childFollowUpRoutes } from './routes.ts'
