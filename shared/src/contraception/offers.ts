import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { Month } from '../population/book.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, QueryFlag } from '../values.ts'
import { OfferService } from './protocols.ts'

export const offerOriginNames = {
  REQUESTED: ['本人提出', 'Asked for'],
  DUE: ['到期提供', 'Due'],
  INVITED: ['邀请', 'Invited'],
} as const satisfies Record<string, readonly [string, string]>
export const OfferOrigin = z.enum(
  Object.keys(offerOriginNames) as [keyof typeof offerOriginNames, ...(keyof typeof offerOriginNames)[]],
)
export type OfferOrigin = z.infer<typeof OfferOrigin>

/** How an offer leaves the list. */
export const offerClosingNames = {
  DONE: ['已服务', 'Done'],
  DECLINED: ['本人谢绝', 'Declined'],
  MOVED: ['已迁出', 'Moved'],
  NOT_NEEDED: ['不再需要', 'Not needed'],
  UNREACHABLE: ['未联系上', 'Not reached'],
  DIED: ['已故', 'Died'],
  EXPIRED: ['已过期', 'Expired'],
} as const satisfies Record<string, readonly [string, string]>
export const OfferClosing = z.enum(
  Object.keys(offerClosingNames) as [keyof typeof offerClosingNames, ...(keyof typeof offerClosingNames)[]],
)
export type OfferClosing = z.infer<typeof OfferClosing>

export const contactChannelNames = {
  VILLAGE: ['村级工作人员', 'Village worker'],
  FACILITY: ['服务机构', 'At the facility'],
  PHONE: ['电话', 'Phone'],
  MESSAGE: ['短信、微信', 'Message'],
  PORTAL: ['网上', 'Online'],
} as const satisfies Record<string, readonly [string, string]>
export const ContactChannel = z.enum(
  Object.keys(contactChannelNames) as [
    keyof typeof contactChannelNames,
    ...(keyof typeof contactChannelNames)[],
  ],
)
export type ContactChannel = z.infer<typeof ContactChannel>

export const preferenceKindNames = {
  OPT_OUT: ['不再联系', 'Do not contact'],
  CONSENT: ['同意村级联系', 'The village may contact'],
} as const satisfies Record<string, readonly [string, string]>
export const PreferenceKind = z.enum(
  Object.keys(preferenceKindNames) as [
    keyof typeof preferenceKindNames,
    ...(keyof typeof preferenceKindNames)[],
  ],
)
export type PreferenceKind = z.infer<typeof PreferenceKind>
export const PreferenceService = z.enum(['ALL', ...OfferService.options])
export type PreferenceService = z.infer<typeof PreferenceService>

/** A service on the list, as the village sees it: what type, of whom, how far; no method, no result, no programme (E8). */
export const ServiceOffer = z.object({
  id: Id,
  client: z.object({
    id: Id,
    name: z.string(),
    birthDate: z.string().nullable(),
    phone: z.string().nullable(),
    address: z.string().nullable(),
    division: z.object({ code: DivisionCode, name: z.string() }),
  }),
  service: OfferService,
  origin: OfferOrigin,
  openedOn: CivilDate,
  dueOn: CivilDate,
  acceptedOn: CivilDate.nullable(),
  bookedOn: CivilDate.nullable(),
  facility: z.object({ id: Id, name: z.string() }).nullable(),
  /** At most two. */
  reminders: z.int(),
  /** The first day on which a further reminder may be sent; null where none may. */
  remindFrom: CivilDate.nullable(),
  closedOn: CivilDate.nullable(),
  closing: OfferClosing.nullable(),
  version: z.int(),
})
export type ServiceOffer = z.infer<typeof ServiceOffer>

const params = z.strictObject({ id: Id })
const recording = { permission: 'offer.record', dataClass: 'L2', idempotent: true } as const

