import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Page, PageQuery, QueryFlag } from '../values.ts'
import { CareText } from './fetal-sex.ts'

/** 早孕随访, 妊娠结局随访: item 19 of the check. */
export const PreconceptionContact = z.enum(['EARLY_PREGNANCY', 'OUTCOME'])
export type PreconceptionContact = z.infer<typeof PreconceptionContact>
export const preconceptionContacts = {
  EARLY_PREGNANCY: ['早孕随访', 'Early-pregnancy follow-up'],
  OUTCOME: ['妊娠结局随访', 'Outcome follow-up'],
} as const

export const ContactState = z.enum(['PLANNED', 'DONE', 'DECLINED', 'LOST', 'CANCELLED'])
export type ContactState = z.infer<typeof ContactState>
export const contactStates = {
  PLANNED: ['待随访', 'Planned'],
  DONE: ['已随访', 'Done'],
  DECLINED: ['本人不需要', 'Declined'],
  LOST: ['失访', 'Not reached'],
  CANCELLED: ['取消', 'Cancelled'],
} as const

export const PregnancyOutcome = z.enum([
  'LIVE_BIRTH',
  'PRETERM',
  'MISCARRIAGE',
  'INDUCED',
  'ECTOPIC',
  'STILLBIRTH',
  'DEFECT',
  'OTHER',
])
export const pregnancyOutcomes = {
  LIVE_BIRTH: ['足月活产', 'Live birth at term'],
  PRETERM: ['早产', 'Preterm birth'],
  MISCARRIAGE: ['自然流产', 'Miscarriage'],
  INDUCED: ['人工终止', 'Induced abortion'],
  ECTOPIC: ['异位妊娠', 'Ectopic pregnancy'],
  STILLBIRTH: ['死胎死产', 'Stillbirth'],
  DEFECT: ['出生缺陷', 'Birth defect'],
  OTHER: ['其他', 'Other'],
} as const

export const PreconceptionFollowUp = z.object({
  id: Id,
  checkId: Id,
  chainId: Id.nullable(),
  client: z.object({ id: Id, name: z.string(), birthDate: CivilDate }),
  contact: PreconceptionContact,
  dueFrom: CivilDate,
  dueTo: CivilDate,
  state: ContactState,
  contactedOn: CivilDate.nullable(),
  isPregnant: z.boolean().nullable(),
  lastMenstruationOn: CivilDate.nullable(),
  tookFolicAcid: z.boolean().nullable(),
  outcome: PregnancyOutcome.nullable(),
  outcomeOn: CivilDate.nullable(),
  note: z.string().nullable(),
  version: z.int(),
})
export type PreconceptionFollowUp = z.infer<typeof PreconceptionFollowUp>

const tags = ['couple-checks'] as [string]

export const listPreconceptionFollowUps = defineEndpoint({
  method: 'GET',
  url: '/api/v1/preconception-follow-ups',
  schema: {
    summary: 'Contacts due after preconception checks, the earliest first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      clientId: Id.optional(),
      contact: PreconceptionContact.optional(),
      /** Windows that are open or over. */
      isDue: QueryFlag.optional(),
      state: ContactState.optional(),
    }),
    response: { 200: Page(PreconceptionFollowUp) },
  },
  config: { permission: 'care.read', dataClass: 'L4' },
})

export const FollowedUp = z.strictObject({
  state: ContactState.exclude(['PLANNED', 'CANCELLED']),
  contactedOn: CivilDate,
  isPregnant: z.boolean().nullable().default(null),
  lastMenstruationOn: CivilDate.nullable().default(null),
  tookFolicAcid: z.boolean().nullable().default(null),
  outcome: PregnancyOutcome.nullable().default(null),
  outcomeOn: CivilDate.nullable().default(null),
  note: CareText(1000).nullable().default(null),
})
export type FollowedUp = z.infer<typeof FollowedUp>

export const followUpPreconception = defineEndpoint({
  method: 'PATCH',
  url: '/api/v1/preconception-follow-ups/:id',
  schema: {
    summary: 'What a contact after the check came to; a pregnancy plans the contact after its outcome',
    tags,
    params: z.strictObject({ id: Id }),
    body: FollowedUp,
    response: { 200: PreconceptionFollowUp },
  },
  config: { permission: 'care.record', dataClass: 'L4', conditional: true },
})
