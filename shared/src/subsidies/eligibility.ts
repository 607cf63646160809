import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { Job } from '../jobs.ts'
import { CivilDate, DivisionCode, Fen, Id, Instant, Page, PageQuery } from '../values.ts'
import { ProgrammeCode } from './programmes.ts'

const tags = ['eligibility-runs'] as [string]

/** Whom a run found; of the entitled: who draws it, whose case is under way, who declined, and the rest. */
export const EligibilityFigures = z.object({
  entitled: z.int(),
  drawing: z.int(),
  applied: z.int(),
  declined: z.int(),
  /** Neither drawing nor applied nor declined: 应享未享. */
  open: z.int(),
  /** Beside the entitled: would be, if what only a person can establish were so. */
  unproven: z.int(),
  /** What a year of it costs for the entitled, at the rates of the day. */
  yearFen: Fen,
})
export type EligibilityFigures = z.infer<typeof EligibilityFigures>

/** 应享尽享率 (SUB-01) with its interval. */
export const Coverage = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  numerator: z.int(),
  denominator: z.int(),
  method: z.string(),
})
export type Coverage = z.infer<typeof Coverage>

export const EligibilityRunRow = z.object({
  id: Id,
  asOf: CivilDate,
  programmes: z.array(ProgrammeCode),
  requestedAt: Instant,
  finishedAt: Instant.nullable(),
  jobId: Id.nullable(),
  entitled: z.int().nullable(),
  proposed: z.int().nullable(),
})
export type EligibilityRunRow = z.infer<typeof EligibilityRunRow>

export const listEligibilityRuns = defineEndpoint({
  method: 'GET',
  url: '/api/v1/eligibility-runs',
  schema: {
    summary: 'Runs of the rules over the register, newest first',
    tags,
    querystring: z.strictObject({ ...PageQuery }),
    response: { 200: Page(EligibilityRunRow) },
  },
  config: { permission: 'beneficiary.read', dataClass: 'L1' },
})

export const NewEligibilityRun = z.strictObject({
  /** Today if absent; never later. */
  asOf: CivilDate.optional(),
  /** All in force if absent. */
  programmes: z.array(ProgrammeCode).min(1).max(40).optional(),
})
export type NewEligibilityRun = z.infer<typeof NewEligibilityRun>

export const startEligibilityRun = defineEndpoint({
  method: 'POST',
  url: '/api/v1/eligibility-runs',
  schema: {
    summary: 'Run the rules in force over everybody, and propose who has not applied',
    tags,
    body: NewEligibilityRun,
    response: { 202: z.object({ run: EligibilityRunRow, job: Job }) },
  },
  config: { permission: 'simulation.run', dataClass: 'L1', idempotent: true },
})

export const EligibilityResult = z.object({
  run: EligibilityRunRow,
  division: z.object({ code: DivisionCode, name: z.string() }),
  programmes: z.array(
    z.object({
      programme: ProgrammeCode,
      name: z.tuple([z.string(), z.string()]),
      level: z.string(),
      figures: EligibilityFigures,
      coverage: Coverage,
    }),
  ),
  /** The parts of the division: townships of a county, villages of a township. */
  parts: z.array(
    z.object({
      division: z.object({ code: DivisionCode, name: z.string() }),
      figures: EligibilityFigures,
      coverage: Coverage,
    }),
  ),
})
export type EligibilityResult = z.infer<typeof EligibilityResult>

export const getEligibilityRun = defineEndpoint({
  method: 'GET',
  url: '/api/v1/eligibility-runs/:id',
  schema: {
    summary: 'What a run found in an area: by programme, and by part of the area',
    tags,
    params: z.strictObject({ id: z.union([Id, z.literal('latest')]) }),
    querystring: z.strictObject({
      division: DivisionCode.optional(),
      programme: ProgrammeCode.optional(),
    }),
    response: { 200: EligibilityResult },
  },
  config: { permission: 'beneficiary.read', dataClass: 'L1' },
})
