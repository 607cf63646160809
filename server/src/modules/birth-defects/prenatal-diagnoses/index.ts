export { prenatalDiagnosisRoutes } from './routes.ts'
