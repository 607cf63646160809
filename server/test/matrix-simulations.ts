import type { Place } from './county.ts'
import type { TestOffice } from './office.ts'
import { bodyOf } from './register.ts'

export type SimulationRecords = {
  eligibilityRun: string
  benefitProposal: string
  benefitScenario: string
}

export const simulationNouns = {
  'eligibility-runs': 'eligibilityRun',
  'benefit-proposals': 'benefitProposal',
  'benefit-scenarios': 'benefitScenario',
} as const

const scenario = { on: '2026-06-01', years: 1, changes: [{ programme: 'P04' }] } as const

/** A finished run that proposed somebody, and a kept scenario. */
export async function simulationsOf(
  office: TestOffice,
  { county, village }: Place,
  person: string,
): Promise<SimulationRecords> {
  const officer = await office.officer('county_subsidy', county)
  const code = Number(county.slice(0, 6))
  const [run] = await office.sql<{ id: string }>(
    `insert into eligibility_runs (county_code, id, as_of, programmes, requested_by, requested_at, finished_at, entitled, proposed)
     values ($1, gen_random_uuid(), '2026-06-01', '{P01}', gen_random_uuid(), now(), now(), 1, 1) returning id`,
    [code],
  )
  const [proposal] = await office.sql<{ id: string }>(
    `insert into benefit_proposals (county_code, id, programme, version_id, cycle, subject_id, payee_id, level, division_code, as_of, run_id, state,
       basis, missing, year_fen, proposed_at)
     select $1, gen_random_uuid(), 'P01', version_id, '2026', $2, $2, '', $3, '2026-06-01', $4, 'PROPOSED', 'MET', '{}', 96000, now()
     from app.programme_terms($1, '2026-06-01') where code = 'P01' returning id`,
    [code, person, village, run!.id],
  )
  const kept = bodyOf<{ id: string }>(
    await officer.post('/api/v1/benefit-scenarios', { name: '方案', scenario }),
    201,
  )
  return { eligibilityRun: run!.id, benefitProposal: proposal!.id, benefitScenario: kept.id }
}

type Given = { benefitProposal: string }

export const simulationBodies: Record<string, (records: Given) => unknown> = {
  startEligibilityRun: () => ({ programmes: ['P01'] }),
  declineProposal: () => ({}),
  fileProposals: ({ benefitProposal }) => ({ ids: [benefitProposal] }),
  runSimulation: () => ({ scenario }),
  listSimulated: () => ({ scenario, programme: 'P04', year: 2026, effect: 'GAINED' }),
  saveScenario: () => ({ name: '方案', scenario }),
}
