import { listBirthDefectWork } from '@youyu/shared/birth-defects/worklists'
import { linkNext } from '../../../../http/paging.ts'
import type { App, Office } from '../../../../office.ts'
import { worklist } from './service.ts'

export function chainWorklistRoutes(app: App, office: Office): void {
  app.route({
    ...listBirthDefectWork,
    handler: async (request, reply) => {
      const page = await worklist(office, request.access, request.params.name, request.query)
      return linkNext(request, reply, page.nextCursor).send(page)
    },
  })
}
