import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { PopulationBasis } from './book.ts'
import { EventPreview } from './event-preview.ts'
import {
  BirthOutcome,
  BirthPlace,
  BirthRegister,
  CertificateType,
  Delivery,
  Ethnicity,
  Relation,
  Sex,
  Source,
} from './value-sets.ts'

const Named = z.object({ id: Id, name: z.string() })
const PlaceName = z.object({ code: DivisionCode, name: z.string() })

/** 出生医学证明编号: one letter and nine digits (7th edition). */
export const BirthCertificateNumber = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]\d{9}$/)
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const Apgar = z.int().min(0).max(10)

/** A birth as a list shows it: names masked and the day cut to its month below L2. */
export const BirthRow = z.object({
  id: Id,
  outcome: BirthOutcome,
  occurredOn: z.string(),
  sex: Sex,
  child: Named.nullable(),
  mother: Named.nullable(),
  father: Named.nullable(),
  orderOfMother: z.int().nullable(),
  plurality: z.int(),
  sequence: z.int(),
  motherAge: z.int().nullable(),
  place: BirthPlace,
  /** Where the mother lived on the day. */
  division: PlaceName,
  hukou: PlaceName,
  hasCertificate: z.boolean(),
  findings: z.array(z.string()),
  recordedAt: Instant,
  /** First known more than thirty days after the birth. */
  isLate: z.boolean(),
  voidedAt: Instant.nullable(),
})
export type BirthRow = z.infer<typeof BirthRow>

export const Birth = BirthRow.extend({
  pregnancyId: Id.nullable(),
  occurredAt: TimeOfDay.nullable(),
  gestationDays: z.int().nullable(),
  weightGrams: z.int().nullable(),
  lengthMillimetres: z.int().nullable(),
  apgar1: z.int().nullable(),
  apgar5: z.int().nullable(),
  apgar10: z.int().nullable(),
  delivery: Delivery.nullable(),
  facilityId: Id.nullable(),
  certificateNumber: z.string().nullable(),
  certificateIssuedOn: CivilDate.nullable(),
  certificateType: CertificateType.nullable(),
  hukouRegisteredOn: CivilDate.nullable(),
  hepatitisBOn: CivilDate.nullable(),
  registers: z.array(BirthRegister),
  recordedBy: z.string().nullable(),
  source: Source,
  voidReason: z.string().nullable(),
  replaces: Id.nullable(),
  replacedBy: Id.nullable(),
})
export type Birth = z.infer<typeof Birth>

const birthFields = {
  /** Null or left out where she is not in the register. */
  motherId: Id.nullable().optional(),
  fatherId: Id.nullable().optional(),
  pregnancyId: Id.nullable().optional(),
  occurredOn: CivilDate,
  /** HH:MM in Asia/Shanghai. */
  occurredAt: TimeOfDay.nullable().optional(),
  sex: Sex,
  /** Children of this delivery; each is an event of its own, numbered by `sequence`. */
  plurality: z.int().min(1).max(8).default(1),
  sequence: z.int().min(1).max(8).default(1),
  /** 孩次; from the mother's known live births where left out. */
  orderOfMother: z.int().min(1).max(20).nullable().optional(),
  gestation: z
    .strictObject({ weeks: z.int().min(20).max(44), days: z.int().min(0).max(6).default(0) })
    .nullable()
    .optional(),
  weightGrams: z.int().min(300).max(7000).nullable().optional(),
  lengthMillimetres: z.int().min(150).max(700).nullable().optional(),
  apgar1: Apgar.nullable().optional(),
  apgar5: Apgar.nullable().optional(),
  apgar10: Apgar.nullable().optional(),
  delivery: Delivery.nullable().optional(),
  place: BirthPlace,
  facilityId: Id.nullable().optional(),
  certificateNumber: BirthCertificateNumber.nullable().optional(),
  certificateIssuedOn: CivilDate.nullable().optional(),
  certificateType: CertificateType.nullable().optional(),
  hukouRegisteredOn: CivilDate.nullable().optional(),
  hepatitisBOn: CivilDate.nullable().optional(),
  /** Where the mother lived on the day; from her record where left out, required without a mother. */
  divisionCode: DivisionCode.optional(),
  /** The mother's hukou on the day where left out. */
  hukouDivision: DivisionCode.optional(),
  registers: z.array(BirthRegister).max(6).optional(),
}

