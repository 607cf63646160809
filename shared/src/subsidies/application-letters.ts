import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id } from '../values.ts'
import { ProgrammeCode } from './programmes.ts'

const tags = ['applications'] as [string]
const params = z.strictObject({ id: Id })

/** 通知书: what the applicant is told in writing. */
export const ApplicationLetter = z.object({
  kind: z.enum(['MISSING', 'RETURNED', 'CONFIRMED', 'REFUSED', 'UPHELD', 'RECEIVED']),
  number: z.string(),
  on: CivilDate,
  countyName: z.string(),
  office: z.string(),
  programme: z.object({ code: ProgrammeCode, zh: z.string(), en: z.string() }),
  basis: z.array(z.string()),
  applicantName: z.string(),
  subjectName: z.string(),
  place: z.string(),
  filedOn: CivilDate,
  claimYear: z.int().nullable(),
  level: z.string(),
  items: z.array(z.string()),
  reason: z.string().nullable(),
  failing: z.array(
    z.object({
      zh: z.string(),
      en: z.string(),
      value: z.object({ zh: z.string(), en: z.string() }).nullable(),
    }),
  ),
  nearest: z.object({ zh: z.string(), en: z.string() }).nullable(),
  appealUntil: CivilDate.nullable(),
  reconsiderationDays: z.int(),
})
export type ApplicationLetter = z.infer<typeof ApplicationLetter>

export const getApplicationLetter = defineEndpoint({
  method: 'GET',
  url: '/api/v1/applications/:id/letter',
  schema: {
    summary: 'The letter that the applicant is handed, with her name; the look is recorded',
    tags,
    params,
    response: { 200: ApplicationLetter },
  },
  config: { permission: 'application.file', dataClass: 'L3' },
})
