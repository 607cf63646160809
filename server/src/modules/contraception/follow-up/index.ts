export { workNight } from './nights.ts'
export { planCounty, planFollowUp } from './planning.ts'
export { followUpRoutes } from './routes.ts'
export { completeTask } from './service.ts'
