export { referralRoutes } from './routes.ts'
export { sendIn } from './sending.ts'
export { referralsOf } from './service.ts'
