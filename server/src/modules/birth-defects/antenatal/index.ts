export { findStanding as standingCare, settleCare as settleAntenatalCare } from './queries-cares.ts'
export { antenatalRoutes } from './routes.ts'
