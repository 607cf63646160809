export { checkClaimants, claimConflicts } from './finding.ts'

export { useClaimExchange } from './asking.ts'
export { claimRoutes } from './routes.ts'
