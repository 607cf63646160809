import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { RiskColour } from '../population/value-sets.ts'
import { CivilDate, Id, Page, PageQuery, QueryFlag } from '../values.ts'
import { AntenatalContactRow, AntenatalStep } from './antenatal-contacts.ts'
import { ContactValues, KnownValue, WomanOfContact } from './contact-values.ts'
import { RowCode } from './decision-support.ts'
import { PostnatalContact } from './postnatal-contacts.ts'
import { ReferralRow } from './referrals.ts'
import { ColourPoint } from './risk.ts'

/** One line of the schedule that follows from the expected day. */
export const ScheduleStep = z.object({
  item: AntenatalStep,
  fromDays: z.int(),
  toDays: z.int(),
  from: CivilDate,
  to: CivilDate,
  state: z.enum(['NOT_DUE', 'DUE', 'DONE', 'PASSED']),
  doneOn: CivilDate.nullable(),
})
export type ScheduleStep = z.infer<typeof ScheduleStep>

export const needsOfCare = {
  PLAN: ['待建专案', 'Plan to be made'],
  LATE: ['已过预约日', 'Past the day agreed'],
  HIGH: ['橙、红、紫色', 'Orange, red, purple'],
  POSTNATAL: ['待产后访视', 'Postnatal visit due'],
} as const
export const CareNeed = z.enum(['PLAN', 'LATE', 'HIGH', 'POSTNATAL'])
export type CareNeed = z.infer<typeof CareNeed>

export const AntenatalCareRow = z.object({
  /** The pregnancy. */
  id: Id,
  woman: WomanOfContact,
  expectedOn: CivilDate,
  gestationDays: z.int().nullable(),
  endedOn: CivilDate.nullable(),
  colour: RiskColour,
  isPurple: z.boolean(),
  firstOn: CivilDate,
  lastOn: CivilDate,
  nextOn: CivilDate.nullable(),
  contacts: z.int(),
  planDueSince: CivilDate.nullable(),
  planId: Id.nullable(),
})
export type AntenatalCareRow = z.infer<typeof AntenatalCareRow>

export const AntenatalCare = z.object({
  pregnancy: z.object({
    id: Id,
    woman: WomanOfContact.extend({ idNumberMask: z.string().nullable(), phoneMask: z.string().nullable() }),
    status: z.string(),
    expectedOn: CivilDate,
    gestationDays: z.int().nullable(),
    endedOn: CivilDate.nullable(),
    bornOn: CivilDate.nullable(),
    registeredOn: CivilDate,
    colour: RiskColour,
  }),
  chainId: Id.nullable(),
  isPurple: z.boolean(),
  schedule: z.array(ScheduleStep),
  /** The first item that is due and not done. */
  next: ScheduleStep.nullable(),
  nextOn: CivilDate.nullable(),
  /** What still holds today, for the form to go on from. */
  known: z.array(KnownValue),
  items: z.array(RowCode),
  colours: z.array(ColourPoint),
  /** The latest first; values of contacts that the facility may read. */
  contacts: z.array(AntenatalContactRow.extend({ values: ContactValues })),
  planDueSince: CivilDate.nullable(),
  planId: Id.nullable(),
  referrals: z.array(ReferralRow),
  postnatal: z.array(PostnatalContact),
})
export type AntenatalCare = z.infer<typeof AntenatalCare>

export const WomanPregnancy = z.object({
  id: Id,
  status: z.string(),
  expectedOn: CivilDate,
  gestationDays: z.int().nullable(),
  endedOn: CivilDate.nullable(),
  bornOn: CivilDate.nullable(),
  isMine: z.boolean(),
})
export type WomanPregnancy = z.infer<typeof WomanPregnancy>

const params = z.strictObject({ id: Id })
const reading = { permission: 'care.read', dataClass: 'L4' } as const

export const listAntenatalCare = defineEndpoint({
  method: 'GET',
  url: '/api/v1/antenatal-care',
  schema: {
    summary: 'Women in antenatal care of my facility, with what each needs, the next day first',
    tags: ['antenatal-care'],
    querystring: z.strictObject({
      ...PageQuery,
      need: CareNeed.optional(),
      colour: RiskColour.optional(),
      /** Pregnancies that have ended are left out otherwise. */
      ended: QueryFlag.optional(),
    }),
    response: { 200: Page(AntenatalCareRow) },
  },
  config: reading,
})

export const getAntenatalCare = defineEndpoint({
  method: 'GET',
  url: '/api/v1/antenatal-care/:id',
  schema: {
    summary: 'The care of one pregnancy: schedule, contacts, colours, plan, referrals',
    tags: ['antenatal-care'],
    params,
    response: { 200: AntenatalCare },
  },
  config: reading,
})

export const listPregnanciesOfClient = defineEndpoint({
  method: 'GET',
  url: '/api/v1/clients/:id/pregnancies',
  schema: {
    summary: 'The pregnancies of a client, the latest first: where antenatal care begins',
    tags: ['antenatal-care'],
    params,
    response: { 200: z.object({ items: z.array(WomanPregnancy) }) },
  },
  config: reading,
})
