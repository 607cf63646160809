import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id } from '../values.ts'

/**
 * 婚姻登记告知与转介: at the marriage registration the couple hears of the free check. Only where it agrees is anything made:
 * the named facility gets an offer. Asking for it, or not, changes nothing about the registration.
 */
export const NewPremaritalReferral = z
  .strictObject({
    /** A marriage of the register, or the two who intend one. */
    marriageId: Id.optional(),
    womanId: Id.optional(),
    manId: Id.optional(),
    intendedOn: CivilDate.optional(),
    agreed: z.boolean(),
    on: CivilDate,
    facilityId: Id,
  })
  .refine(({ marriageId, womanId }) => (marriageId === undefined) !== (womanId === undefined), {
    path: ['womanId'],
    params: { code: 'required' },
  })
export type NewPremaritalReferral = z.infer<typeof NewPremaritalReferral>

/** Tells no more than that the facility will get in touch. */
export const PremaritalReferral = z.object({ isOffered: z.boolean(), facilityName: z.string().nullable() })
export type PremaritalReferral = z.infer<typeof PremaritalReferral>

export const referToPremaritalCheck = defineEndpoint({
  method: 'POST',
  url: '/api/v1/premarital-referrals',
  schema: {
    summary: 'Pass a couple that agrees from the marriage registration to the free premarital check',
    tags: ['couple-checks'],
    body: NewPremaritalReferral,
    response: { 201: PremaritalReferral },
  },
  config: { permission: 'event.record', dataClass: 'L2', idempotent: true },
})
