export { keptOf, receiveFile, type Received } from './receiving.ts'
export { attachmentRoutes } from './routes.ts'
export { attach, attachmentsOf, inCounty } from './service.ts'
