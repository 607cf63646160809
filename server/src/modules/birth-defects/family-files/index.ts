export { knowFamily } from './knowing.ts'
export { familyFileRoutes } from './routes.ts'