/** A live birth names its child: somebody registered already, or a child who is registered with it. */
export const NewBirth = z.strictObject({
  outcome: BirthOutcome.default('LIVE'),
  ...birthFields,
  childId: Id.optional(),
  child: z
    .strictObject({
      /** Without a name yet: 〔mother's name〕之子 or 之女. */
      name: Text(50).optional(),
      idNumber: z.string().trim().min(1).max(40).optional(),
      ethnicity: Ethnicity.optional(),
      /** In the mother's household; found from hers or the father's where left out. */
      relationToHead: Relation.exclude(['0']).optional(),
    })
    .optional(),
})
export type NewBirth = z.infer<typeof NewBirth>

export const BirthCorrection = z.strictObject({
  set: z
    .strictObject({
      /** Between stillbirth and fetal death only; a live birth recorded wrongly is voided. */
      outcome: BirthOutcome.optional(),
      ...birthFields,
      plurality: z.int().min(1).max(8),
      sequence: z.int().min(1).max(8),
    })
    .partial()
    .refine((fields) => Object.keys(fields).length > 0),
  reason: Text(200),
})
export type BirthCorrection = z.infer<typeof BirthCorrection>

export const VoidBirth = z.strictObject({
  reason: Text(200),
  /** The child goes too where nothing but this birth is known of her. */
  withChild: z.boolean().default(false),
})

const params = z.strictObject({ id: Id })
const dryRun = z.strictObject({ dryRun: QueryFlag.optional() })

export const listBirths = defineEndpoint({
  method: 'GET',
  url: '/api/v1/births',
  schema: {
    summary: 'Births counted in my area, newest first',
    tags: ['births'],
    querystring: z.strictObject({
      ...PageQuery,
      /** Subtree of the place that counts the birth, by `basis`. */
      division: DivisionCode.optional(),
      basis: PopulationBasis.default('residence'),
      from: CivilDate.optional(),
      to: CivilDate.optional(),
      outcome: BirthOutcome.optional(),
      sex: Sex.optional(),
      motherId: Id.optional(),
      late: QueryFlag.optional(),
      voided: QueryFlag.optional(),
    }),
    response: { 200: Page(BirthRow) },
  },
  config: { permission: 'event.read', dataClass: 'L2' },
})

export const getBirth = defineEndpoint({
  method: 'GET',
  url: '/api/v1/births/:id',
  schema: {
    summary: 'One birth, voided ones too',
    tags: ['births'],
    params,
    response: { 200: Birth },
  },
  config: { permission: 'event.read', dataClass: 'L2' },
})

/** With `dryRun=true` answers 200 and what it would do, and changes nothing. */
export const recordBirth = defineEndpoint({
  method: 'POST',
  url: '/api/v1/births',
  schema: {
    summary: 'Record a birth at its true day, however late; one child a call',
    tags: ['births'],
    querystring: dryRun,
    body: NewBirth,
    response: { 200: EventPreview, 201: Birth },
  },
  config: { permission: 'birth.record', dataClass: 'L2', idempotent: true },
})

export const correctBirth = defineEndpoint({
  method: 'POST',
  url: '/api/v1/births/:id/corrections',
  schema: {
    summary: 'Correct a birth: voids it with the reason and appends its replacement; the child follows',
    tags: ['births'],
    params,
    querystring: dryRun,
    body: BirthCorrection,
    response: { 200: EventPreview, 201: Birth },
  },
  config: { permission: 'event.correct', dataClass: 'L2', idempotent: true },
})

export const voidBirth = defineEndpoint({
  method: 'POST',
  url: '/api/v1/births/:id/void',
  schema: {
    summary: 'Void a birth that did not happen',
    tags: ['births'],
    params,
    querystring: dryRun,
    body: VoidBirth,
    response: { 200: EventPreview, 201: Birth },
  },
  config: { permission: 'event.correct', dataClass: 'L2', idempotent: true },
})
