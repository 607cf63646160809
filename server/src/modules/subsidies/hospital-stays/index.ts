export { hospitalStayRoutes } from './routes.ts'