export const listServiceOffers = defineEndpoint({
  method: 'GET',
  url: '/api/v1/service-offers',
  schema: {
    summary: 'Services asked for or accepted in my area, in the order of their day',
    tags: ['service-offers'],
    querystring: z.strictObject({
      ...PageQuery,
      division: DivisionCode.optional(),
      service: OfferService.optional(),
      origin: OfferOrigin.optional(),
      /** Accepted or asked for; false: not answered yet. */
      accepted: QueryFlag.optional(),
      clientId: Id.optional(),
      /** Of the closed ones: those of the present and the last month. */
      closed: QueryFlag.optional(),
    }),
    response: { 200: Page(ServiceOffer) },
  },
  config: { permission: 'offer.read', dataClass: 'L2' },
})
export const getServiceOffer = defineEndpoint({
  method: 'GET',
  url: '/api/v1/service-offers/:id',
  schema: { summary: 'One offer', tags: ['service-offers'], params, response: { 200: ServiceOffer } },
  config: { permission: 'offer.read', dataClass: 'L2' },
})

export const NewServiceRequest = z.strictObject({
  clientId: Id,
  service: OfferService,
  /** How she asked. */
  channel: ContactChannel,
  /** When she would like it. */
  dueOn: CivilDate.optional(),
  facilityId: Id.optional(),
  /** She had opted out of this service, and takes that back by asking. */
  resume: z.boolean().default(false),
})
export type NewServiceRequest = z.output<typeof NewServiceRequest>
export const requestService = defineEndpoint({
  method: 'POST',
  url: '/api/v1/service-offers',
  schema: {
    summary: 'Somebody asks for a service: put it on the list',
    tags: ['service-offers'],
    body: NewServiceRequest,
    response: { 201: ServiceOffer },
  },
  config: recording,
})

export const offerAnswerNames = {
  ACCEPT: ['接受', 'Accepts'],
  DECLINE: ['谢绝', 'Declines'],
  OPT_OUT: ['谢绝并不再联系', 'Declines, and no more contact'],
  DONE: ['已服务', 'Done'],
  NOT_NEEDED: ['不再需要', 'Not needed any more'],
} as const satisfies Record<string, readonly [string, string]>
export const OfferAnswer = z.strictObject({
  answer: z.enum(
    Object.keys(offerAnswerNames) as [keyof typeof offerAnswerNames, ...(keyof typeof offerAnswerNames)[]],
  ),
  channel: ContactChannel,
  /** Of an acceptance: the day agreed. */
  bookedOn: CivilDate.optional(),
})
export type OfferAnswer = z.output<typeof OfferAnswer>
export const answerOffer = defineEndpoint({
  method: 'POST',
  url: '/api/v1/service-offers/:id/answers',
  schema: {
    summary:
      'Record her answer; a refusal ends it, has no other consequence, and is not asked again in the cycle',
    tags: ['service-offers'],
    params,
    body: OfferAnswer,
    response: { 201: ServiceOffer },
  },
  config: recording,
})

export const NewReminder = z.strictObject({
  channel: ContactChannel,
  /** Whether she was reached; a second try in vain ends the offer. */
  wasReached: z.boolean().default(true),
})
export type NewReminder = z.output<typeof NewReminder>
export const remindOfOffer = defineEndpoint({
  method: 'POST',
  url: '/api/v1/service-offers/:id/reminders',
  schema: {
    summary: 'Record a reminder: two at most, a week apart, never from 21:00 to 08:00',
    tags: ['service-offers'],
    params,
    body: NewReminder,
    response: { 201: ServiceOffer },
  },
  config: recording,
})

