export { checkClaimants, claimConflicts } from './finding.ts'

export { claimRoutes } from './routes.ts'
