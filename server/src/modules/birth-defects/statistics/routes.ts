import {
  downloadBirthDefectCascade,
  downloadBirthDefectIndicators,
  getBirthDefectIndicator,
  listBirthDefectIndicators,
  recountBirthDefects,
} from '@youyu/shared/birth-defects/statistics'
import {
  getDefectAlarms,
  getDefectFunnel,
  getDefectPrevalence,
} from '@youyu/shared/birth-defects/surveillance'
import type { App, Office } from '../../../office.ts'
import { cascadeFile } from './cascade-tables/service.ts'
import type { TableFile } from '../../population/index.ts'
import { birthDefectCatalogue } from './indicators/catalogue.ts'
import { birthDefectTableFile, readBirthDefectIndicator } from './indicators/service.ts'
import { useCountingNights } from './recounts/nights.ts'
import { recount } from './recounts/service.ts'
import { readPublishedPrevalence } from './surveillance/publishing.ts'
import { readAlarms, readFunnel, readPrevalence } from './surveillance/service.ts'

export function birthDefectStatisticsRoutes(app: App, office: Office): void {
  useCountingNights(app, office)

  app.route({
    ...listBirthDefectIndicators,
    handler: () => ({ items: [...birthDefectCatalogue.definitions] }),
  })

  app.route({
    ...getBirthDefectIndicator,
    handler: ({ access, params, query }) => readBirthDefectIndicator(office, access, params.code, query),
  })

  app.route({
    ...downloadBirthDefectIndicators,
    handler: async ({ access, query }, reply) =>
      handedOut(reply, await birthDefectTableFile(office, access, query)),
  })

  app.route({
    ...downloadBirthDefectCascade,
    handler: async ({ access, query }, reply) => handedOut(reply, await cascadeFile(office, access, query)),
  })

  app.route({
    ...getDefectPrevalence,
    handler: ({ access, query }) =>
      (query.publication ? readPublishedPrevalence : readPrevalence)(office, access, query),
  })

  app.route({ ...getDefectAlarms, handler: ({ access, query }) => readAlarms(office, access, query) })

  app.route({ ...getDefectFunnel, handler: ({ access, query }) => readFunnel(office, access, query) })

  app.route({ ...recountBirthDefects, handler: ({ access, body }) => recount(office, access, body) })
}

type Reply = { header(name: string, value: string): Reply; send(content: Buffer): Reply }

function handedOut(reply: Reply, { name, contentType, content }: TableFile): Reply {
  return reply
    .header('content-type', contentType)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .send(content)
}
