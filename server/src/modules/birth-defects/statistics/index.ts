export { countNight } from './recounts/nights.ts'
export { birthDefectStatisticsRoutes } from './routes.ts'
