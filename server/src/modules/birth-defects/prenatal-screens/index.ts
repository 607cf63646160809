export { applyPrenatalResults } from './laboratory.ts'
export { pregnancyOf } from './pregnancy.ts'
export { gestationOn } from './rules.ts'
export { prenatalScreenRoutes } from './routes.ts'
