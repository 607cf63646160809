export { receiveFile, type Received } from './receiving.ts'
export { mediaTypeOf } from './rules.ts'
export { attachmentRoutes } from './routes.ts'
export { attach, attachmentsOf, inCounty } from './service.ts'
