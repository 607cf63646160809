import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Fen, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import { Level, ProgrammeCode, RateUnit } from './programmes.ts'
import { LevelRule, Rule } from './rules.ts'
import { Tier } from './shares.ts'

const tags = ['simulations'] as [string]
const params = z.strictObject({ id: Id })

/** What is changed of one programme; what is absent stays as it is. */
export const ScenarioChange = z.strictObject({
  programme: ProgrammeCode,
  /** First day of the change; the first day asked about if absent. */
  from: CivilDate.optional(),
  rule: Rule.optional(),
  level: LevelRule.nullable().optional(),
  rates: z
    .array(z.strictObject({ level: Level, unit: RateUnit, amountFen: Fen.min(0).max(1e11) }))
    .max(40)
    .optional(),
  shares: z
    .array(z.strictObject({ tier: Tier, pct: z.number().min(0).max(100).multipleOf(0.001) }))
    .max(6)
    .optional(),
  /** Of what is paid by the day or the event: how many a person has in a year. */
  unitsPerYear: z.number().min(0).max(366).default(1),
})
export type ScenarioChange = z.infer<typeof ScenarioChange>

export const Scenario = z.strictObject({
  /** The day on which people are counted, in the first year; the same day of each following year. */
  on: CivilDate,
  years: z.int().min(1).max(5).default(5),
  changes: z.array(ScenarioChange).min(1).max(5),
  /** Of those entitled, how many claim: per cent. */
  takeUp: z.number().min(1).max(100).default(100),
  /** Of children not born yet: as many as now, or none. */
  newborns: z.enum(['AS_NOW', 'NONE']).default('AS_NOW'),
  /** What a year may cost at most. */
  capFen: Fen.min(0).max(1e13).optional(),
})
export type Scenario = z.infer<typeof Scenario>

const TierFen = z.object({ tier: Tier, fen: Fen })
export const ScenarioSide = z.object({ people: z.int(), fen: Fen, byTier: z.array(TierFen) })
export type ScenarioSide = z.infer<typeof ScenarioSide>

export const ScenarioYear = z.object({
  year: z.int(),
  asOf: CivilDate,
  base: ScenarioSide,
  changed: ScenarioSide,
  gained: z.int(),
  lost: z.int(),
  /** People who keep it at another amount. */
  higher: z.int(),
  lower: z.int(),
})
export type ScenarioYear = z.infer<typeof ScenarioYear>

export const ScenarioProgramme = z.object({
  programme: ProgrammeCode,
  name: z.tuple([z.string(), z.string()]),
  years: z.array(ScenarioYear),
  levels: z.array(z.object({ level: Level, base: z.int(), changed: z.int() })),
})
export type ScenarioProgramme = z.infer<typeof ScenarioProgramme>

export const ScenarioPart = z.object({
  division: z.object({ code: DivisionCode, name: z.string() }),
  base: z.int(),
  changed: z.int(),
  baseFen: Fen,
  changedFen: Fen,
  gained: z.int(),
  lost: z.int(),
})
export type ScenarioPart = z.infer<typeof ScenarioPart>

export const ScenarioResult = z.object({
  division: z.object({ code: DivisionCode, name: z.string() }),
  on: CivilDate,
  programmes: z.array(ScenarioProgramme),
  /** Of all changed programmes together. */
  years: z.array(ScenarioYear),
  /** The first year in which the change holds, by part of the area. */
  partsYear: z.int(),
  parts: z.array(ScenarioPart),
  cap: z
    .object({
      fen: Fen,
      /** Years whose cost exceeds it. */
      over: z.array(z.object({ year: z.int(), byFen: Fen })),
      /** The share of the changed amounts that fits into the cap in every year, per cent. */
      fits: z.number(),
    })
    .nullable(),
  tookMs: z.int(),
})
export type ScenarioResult = z.infer<typeof ScenarioResult>

export const runSimulation = defineEndpoint({
  method: 'POST',
  url: '/api/v1/benefit-simulations',
  schema: {
    summary: 'What a changed rate, rule, share or date would do; nothing is stored',
    tags,
    body: z.strictObject({ scenario: Scenario, division: DivisionCode.optional() }),
    response: { 200: ScenarioResult },
  },
  config: { permission: 'simulation.run', dataClass: 'L1' },
})

export const ScenarioPerson = z.object({
  id: Id,
  name: z.string(),
  birth: z.string(),
  division: z.object({ code: DivisionCode, name: z.string() }),
  level: Level,
  baseFen: Fen,
  changedFen: Fen,
})
export type ScenarioPerson = z.infer<typeof ScenarioPerson>

export const listSimulated = defineEndpoint({
  method: 'POST',
  url: '/api/v1/benefit-simulations/people',
  schema: {
    summary: 'Who would gain or lose, masked; nothing is stored',
    tags,
    body: z.strictObject({
      scenario: Scenario,
      programme: ProgrammeCode,
      year: z.int().min(2000).max(2200),
      effect: z.enum(['GAINED', 'LOST', 'HIGHER', 'LOWER']),
      division: DivisionCode.optional(),
      ...PageQuery,
    }),
    response: { 200: Page(ScenarioPerson) },
  },
  config: { permission: 'simulation.run', dataClass: 'L3' },
})

export const SavedScenarioRow = z.object({
  id: Id,
  name: z.string(),
  note: z.string().nullable(),
  on: CivilDate,
  programmes: z.array(ProgrammeCode),
  madeAt: Instant,
  version: z.int(),
})
export type SavedScenarioRow = z.infer<typeof SavedScenarioRow>
export const SavedScenario = SavedScenarioRow.extend({ scenario: Scenario, result: ScenarioResult })
export type SavedScenario = z.infer<typeof SavedScenario>

export const NewSavedScenario = z.strictObject({
  name: Text(80),
  note: Text(400).optional(),
  scenario: Scenario,
})
export type NewSavedScenario = z.infer<typeof NewSavedScenario>

export const listScenarios = defineEndpoint({
  method: 'GET',
  url: '/api/v1/benefit-scenarios',
  schema: {
    summary: 'Kept scenarios, newest first',
    tags,
    querystring: z.strictObject({ ...PageQuery, programme: ProgrammeCode.optional() }),
    response: { 200: Page(SavedScenarioRow) },
  },
  config: { permission: 'simulation.run', dataClass: 'L1' },
})
export const saveScenario = defineEndpoint({
  method: 'POST',
  url: '/api/v1/benefit-scenarios',
  schema: {
    summary: 'Compute a scenario over the county and keep it with its result',
    tags,
    body: NewSavedScenario,
    response: { 201: SavedScenario },
  },
  config: { permission: 'simulation.run', dataClass: 'L1', idempotent: true },
})
export const getScenario = defineEndpoint({
  method: 'GET',
  url: '/api/v1/benefit-scenarios/:id',
  schema: { summary: 'One scenario with its result', tags, params, response: { 200: SavedScenario } },
  config: { permission: 'simulation.run', dataClass: 'L1' },
})
export const withdrawScenario = defineEndpoint({
  method: 'DELETE',
  url: '/api/v1/benefit-scenarios/:id',
  schema: { summary: 'Take a scenario off the list', tags, params, response: { 204: z.null() } },
  config: { permission: 'simulation.run', dataClass: 'L1', conditional: true },
})
