import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, QueryFlag, Text } from '../values.ts'
import {
  ContactTier,
  FamilyKind,
  FamilyNeed,
  FamilyState,
  VisitForm,
  VisitManner,
  VisitOccasion,
  VisitOutcome,
} from './family-values.ts'
import { FamilyVisit } from './special-families.ts'

const Place = z.object({ code: DivisionCode, name: z.string() })
const tags = ['special-families'] as [string]
const params = z.strictObject({ id: Id })
const supports = { permission: 'family.support', dataClass: 'L3', idempotent: true } as const

/** What a contact has at hand: the families that she was given, and nothing of others. */
export const MyFamily = z.object({
  id: Id,
  number: z.string(),
  kind: FamilyKind,
  place: Place,
  state: FamilyState,
  tier: ContactTier,
  names: z.array(z.string()),
  firstVisitOn: CivilDate.nullable(),
  lastVisitOn: CivilDate.nullable(),
  /** The day by which the next contact is due; null once closed. */
  nextVisitBy: CivilDate.nullable(),
})
export type MyFamily = z.infer<typeof MyFamily>
export const listMyFamilies = defineEndpoint({
  method: 'GET',
  url: '/api/v1/my-special-families',
  schema: {
    summary: 'The families whose contact I am',
    tags,
    querystring: z.strictObject({ due: QueryFlag.optional() }),
    response: { 200: z.object({ items: z.array(MyFamily) }) },
  },
  config: { permission: 'family.support', dataClass: 'L3' },
})
export const MyFamilyCard = MyFamily.extend({
  people: z.array(
    z.object({
      personId: Id,
      name: z.string(),
      age: z.int(),
      phoneMask: z.string().nullable(),
      address: z.string().nullable(),
      /** Benefits that she receives: the contact may tell her how they stand. */
      entitlements: z.array(z.object({ programme: z.string(), since: CivilDate })),
    }),
  ),
  visits: z.array(FamilyVisit),
})
export type MyFamilyCard = z.infer<typeof MyFamilyCard>
export const getMyFamily = defineEndpoint({
  method: 'GET',
  url: '/api/v1/my-special-families/:id',
  schema: {
    summary: 'The contact card of a family whose contact I am; looking is recorded',
    tags,
    params,
    response: { 200: MyFamilyCard },
  },
  config: { permission: 'family.support', dataClass: 'L3' },
})
export const NewFamilyVisit = z.strictObject({
  visitedOn: CivilDate,
  manner: VisitManner,
  occasion: VisitOccasion,
  outcome: VisitOutcome,
  forms: z.array(VisitForm).max(4).optional(),
  needs: z.array(FamilyNeed).max(7).optional(),
  /** How she was; enciphered, and read only by a recorded reveal. */
  note: Text(1000).nullable().optional(),
})
export type NewFamilyVisit = z.infer<typeof NewFamilyVisit>
export const recordFamilyVisit = defineEndpoint({
  method: 'POST',
  url: '/api/v1/my-special-families/:id/visits',
  schema: {
    summary: 'Record a visit; the first one is the village contact’s, in person, and without any form',
    tags,
    params,
    body: NewFamilyVisit,
    response: { 201: MyFamilyCard },
  },
  config: supports,
})
export const voidFamilyVisit = defineEndpoint({
  method: 'POST',
  url: '/api/v1/my-special-families/:id/visits/:visitId/void',
  schema: {
    summary: 'Void a visit of mine that was entered by mistake',
    tags,
    params: z.strictObject({ id: Id, visitId: Id }),
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: MyFamilyCard },
  },
  config: supports,
})
