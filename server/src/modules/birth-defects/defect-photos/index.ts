export { defectPhotoRoutes } from './routes.ts'
