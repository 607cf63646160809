export { noticeBoardRoutes } from './routes.ts'
