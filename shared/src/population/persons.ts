import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, Purpose, QueryFlag, Text } from '../values.ts'
import {
  DatePrecision,
  Education,
  Ethnicity,
  Evidence,
  HukouType,
  IdType,
  MaritalStatus,
  PersonStatus,
  Relation,
  ResidenceStatus,
  Sex,
  Source,
} from './value-sets.ts'

const PlaceName = z.object({ code: DivisionCode, name: z.string() })

/** A person as a list shows her: identity number, phone and address masked; name and birth date masked below L2. */
export const PersonRow = z.object({
  id: Id,
  name: z.string(),
  sex: Sex,
  birthDate: z.string(),
  idNumber: z.string().nullable(),
  residence: PlaceName,
  hukou: PlaceName,
  residenceStatus: ResidenceStatus,
  householdId: Id.nullable(),
  householdNumber: z.string().nullable(),
  relationToHead: Relation.nullable(),
  phone: z.string().nullable(),
  status: PersonStatus,
})
export type PersonRow = z.infer<typeof PersonRow>

export const Person = PersonRow.extend({
  idType: IdType,
  birthDatePrecision: DatePrecision,
  ethnicity: z.string().nullable(),
  education: Education.nullable(),
  maritalStatus: MaritalStatus.nullable(),
  hukouType: HukouType.nullable(),
  residenceSince: CivilDate.nullable(),
  address: z.string().nullable(),
  mother: z.object({ id: Id, name: z.string() }).nullable(),
  father: z.object({ id: Id, name: z.string() }).nullable(),
  /** Where the record went when it was merged. */
  mergedInto: Id.nullable(),
  source: Source,
  recordedAt: Instant,
  updatedAt: Instant,
  /** Findings that do not hinder the record: I2 sex or birth date differs from the number, and so on. */
  findings: z.array(z.string()),
  version: z.int(),
})
export type Person = z.infer<typeof Person>

const personFilters = {
  /** Subtree of the residence. */
  division: DivisionCode.optional(),
  /** Subtree of the hukou. */
  hukou: DivisionCode.optional(),
  sex: Sex.optional(),
  ageFrom: z.coerce.number().int().min(0).max(130).optional(),
  ageTo: z.coerce.number().int().min(0).max(130).optional(),
  residenceStatus: ResidenceStatus.optional(),
  status: PersonStatus.optional(),
  /** Only those whom the counts hold: the living who are residents (常住), or whose hukou stands (户籍). */
  counted: z.enum(['residents', 'registered']).optional(),
}
export const PersonFilter = z.strictObject(personFilters)
export type PersonFilter = z.infer<typeof PersonFilter>

export const listPersons = defineEndpoint({
  method: 'GET',
  url: '/api/v1/persons',
  schema: {
    summary: 'People in my area, in order of residence; the total only on request',
    tags: ['persons'],
    querystring: z.strictObject({ ...PageQuery, ...personFilters, total: QueryFlag.optional() }),
    response: { 200: Page(PersonRow).extend({ total: z.int().nullable() }) },
  },
  config: { permission: 'person.read', dataClass: 'L2' },
})

/** How a search hit was found; `fuzzy` is always said. */
export const MatchKind = z.enum([
  'id-number',
  'phone',
  'household-number',
  'name',
  'name-part',
  'pinyin',
  'initials',
  'fuzzy',
])
export type MatchKind = z.infer<typeof MatchKind>

export const searchPersons = defineEndpoint({
  method: 'GET',
  url: '/api/v1/persons/search',
  schema: {
    summary: 'One box: name, part of a name, pinyin, initials, identity number, phone or household number',
    tags: ['persons'],
    querystring: z.strictObject({
      q: Text(60),
      limit: z.coerce.number().int().min(1).max(100).default(20),
      cursor: PageQuery.cursor,
      ...personFilters,
    }),
    response: { 200: Page(PersonRow.extend({ match: MatchKind })) },
  },
  config: { permission: 'person.read', dataClass: 'L2' },
})

const personParams = z.strictObject({ id: Id })

export const getPerson = defineEndpoint({
  method: 'GET',
  url: '/api/v1/persons/:id',
  schema: {
    summary: 'One person, now or as recorded at a moment',
    tags: ['persons'],
    params: personParams,
    querystring: z.strictObject({ asOf: Instant.optional() }),
    response: { 200: Person },
  },
  config: { permission: 'person.read', dataClass: 'L2' },
})

