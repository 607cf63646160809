import * as contracts from '@youyu/shared/birth-defects/defect-photos'
import type { App, Office } from '../../../office.ts'
import { receiveFile } from '../../subsidies/index.ts'
import { addPhoto, listPhotos, readPhoto, removePhoto } from './service.ts'

const headersOf = (mediaType: string) => ({
  'content-type': mediaType,
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; sandbox",
})

export function defectPhotoRoutes(app: App, office: Office): void {
  app.route({
    ...contracts.addDefectPhoto,
    handler: async (request, reply) => {
      const received = await receiveFile(request, ['consentBy', 'consentOn'])
      return await reply.code(201).send(await addPhoto(office, request.access, request.params.id, received))
    },
  })

  app.route({
    ...contracts.listDefectPhotos,
    handler: ({ access, params }) => listPhotos(office, access, params.id),
  })

  app.route({
    ...contracts.listPhotosToReview,
    handler: ({ access, params }) => listPhotos(office, access, params.id),
  })

  app.route({
    ...contracts.readDefectPhoto,
    handler: async ({ access, params }, reply) => {
      const { mediaType, content } = await readPhoto(office, access, params.id)
      return await reply.headers(headersOf(mediaType)).send(content as never)
    },
  })

  app.route({
    ...contracts.readPhotoToReview,
    handler: async ({ access, params }, reply) => {
      const { mediaType, content } = await readPhoto(office, access, params.id)
      return await reply.headers(headersOf(mediaType)).send(content as never)
    },
  })

  app.route({
    ...contracts.voidDefectPhoto,
    handler: async ({ access, params, body }, reply) =>
      await reply.code(201).send(await removePhoto(office, access, params.id, body.reason)),
  })
}
