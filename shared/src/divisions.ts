import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { CivilDate, DivisionCode, Id, Instant, Page, PageQuery, Text } from './values.ts'

export const DivisionLevel = z.coerce.number().int().min(1).max(5)

export const Division = z.object({
  code: DivisionCode,
  name: z.string(),
  pinyin: z.string(),
  level: z.int().min(1).max(5),
  parentCode: DivisionCode.nullable(),
  /** 城乡分类代码 of the National Bureau of Statistics. */
  urbanRural: z.string().nullable(),
  validFrom: CivilDate,
  validTo: CivilDate.nullable(),
  successors: z.array(DivisionCode),
  hasChildren: z.boolean(),
})
export type Division = z.infer<typeof Division>

export const listDivisions = defineEndpoint({
  method: 'GET',
  url: '/api/v1/divisions',
  schema: {
    summary: 'Divisions as they are, or were on a day',
    tags: ['divisions'],
    querystring: z.strictObject({
      ...PageQuery,
      limit: z.coerce.number().int().min(1).max(1000).default(200),
      parent: z.union([DivisionCode, z.literal('root')]).optional(),
      under: DivisionCode.optional(),
      level: DivisionLevel.optional(),
      /** Name, pinyin, initials or leading digits of the code. */
      q: Text(60).optional(),
      asOf: CivilDate.optional(),
    }),
    response: { 200: Page(Division) },
  },
  config: { permission: 'division.read', dataClass: 'L0' },
})

export const getDivision = defineEndpoint({
  method: 'GET',
  url: '/api/v1/divisions/:code',
  schema: {
    summary: 'One division with the chain of its parents, from province down',
    tags: ['divisions'],
    params: z.strictObject({ code: DivisionCode }),
    querystring: z.strictObject({ asOf: CivilDate.optional() }),
    response: { 200: Division.extend({ path: z.array(z.object({ code: DivisionCode, name: z.string() })) }) },
  },
  config: { permission: 'division.read', dataClass: 'L0' },
})

export const DivisionChangeKind = z.enum([
  'CREATE',
  'RENAME',
  'RECODE',
  'MERGE',
  'SPLIT',
  'ABOLISH',
  'TRANSFER',
])
export type DivisionChangeKind = z.infer<typeof DivisionChangeKind>

const Target = z.strictObject({
  code: DivisionCode,
  name: Text(60).optional(),
  urbanRural: z
    .string()
    .regex(/^\d{3}$/)
    .optional(),
  /** SPLIT: the share of people (0 … 1) that reports attribute to this part before records are assigned. */
  populationShare: z.number().min(0).max(1).optional(),
})

/**
 * RENAME one → same code; RECODE one → one new code; MERGE many → one; SPLIT one → many; ABOLISH one → none;
 * TRANSFER one → one under another parent; CREATE none → one. The subtree goes along. SPLIT: the first part keeps the
 * records until they are assigned. The day a change takes effect is not in the future.
 */
export const NewDivisionChange = z.strictObject({
  kind: DivisionChangeKind,
  from: z.array(DivisionCode).max(50),
  to: z.array(Target).max(50),
  effectiveOn: CivilDate,
  sourceDocument: Text(200),
})
export type NewDivisionChange = z.infer<typeof NewDivisionChange>

export const DivisionChangePreview = z.object({
  /** Codes that end, begin or are renamed, the subtree included. */
  divisions: z.array(
    z.object({ from: DivisionCode.nullable(), to: DivisionCode.nullable(), name: z.string() }),
  ),
  persons: z.int(),
  households: z.int(),
  residenceEpisodes: z.int(),
  organisations: z.int(),
  grants: z.int(),
})
export type DivisionChangePreview = z.infer<typeof DivisionChangePreview>

export const DivisionChange = z.object({
  id: Id,
  kind: DivisionChangeKind,
  from: z.array(DivisionCode),
  to: z.array(DivisionCode),
  effectiveOn: CivilDate,
  sourceDocument: z.string(),
  recordedAt: Instant,
  moved: DivisionChangePreview,
})
export type DivisionChange = z.infer<typeof DivisionChange>

export const previewDivisionChange = defineEndpoint({
  method: 'POST',
  url: '/api/v1/division-changes/preview',
  schema: {
    summary: 'What a change of divisions would move; nothing is changed',
    tags: ['divisions'],
    body: NewDivisionChange,
    response: { 200: DivisionChangePreview },
  },
  config: { permission: 'division.manage', dataClass: 'L1' },
})
export const applyDivisionChange = defineEndpoint({
  method: 'POST',
  url: '/api/v1/division-changes',
  schema: {
    summary: 'Apply a change of divisions in one transaction',
    tags: ['divisions'],
    body: NewDivisionChange,
    response: { 201: DivisionChange },
  },
  config: { permission: 'division.manage', dataClass: 'L1', idempotent: true },
})
export const listDivisionChanges = defineEndpoint({
  method: 'GET',
  url: '/api/v1/division-changes',
  schema: {
    summary: 'Changes of divisions, newest first',
    tags: ['divisions'],
    querystring: z.strictObject({ ...PageQuery, division: DivisionCode.optional() }),
    response: { 200: Page(DivisionChange) },
  },
  config: { permission: 'division.read', dataClass: 'L0' },
})

/** The people of today, counted at the boundaries of a day. */
export const DivisionRollUp = z.object({
  division: z.object({ code: DivisionCode, name: z.string() }),
  boundary: CivilDate,
  level: z.int().min(1).max(5),
  items: z.array(
    z.object({
      code: DivisionCode,
      name: z.string(),
      residents: z.int(),
      registered: z.int(),
      inflow: z.int(),
      away: z.int(),
      households: z.int(),
      male: z.int(),
      female: z.int(),
      /** Some people stand here by a share of a merged division, not by record. */
      estimated: z.boolean(),
    }),
  ),
})
export type DivisionRollUp = z.infer<typeof DivisionRollUp>

export const getDivisionRollUp = defineEndpoint({
  method: 'GET',
  url: '/api/v1/divisions/:code/roll-up',
  schema: {
    summary: 'People of a division by parts, at today’s or a past boundary',
    tags: ['divisions'],
    params: z.strictObject({ code: DivisionCode }),
    querystring: z.strictObject({ level: DivisionLevel, boundary: CivilDate.optional() }),
    response: { 200: DivisionRollUp },
  },
  config: { permission: 'overview.read', dataClass: 'L1' },
})