const IdNumber = z.string().trim().min(1).max(40)
const Phone = z
  .string()
  .trim()
  .max(20)
  .regex(/^[0-9+() -]{5,20}$/)

const identityFields = {
  name: Text(50),
  sex: Sex,
  birthDate: CivilDate,
  birthDatePrecision: DatePrecision,
  idType: IdType,
  idNumber: IdNumber.nullable(),
  ethnicity: Ethnicity.nullable(),
  education: Education.nullable(),
  maritalStatus: MaritalStatus.nullable(),
  hukouDivision: DivisionCode,
  hukouType: HukouType.nullable(),
  address: Text(200).nullable(),
  phone: Phone.nullable(),
  motherId: Id.nullable(),
  fatherId: Id.nullable(),
}

export const NewPerson = z
  .strictObject({
    ...identityFields,
    residenceDivision: DivisionCode,
    residenceStatus: ResidenceStatus,
    residenceSince: CivilDate.nullable(),
    householdId: Id.nullable(),
    relationToHead: Relation.nullable(),
  })
  .partial({
    birthDatePrecision: true,
    idType: true,
    idNumber: true,
    ethnicity: true,
    education: true,
    maritalStatus: true,
    hukouType: true,
    address: true,
    phone: true,
    motherId: true,
    fatherId: true,
    residenceSince: true,
    householdId: true,
    relationToHead: true,
  })
export type NewPerson = z.infer<typeof NewPerson>

export const createPerson = defineEndpoint({
  method: 'POST',
  url: '/api/v1/persons',
  schema: { summary: 'Register a person', tags: ['persons'], body: NewPerson, response: { 201: Person } },
  config: { permission: 'person.create', dataClass: 'L2', idempotent: true },
})

