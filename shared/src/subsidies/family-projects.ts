import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Fen, Id, Page, PageQuery, Text } from '../values.ts'

export const projectKinds = {
  PROJECT: ['项目引进', 'Project'],
  FUND: ['资金投入', 'Funds'],
  TECHNOLOGY: ['科技扶持', 'Technology'],
  WELFARE: ['生活帮扶', 'Help in life'],
} as const
export const ProjectKind = z.enum(['PROJECT', 'FUND', 'TECHNOLOGY', 'WELFARE'])
export const fundSources = {
  FISCAL: ['财政', 'Public funds'],
  PARTNER: ['帮扶单位', 'The partner'],
  LOAN: ['贷款', 'A loan'],
  MIXED: ['多方', 'Several'],
} as const
export const FundSource = z.enum(['FISCAL', 'PARTNER', 'LOAN', 'MIXED'])
export const projectResults = {
  RUNNING: ['进行中', 'Running'],
  SUCCEEDED: ['达到目标', 'Succeeded'],
  PARTLY: ['部分达到', 'Partly'],
  FAILED: ['未达到', 'Did not'],
} as const
export const ProjectResult = z.enum(['RUNNING', 'SUCCEEDED', 'PARTLY', 'FAILED'])

const tags = ['family-projects'] as [string]
const params = z.strictObject({ id: Id })
/** “三结合”帮扶项目 */
export const FamilyProject = z.object({
  id: Id,
  number: z.string(),
  kind: ProjectKind,
  title: z.string(),
  partner: z.string(),
  place: z.object({ code: DivisionCode, name: z.string() }),
  families: z.int(),
  fundFen: Fen,
  fundSource: FundSource,
  startedOn: CivilDate,
  endedOn: CivilDate.nullable(),
  result: ProjectResult,
  resultNote: z.string().nullable(),
  incomeFen: Fen.nullable(),
  version: z.int(),
})
export type FamilyProject = z.infer<typeof FamilyProject>

export const listFamilyProjects = defineEndpoint({
  method: 'GET',
  url: '/api/v1/family-projects',
  schema: {
    summary: 'Projects that help families, newest first',
    tags,
    querystring: z.strictObject({
      ...PageQuery,
      division: DivisionCode.optional(),
      kind: ProjectKind.optional(),
      result: ProjectResult.optional(),
    }),
    response: { 200: Page(FamilyProject) },
  },
  config: { permission: 'family.read', dataClass: 'L1' },
})
export const ProjectSums = z.object({
  projects: z.int(),
  families: z.int(),
  fundFen: Fen,
  averageFen: Fen,
  succeeded: z.int(),
  ended: z.int(),
})
export type ProjectSums = z.infer<typeof ProjectSums>
export const getProjectSums = defineEndpoint({
  method: 'GET',
  url: '/api/v1/family-project-sums',
  schema: {
    summary: 'How many projects, for how many families, with how much',
    tags,
    querystring: z.strictObject({ year: z.coerce.number().int().min(1979).max(2100).optional() }),
    response: { 200: ProjectSums },
  },
  config: { permission: 'family.read', dataClass: 'L0' },
})
const fields = {
  number: Text(40),
  kind: ProjectKind,
  title: Text(80),
  partner: Text(80),
  division: DivisionCode,
  families: z.int().min(1).max(10_000),
  fundFen: z.int().min(0).max(100_000_000_00),
  fundSource: FundSource,
  startedOn: CivilDate,
}
export const NewFamilyProject = z.strictObject(fields)
export type NewFamilyProject = z.infer<typeof NewFamilyProject>
export const startFamilyProjects = defineEndpoint({
  method: 'POST',
  url: '/api/v1/family-projects',
  schema: {
    summary: 'Enter projects, one or a whole list: all or none',
    tags,
    body: z.strictObject({ projects: z.array(NewFamilyProject).min(1).max(1000) }),
    response: { 201: z.object({ entered: z.int(), fundFen: Fen }) },
  },
  config: { permission: 'beneficiary.manage', dataClass: 'L1', idempotent: true },
})
export const endFamilyProject = defineEndpoint({
  method: 'POST',
  url: '/api/v1/family-projects/:id/results',
  schema: {
    summary: 'How a project ended, and what the families earned of it',
    tags,
    params,
    body: z.strictObject({
      result: ProjectResult.exclude(['RUNNING']),
      endedOn: CivilDate,
      note: Text(300).nullable().optional(),
      incomeFen: z.int().min(0).max(100_000_000_00).nullable().optional(),
    }),
    response: { 201: FamilyProject },
  },
  config: { permission: 'beneficiary.manage', dataClass: 'L1', idempotent: true },
})
export const voidFamilyProject = defineEndpoint({
  method: 'POST',
  url: '/api/v1/family-projects/:id/void',
  schema: {
    summary: 'Void a project entered by mistake',
    tags,
    params,
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: FamilyProject },
  },
  config: { permission: 'beneficiary.manage', dataClass: 'L1', idempotent: true },
})
