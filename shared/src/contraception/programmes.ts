import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Text } from '../values.ts'
import { CheckAudience, CheckCategory, CheckItem } from './check-codes.ts'

export const ProgrammeCode = z.string().regex(/^[A-Z][A-Z0-9_]{1,29}$/)
const SeasonDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)

const fields = {
  code: ProgrammeCode,
  effectiveFrom: CivilDate,
  isOffered: z.boolean(),
  nameZh: Text(60),
  nameEn: Text(100),
  category: CheckCategory,
  audience: CheckAudience,
  sex: z.enum(['1', '2']).nullable(),
  ageFrom: z.int().min(0).max(120),
  ageTo: z.int().min(0).max(120),
  cycleMonths: z.int().min(1).max(60),
  /** Teams go to the villages, or people come to the station. */
  venue: z.enum(['VILLAGE', 'STATION']),
  /** `MM-DD`; a season may pass the turn of the year. */
  seasonFrom: SeasonDay.nullable(),
  seasonTo: SeasonDay.nullable(),
  items: z.array(CheckItem).min(1),
  /** Programmes that this package joins in one visit. */
  combines: z.array(ProgrammeCode).max(6),
  /** Of a hundred invited, how many are expected; for planning only, never a target. */
  uptakePercent: z.int().min(0).max(100),
  /** Law, guideline or decision. */
  basis: Text(300),
}

/** 查体项目 */
export const CheckProgramme = z.object({
  ...fields,
  id: Id,
  /** Of the county itself, or what holds everywhere. */
  isOwn: z.boolean(),
  recordedAt: Instant,
})
export type CheckProgramme = z.infer<typeof CheckProgramme>

export const listCheckProgrammes = defineEndpoint({
  method: 'GET',
  url: '/api/v1/check-programmes',
  schema: {
    summary: 'Check-up programmes in force on a day; `history` also those before and after',
    tags: ['check-ups'],
    querystring: z.strictObject({
      on: CivilDate.optional(),
      code: ProgrammeCode.optional(),
      history: z.enum(['true', 'false']).optional(),
    }),
    response: { 200: z.object({ items: z.array(CheckProgramme) }) },
  },
  config: { permission: 'check-up.read', dataClass: 'L0' },
})

export const NewCheckProgramme = z.strictObject(fields).partial({
  isOffered: true,
  sex: true,
  seasonFrom: true,
  seasonTo: true,
  combines: true,
  uptakePercent: true,
})
export type NewCheckProgramme = z.infer<typeof NewCheckProgramme>

/** What holds from a day on: a later row of the same code takes the place of the earlier; nothing is rewritten. */
export const decideCheckProgramme = defineEndpoint({
  method: 'POST',
  url: '/api/v1/check-programmes',
  schema: {
    summary: 'Decide what a programme offers from a day on in this county',
    tags: ['check-ups'],
    body: NewCheckProgramme,
    response: { 201: CheckProgramme },
  },
  config: { permission: 'check-up.plan', dataClass: 'L0', idempotent: true },
})