/** What an action would do, told before it is done. Values are masked as the reader's rights demand. */
export const ChangePreview = z.object({
  changes: z.array(
    z.object({
      entity: z.enum(['person', 'household', 'residence']),
      id: Id,
      label: z.string(),
      field: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
  /** Finding codes that the change would raise (domain §7.5). */
  findings: z.array(z.string()),
})
export type ChangePreview = z.infer<typeof ChangePreview>
const dryRun = z.strictObject({ dryRun: QueryFlag.optional() })

export const Correction = z.strictObject({
  set: z
    .strictObject(identityFields)
    .partial()
    .refine((fields) => Object.keys(fields).length > 0),
  reason: Text(200),
})
export type Correction = z.infer<typeof Correction>

/** With `dryRun=true` answers 200 and a preview and changes nothing. */
export const correctPerson = defineEndpoint({
  method: 'POST',
  url: '/api/v1/persons/:id/corrections',
  schema: {
    summary: 'Correct what was recorded wrongly: voids and replaces, with a reason',
    tags: ['persons'],
    params: personParams,
    querystring: dryRun,
    body: Correction,
    response: { 200: ChangePreview, 201: Person },
  },
  config: { permission: 'person.correct', dataClass: 'L2', idempotent: true, conditional: true },
})

export const movePerson = defineEndpoint({
  method: 'POST',
  url: '/api/v1/persons/:id/residence-episodes',
  schema: {
    summary: 'Record where a person lives from a day on; earlier and later episodes are fitted around it',
    tags: ['persons'],
    params: personParams,
    querystring: dryRun,
    body: z.strictObject({
      divisionCode: DivisionCode,
      from: CivilDate,
      to: CivilDate.nullable().optional(),
      status: ResidenceStatus,
      evidence: Evidence.optional(),
      expectedReturn: CivilDate.optional(),
      address: Text(200).optional(),
    }),
    response: { 200: ChangePreview, 201: Person },
  },
  config: { permission: 'person.correct', dataClass: 'L2', idempotent: true, conditional: true },
})

export const voidResidenceEpisode = defineEndpoint({
  method: 'POST',
  url: '/api/v1/persons/:id/residence-episodes/:episodeId/void',
  schema: {
    summary: 'Void a residence episode that was recorded wrongly',
    tags: ['persons'],
    params: z.strictObject({ id: Id, episodeId: Id }),
    querystring: dryRun,
    body: z.strictObject({ reason: Text(200) }),
    response: { 200: ChangePreview, 201: Person },
  },
  config: { permission: 'person.correct', dataClass: 'L2', idempotent: true, conditional: true },
})

export const ResidenceEpisode = z.object({
  id: Id,
  division: PlaceName,
  /** Null where it is not known since when. */
  from: CivilDate.nullable(),
  to: CivilDate.nullable(),
  status: ResidenceStatus,
  evidence: Evidence.nullable(),
  expectedReturn: CivilDate.nullable(),
  recordedAt: Instant,
  recordedBy: z.string().nullable(),
  source: Source,
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
})
export type ResidenceEpisode = z.infer<typeof ResidenceEpisode>

export const PersonFact = z.object({
  id: Id,
  kind: z.enum([
    'registered',
    'corrected',
    'moved',
    'merged',
    'unmerged',
    'household',
    'division-change',
    'born',
    'died',
    'married',
    'hukou-moved',
    'parentage',
  ]),
  occurredOn: CivilDate.nullable(),
  recordedAt: Instant,
  recordedBy: z.string().nullable(),
  source: Source,
  reason: z.string().nullable(),
  changes: z.array(
    z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
  voidedAt: Instant.nullable(),
})
export type PersonFact = z.infer<typeof PersonFact>

export const getPersonHistory = defineEndpoint({
  method: 'GET',
  url: '/api/v1/persons/:id/history',
  schema: {
    summary: 'Everything recorded of a person: facts, residence, voided rows included',
    tags: ['persons'],
    params: personParams,
    response: { 200: z.object({ facts: z.array(PersonFact), residence: z.array(ResidenceEpisode) }) },
  },
  config: { permission: 'person.read', dataClass: 'L2' },
})

export const RevealField = z.enum(['name', 'birthDate', 'idNumber', 'phone', 'address'])
export const revealPerson = defineEndpoint({
  method: 'POST',
  url: '/api/v1/persons/:id/reveal',
  schema: {
    summary: 'See masked fields for fifteen minutes; logged, limited per day',
    tags: ['persons'],
    params: personParams,
    body: z.strictObject({ fields: z.array(RevealField).min(1).max(5), purpose: Purpose, reason: Text(200) }),
    response: {
      200: z.object({
        values: z.partialRecord(RevealField, z.string().nullable()),
        expiresAt: Instant,
        remainingToday: z.int(),
      }),
    },
  },
  config: { permission: 'person.reveal', dataClass: 'L3' },
})

export const PersonMerge = z.object({
  id: Id,
  keptId: Id,
  mergedId: Id,
  reason: z.string(),
  recordedAt: Instant,
  undoneAt: Instant.nullable(),
})
export type PersonMerge = z.infer<typeof PersonMerge>

export const mergePersons = defineEndpoint({
  method: 'POST',
  url: '/api/v1/person-merges',
  schema: {
    summary: 'Two records of one person become one; nothing is lost and it can be undone',
    tags: ['persons'],
    querystring: dryRun,
    body: z.strictObject({
      keepId: Id,
      mergeId: Id,
      /** Fields whose value is taken from the record that goes. */
      take: z
        .array(
          z.enum(
            Object.keys(identityFields) as [keyof typeof identityFields, ...(keyof typeof identityFields)[]],
          ),
        )
        .default([]),
      reason: Text(200),
    }),
    response: { 200: ChangePreview, 201: PersonMerge },
  },
  config: { permission: 'person.merge', dataClass: 'L2', idempotent: true },
})
export const undoMerge = defineEndpoint({
  method: 'POST',
  url: '/api/v1/person-merges/:id/undo',
  schema: {
    summary: 'Take a merge back as one change',
    tags: ['persons'],
    params: z.strictObject({ id: Id }),
    querystring: dryRun,
    body: z.strictObject({ reason: Text(200) }),
    response: { 200: ChangePreview, 201: PersonMerge },
  },
  config: { permission: 'person.merge', dataClass: 'L2', idempotent: true },
})
export const listMerges = defineEndpoint({
  method: 'GET',
  url: '/api/v1/persons/:id/merges',
  schema: {
    summary: 'Merges that a person took part in',
    tags: ['persons'],
    params: personParams,
    response: { 200: z.object({ items: z.array(PersonMerge) }) },
  },
  config: { permission: 'person.read', dataClass: 'L2' },
})
