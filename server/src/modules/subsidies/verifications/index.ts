export { verificationRoutes } from './routes.ts'
export { suspendOverdueOfNight } from './service.ts'
