import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id } from '../values.ts'
import {
  ChainClose,
  ChainGround,
  ChainItem,
  ChainState,
  DropReason,
  JoinGround,
  LinkReason,
} from './chain-values.ts'
import { CareText } from './fetal-sex.ts'

const tags = ['birth-defect-chains'] as [string]
const params = z.strictObject({ id: Id })
const reading = { permission: 'care.read', dataClass: 'L4' } as const
const recording = { permission: 'care.record', dataClass: 'L4', idempotent: true } as const

const Facility = z.object({ id: Id, name: z.string() })

/** One item of a chain: its window, where it stands, when and who. */
export const ChainLink = z.object({
  item: ChainItem,
  link: z.int(),
  childId: Id.nullable(),
  windowFrom: CivilDate.nullable(),
  /** The last day on which it is due. */
  windowTo: CivilDate.nullable(),
  state: ChainState,
  offeredOn: CivilDate.nullable(),
  acceptedOn: CivilDate.nullable(),
  settledOn: CivilDate.nullable(),
  positiveOn: CivilDate.nullable(),
  followedOn: CivilDate.nullable(),
  dropReason: LinkReason.nullable(),
  /** Where the last word on it was said. */
  facility: Facility.nullable(),
  recordId: Id.nullable(),
})
export type ChainLink = z.infer<typeof ChainLink>

/** 优生监护档案 */
export const Chain = z.object({
  id: Id,
  woman: z.object({ id: Id, name: z.string(), birthDate: CivilDate }),
  partnerId: Id.nullable(),
  pregnancyId: Id.nullable(),
  facility: Facility.nullable(),
  isCaseManager: z.boolean(),
  ground: ChainGround,
  openedOn: CivilDate,
  marriedOn: CivilDate.nullable(),
  expectedOn: CivilDate.nullable(),
  bornOn: CivilDate.nullable(),
  /** Completed days of gestation today, or at the birth. */
  gestationDays: z.int().nullable(),
  stoppedOn: CivilDate.nullable(),
  stopReason: ChainClose.nullable(),
  closedOn: CivilDate.nullable(),
  closeReason: ChainClose.nullable(),
  division: z.object({ code: DivisionCode, name: z.string() }),
  children: z.array(
    z.object({ id: Id, name: z.string(), bornOn: CivilDate, sequence: z.int(), plurality: z.int() }),
  ),
  facilities: z.array(
    z.object({
      id: Id,
      name: z.string(),
      ground: JoinGround,
      fromOn: CivilDate,
      untilOn: CivilDate.nullable(),
    }),
  ),
  links: z.array(ChainLink),
  version: z.int(),
})
export type Chain = z.infer<typeof Chain>

/** Of a woman: her chains; of a child: the one that it was born of. Newest first; only those in which the facility takes part. */
export const getBirthDefectChain = defineEndpoint({
  method: 'GET',
  url: '/api/v1/persons/:id/birth-defect-chain',
  schema: {
    summary: 'The chain of a woman or child: every link with its window and state',
    tags,
    params,
    response: { 200: z.object({ items: z.array(Chain) }) },
  },
  config: reading,
})

export const NewChain = z.strictObject({
  womanId: Id,
  partnerId: Id.optional(),
  ground: ChainGround,
  on: CivilDate,
  /** Of a referral from the marriage registry that the couple opted into. */
  marriedOn: CivilDate.optional(),
  /** Of a pregnancy that is not in the register. */
  expectedOn: CivilDate.optional(),
})
export type NewChain = z.output<typeof NewChain>
export const openBirthDefectChain = defineEndpoint({
  method: 'POST',
  url: '/api/v1/birth-defect-chains',
  schema: {
    summary: 'Open a chain before a marriage, before a pregnancy or in it; hers, where she has one open',
    tags,
    body: NewChain,
    response: { 201: z.object({ id: Id, isJoined: z.boolean() }) },
  },
  config: recording,
})

/** What is said of an item without a record of its own. A decline holds for good: nobody offers it again. */
export const NewChainLink = z.strictObject({
  item: ChainItem,
  childId: Id.optional(),
  event: z.enum(['OFFERED', 'ACCEPTED', 'DECLINED', 'NOT_APPLICABLE', 'MISSED', 'DONE']),
  on: CivilDate,
  reason: DropReason.optional(),
  /** Let the village bring the offer: the type of service and nothing else, and only where she agreed to be contacted. */
  tellVillage: z.boolean().default(false),
})
export type NewChainLink = z.output<typeof NewChainLink>
export const recordChainLink = defineEndpoint({
  method: 'POST',
  url: '/api/v1/birth-defect-chains/:id/links',
  schema: {
    summary: 'Offer an item, or record its acceptance, decline, why it was missed or does not apply',
    tags,
    params,
    body: NewChainLink,
    response: { 201: z.object({ id: Id, link: ChainLink }) },
  },
  config: recording,
})
export const voidChainLink = defineEndpoint({
  method: 'POST',
  url: '/api/v1/birth-defect-chains/:id/links/:recordId/void',
  schema: {
    summary: 'Take back what was said of an item; it falls back to what else is known',
    tags,
    params: z.strictObject({ id: Id, recordId: Id }),
    body: z.strictObject({ reason: CareText(200) }),
    response: { 201: z.object({ links: z.array(ChainLink) }) },
  },
  config: recording,
})

/** By her consent, given here and now; or as a referral to another facility that she agreed to. */
export const NewChainFacility = z.discriminatedUnion('ground', [
  z.strictObject({ ground: z.literal('CONSENT'), womanId: Id, on: CivilDate, hasConsented: z.literal(true) }),
  z.strictObject({ ground: z.literal('OWNER'), womanId: Id, on: CivilDate, hasConsented: z.literal(true) }),
  z.strictObject({
    ground: z.enum(['REFERRAL', 'LAB']),
    womanId: Id,
    facilityId: Id,
    on: CivilDate,
    hasConsented: z.literal(true),
  }),
])
export type NewChainFacility = z.output<typeof NewChainFacility>
export const joinBirthDefectChain = defineEndpoint({
  method: 'POST',
  url: '/api/v1/birth-defect-chain-facilities',
  schema: {
    summary: 'Take part in her chain by consent, take it over as case manager, or refer her to a facility',
    tags,
    body: NewChainFacility,
    response: { 201: z.object({ chainId: Id }) },
  },
  config: recording,
})
export const leaveBirthDefectChain = defineEndpoint({
  method: 'POST',
  url: '/api/v1/birth-defect-chains/:id/departures',
  schema: {
    summary: 'End the part of a facility in a chain; or the chain itself, where she wants no more of it',
    tags,
    params,
    body: z.strictObject({
      on: CivilDate,
      facilityId: Id.optional(),
      womanLeaves: z.boolean().default(false),
    }),
    response: { 201: z.object({ id: Id }) },
  },
  config: recording,
})
