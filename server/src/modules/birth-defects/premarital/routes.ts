import { referToPremaritalCheck } from '@youyu/shared/birth-defects/premarital'
import type { App, Office } from '../../../office.ts'
import { refer } from './service.ts'

export function premaritalRoutes(app: App, office: Office): void {
  app.route({
    ...referToPremaritalCheck,
    handler: async ({ access, body }, reply) => await reply.code(201).send(await refer(office, access, body)),
  })
}