export const ContactPreference = z.object({
  id: Id,
  kind: PreferenceKind,
  service: PreferenceService,
  channel: ContactChannel,
  occurredOn: CivilDate,
  endedOn: CivilDate.nullable(),
  recordedBy: z.string().nullable(),
  recordedAt: Instant,
})
export type ContactPreference = z.infer<typeof ContactPreference>
export const listContactPreferences = defineEndpoint({
  method: 'GET',
  url: '/api/v1/persons/:id/contact-preferences',
  schema: {
    summary: 'What somebody said about being contacted for services',
    tags: ['service-offers'],
    params,
    response: { 200: z.object({ items: z.array(ContactPreference) }) },
  },
  config: { permission: 'offer.read', dataClass: 'L2' },
})
export const NewContactPreference = z.strictObject({
  kind: PreferenceKind,
  service: PreferenceService,
  channel: ContactChannel,
})
export type NewContactPreference = z.output<typeof NewContactPreference>
export const stateContactPreference = defineEndpoint({
  method: 'POST',
  url: '/api/v1/persons/:id/contact-preferences',
  schema: {
    summary: 'Record an opt-out, for ever after, or a consent to be contacted by the village',
    tags: ['service-offers'],
    params,
    body: NewContactPreference,
    response: { 201: ContactPreference },
  },
  config: recording,
})
export const endContactPreference = defineEndpoint({
  method: 'POST',
  url: '/api/v1/persons/:id/contact-preferences/:preferenceId/end',
  schema: {
    summary: 'She takes an opt-out or a consent back herself',
    tags: ['service-offers'],
    params: z.strictObject({ id: Id, preferenceId: Id }),
    body: z.strictObject({ channel: ContactChannel }),
    response: { 201: ContactPreference },
  },
  config: recording,
})

const Equation = z.object({
  opening: z.int(),
  opened: z.int(),
  done: z.int(),
  declined: z.int(),
  moved: z.int(),
  notNeeded: z.int(),
  unreachable: z.int(),
  died: z.int(),
  expired: z.int(),
  closing: z.int(),
})
export type Equation = z.infer<typeof Equation>

/** opening + opened − closed = closing, of a village's list. */
export const VillageMonth = Equation.extend({
  division: z.object({ code: DivisionCode, name: z.string() }),
  service: OfferService,
})
export type VillageMonth = z.infer<typeof VillageMonth>
export const listVillageMonths = defineEndpoint({
  method: 'GET',
  url: '/api/v1/due-service-months',
  schema: {
    summary: 'The month’s account of the lists in my villages: opening + opened − closed = closing',
    tags: ['service-offers'],
    querystring: z.strictObject({ month: Month, division: DivisionCode.optional() }),
    response: { 200: z.object({ month: Month, isClosed: z.boolean(), items: z.array(VillageMonth) }) },
  },
  config: { permission: 'offer.read', dataClass: 'L1' },
})

const Closings = Equation.omit({ opening: true, opened: true, closing: true })
/** As a county reads it. Reasons are left out where one of them is small. */
export const CountyEquation = Equation.pick({ opening: true, opened: true, closing: true }).extend({
  closed: z.int(),
  reasons: Closings.nullable(),
})
export type CountyEquation = z.infer<typeof CountyEquation>

/** A row with a small number is hidden as a whole, and one more with it, so that none can be worked out. */
export const TownshipMonth = z.object({
  division: z.object({ code: DivisionCode, name: z.string() }),
  service: OfferService,
  equation: CountyEquation.nullable(),
  suppressed: z.boolean(),
})
export type TownshipMonth = z.infer<typeof TownshipMonth>
export const listTownshipMonths = defineEndpoint({
  method: 'GET',
  url: '/api/v1/due-service-statistics',
  schema: {
    summary: 'The month’s account of all facilities by township, and of the county',
    tags: ['service-offers'],
    querystring: z.strictObject({ month: Month, facilityId: Id.optional() }),
    response: {
      200: z.object({
        month: Month,
        isClosed: z.boolean(),
        items: z.array(TownshipMonth),
        totals: z.array(
          z.object({ service: OfferService, equation: CountyEquation.nullable(), suppressed: z.boolean() }),
        ),
      }),
    },
  },
  config: { permission: 'care-statistics.read', dataClass: 'L0' },
})

/** Closes a month that is over; nothing is asked of anybody by it. Every night the same is done for the month before. */
export const closeDueServices = defineEndpoint({
  method: 'POST',
  url: '/api/v1/due-service-months/:month/closings',
  schema: {
    summary: 'Close the account of a month that is over',
    tags: ['service-offers'],
    params: z.strictObject({ month: Month }),
    response: { 201: z.object({ month: Month, rows: z.int(), closedAt: Instant }) },
  },
  config: { permission: 'care-rule.manage', dataClass: 'L0', idempotent: true },
})
