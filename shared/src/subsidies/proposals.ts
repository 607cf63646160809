import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, DivisionCode, Fen, Id, Instant, Page, PageQuery, Text } from '../values.ts'
import { ProgrammeCode } from './programmes.ts'

const tags = ['benefit-proposals'] as [string]
const params = z.strictObject({ id: Id })

export const proposalStates = {
  PROPOSED: ['待告知', 'To be offered'],
  FILED: ['已申请', 'Applied for'],
  DECLINED: ['本人不申请', 'Declined'],
  LAPSED: ['已失效', 'Lapsed'],
} as const
export const ProposalState = z.enum(['PROPOSED', 'FILED', 'DECLINED', 'LAPSED'])
export type ProposalState = z.infer<typeof ProposalState>

/** MET: the register says so. UNPROVEN: all but what only a person can establish, with a document. */
export const proposalBases = {
  MET: ['登记数据已符合', 'Met by the register'],
  UNPROVEN: ['尚待核实', 'To be established'],
} as const
export const ProposalBasis = z.enum(['MET', 'UNPROVEN'])
export type ProposalBasis = z.infer<typeof ProposalBasis>

const Named = z.object({ id: Id, name: z.string(), birth: z.string() })

export const ProposalRow = z.object({
  id: Id,
  programme: ProgrammeCode,
  programmeName: z.tuple([z.string(), z.string()]),
  /** The year for which is claimed, or '' where one application lasts. */
  cycle: z.string(),
  level: z.string(),
  /** Masked in lists: the name, and the month of birth. */
  subject: Named,
  payee: Named.nullable(),
  division: z.object({ code: DivisionCode, name: z.string() }),
  asOf: CivilDate,
  state: ProposalState,
  basis: ProposalBasis,
  /** Types of evidence that the register does not hold. */
  missing: z.array(z.string()),
  yearFen: Fen,
  proposedAt: Instant,
  settledOn: CivilDate.nullable(),
  applicationId: Id.nullable(),
})
export type ProposalRow = z.infer<typeof ProposalRow>

export const Proposal = ProposalRow.extend({
  note: z.string().nullable(),
  versionId: Id,
})
export type Proposal = z.infer<typeof Proposal>

const Filter = {
  division: DivisionCode.optional(),
  programme: ProgrammeCode.optional(),
  basis: ProposalBasis.optional(),
}

export const listProposals = defineEndpoint({
  method: 'GET',
  url: '/api/v1/benefit-proposals',
  schema: {
    summary: 'People who are entitled and have not applied, village by village',
    tags,
    querystring: z.strictObject({ ...PageQuery, ...Filter, state: ProposalState.default('PROPOSED') }),
    response: { 200: Page(ProposalRow) },
  },
  config: { permission: 'application.file', dataClass: 'L3' },
})

export const getBenefitProposal = defineEndpoint({
  method: 'GET',
  url: '/api/v1/benefit-proposals/:id',
  schema: { summary: 'One proposal, with her name', tags, params, response: { 200: Proposal } },
  config: { permission: 'application.file', dataClass: 'L3' },
})

export const declineProposal = defineEndpoint({
  method: 'POST',
  url: '/api/v1/benefit-proposals/:id/declines',
  schema: {
    summary: 'She does not want it this time: nobody asks again in this cycle, and nothing follows from it',
    tags,
    params,
    body: z.strictObject({ on: CivilDate.optional(), note: Text(200).optional() }),
    response: { 200: Proposal },
  },
  config: { permission: 'application.file', dataClass: 'L3', idempotent: true },
})

export const reopenProposal = defineEndpoint({
  method: 'POST',
  url: '/api/v1/benefit-proposals/:id/reopenings',
  schema: { summary: 'She has thought better of it', tags, params, response: { 200: Proposal } },
  config: { permission: 'application.file', dataClass: 'L3', idempotent: true },
})

export const FileProposals = z
  .strictObject({
    /** These; or all open ones of the filter whose evidence is complete. */
    ids: z.array(Id).min(1).max(500).optional(),
    ...Filter,
  })
  .refine((body) => body.ids !== undefined || body.programme !== undefined, { path: ['programme'] })
export type FileProposals = z.infer<typeof FileProposals>

export const fileProposals = defineEndpoint({
  method: 'POST',
  url: '/api/v1/benefit-proposals/filings',
  schema: {
    summary: 'File applications for proposed people who agreed, many at once',
    tags,
    body: FileProposals,
    response: { 201: z.object({ filed: z.int(), left: z.int() }) },
  },
  config: { permission: 'application.file', dataClass: 'L2', idempotent: true },
})
