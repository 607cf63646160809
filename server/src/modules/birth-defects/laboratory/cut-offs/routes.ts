import { listLabCutOffs, stateLabCutOff } from '@youyu/shared/birth-defects/laboratory'
import type { App, Office } from '../../../../office.ts'
import { listCutOffs, stateCutOff } from './service.ts'

export function labCutOffRoutes(app: App, office: Office): void {
  app.route({ ...listLabCutOffs, handler: ({ access }) => listCutOffs(office, access) })

  app.route({
    ...stateLabCutOff,
    handler: async ({ access, body }, reply) => reply.code(201).send(await stateCutOff(office, access, body)),
  })
}
