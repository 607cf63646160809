import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { Id, Instant } from '../values.ts'
import { ChoiceRow } from './choices.ts'
import { ClientRow } from './clients.ts'
import { Consent } from './consents.ts'
import { Encounter } from './encounters.ts'
import { Episode } from './episodes.ts'
import { Complication } from './complications.ts'
import { Procedure } from './procedures.ts'

export const CareLook = z.object({
  at: Instant,
  by: z.string().nullable(),
  organisation: z.string().nullable(),
  action: z.string(),
  entity: z.string(),
  reason: z.string().nullable(),
})
export type CareLook = z.infer<typeof CareLook>

/** All that my facility keeps of a client, and what others keep where she let it be shared; newest first. */
export const CareRecord = z.object({
  client: ClientRow,
  choices: z.array(ChoiceRow),
  episodes: z.array(Episode),
  procedures: z.array(Procedure),
  complications: z.array(Complication),
  encounters: z.array(Encounter),
  consents: z.array(Consent),
  looks: z.array(CareLook),
})
export type CareRecord = z.infer<typeof CareRecord>

export const getCareRecord = defineEndpoint({
  method: 'GET',
  url: '/api/v1/persons/:id/care-record',
  schema: {
    summary: 'Her record of care: choices, methods, procedures, encounters, consents, and who looked',
    tags: ['clients'],
    params: z.strictObject({ id: Id }),
    response: { 200: CareRecord },
  },
  config: { permission: 'care.read', dataClass: 'L4' },
})
