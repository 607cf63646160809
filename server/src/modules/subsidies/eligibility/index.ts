export { runEligibilityOfNight, useEligibilityNights } from './nights.ts'
export { eligibilityRoutes } from './routes.ts'
