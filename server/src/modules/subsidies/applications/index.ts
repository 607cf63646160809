export { fileApplications } from './filing.ts'
export { passNotice, returnFromNotice } from './after-notice.ts'
export { applicationRoutes } from './routes.ts'
