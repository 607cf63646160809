import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Text } from '../values.ts'

const tags = ['defect-surveillance'] as [string]
const params = z.strictObject({ id: Id })
const reporting = { permission: 'care.report', dataClass: 'L4' } as const
const reviewing = { permission: 'care.review', dataClass: 'L4' } as const

export const photoConsents = {
  MOTHER: ['母亲', 'Mother'],
  FATHER: ['父亲', 'Father'],
  GUARDIAN: ['其他监护人', 'Another guardian'],
} as const
export const PhotoConsent = z.enum(['MOTHER', 'FATHER', 'GUARDIAN'])
export const photoTypes = ['image/jpeg', 'image/png', 'image/webp'] as const

/** 登记卡照片: of a born child, with the consent of who answers for it. */
export const DefectPhoto = z.object({
  id: Id,
  cardId: Id,
  mediaType: z.enum(photoTypes),
  size: z.int(),
  consentBy: PhotoConsent,
  consentOn: CivilDate,
  recordedAt: Instant,
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
})
export type DefectPhoto = z.infer<typeof DefectPhoto>
const photos = z.object({ items: z.array(DefectPhoto) })

/** multipart: `consentBy`, `consentOn`, `file` (JPEG, PNG or WebP, at most 5 MiB). */
export const addDefectPhoto = defineEndpoint({
  method: 'POST',
  url: '/api/v1/defect-cards/:id/photos',
  schema: {
    summary: 'Add a photograph of a born child to its card, with the consent that was given',
    tags,
    params,
    consumes: ['multipart/form-data'],
    response: { 201: DefectPhoto },
  },
  config: { ...reporting, multipart: true, idempotent: true },
})
export const listDefectPhotos = defineEndpoint({
  method: 'GET',
  url: '/api/v1/defect-cards/:id/photos',
  schema: {
    summary: 'The photographs of a card, removed ones by their reason',
    tags,
    params,
    response: { 200: photos },
  },
  config: reporting,
})
export const readDefectPhoto = defineEndpoint({
  method: 'GET',
  url: '/api/v1/defect-photos/:id/content',
  schema: {
    summary: 'A photograph itself; every look is recorded',
    tags,
    params,
    response: { 200: z.string() },
  },
  config: { ...reporting, raw: true },
})
export const voidDefectPhoto = defineEndpoint({
  method: 'POST',
  url: '/api/v1/defect-photos/:id/void',
  schema: {
    summary: 'Remove a photograph with a reason: the picture is erased, that it was there stays',
    tags,
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: DefectPhoto },
  },
  config: { ...reporting, idempotent: true },
})
export const listPhotosToReview = defineEndpoint({
  method: 'GET',
  url: '/api/v1/defect-reviews/:id/photos',
  schema: {
    summary: 'The photographs of a submitted card of the area',
    tags,
    params,
    response: { 200: photos },
  },
  config: reviewing,
})
export const readPhotoToReview = defineEndpoint({
  method: 'GET',
  url: '/api/v1/defect-photo-reviews/:id/content',
  schema: {
    summary: 'A photograph of a submitted card of the area; every look is recorded',
    tags,
    params,
    response: { 200: z.string() },
  },
  config: { ...reviewing, raw: true },
})
