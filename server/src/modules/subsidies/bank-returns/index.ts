export { bankReturnRoutes } from './routes.ts'
export { enterReturn, takeReturn } from './taking.ts'
export { takeUpload } from './uploading.ts'
