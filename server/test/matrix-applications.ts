import type { Officer } from './office.ts'
import { bodyOf } from './register.ts'

export type ApplicationRecords = { application: string }

export const applicationNouns = { applications: 'application' } as const

/** A child's claim, filed by a clerk of the county. */
export async function applicationsOf(
  clerk: Officer,
  { child, mother }: { child: string; mother: string },
): Promise<ApplicationRecords> {
  const { id } = bodyOf<{ id: string }>(
    await clerk.post('/api/v1/applications', {
      ...{ programme: 'P04', subjectId: child, applicantId: mother, channel: 'WINDOW' },
    }),
    201,
  )
  return { application: id }
}

const reason = '按规定办理'
type Named = { child: string; mother: string }

export const applicationBodies: Record<string, (records: Named) => unknown> = {
  fileApplication: ({ child, mother }) => ({
    ...{ programme: 'P04', subjectId: child, applicantId: mother, channel: 'WINDOW' },
  }),
  completeApplication: () => ({ seen: [{ type: 'ID_CARD' }], submit: false }),
  withdrawApplication: () => ({}),
  appealApplication: () => ({ grounds: '请复核' }),
  revealApplication: () => ({ purpose: 'BENEFIT', reason }),
  acceptApplication: () => ({ decision: 'NOT_ACCEPT', items: ['ID_CARD'] }),
  giveVillageOpinion: () => ({ opinion: 'AGREE' }),
  reviewInTownship: () => ({ decision: 'PASS' }),
  confirmInCounty: () => ({ decision: 'PASS' }),
  approveInCity: () => ({ decision: 'PASS' }),
  reconsiderApplication: () => ({ result: 'UPHOLD', reply: reason }),
  reconsiderInCity: () => ({ result: 'UPHOLD', reply: reason }),
  acceptTogether: () => ({ programme: 'P04' }),
  opineTogether: () => ({ programme: 'P04' }),
  reviewTogether: () => ({ programme: 'P04' }),
  confirmTogether: () => ({ programme: 'P04' }),
  approveTogether: () => ({ programme: 'P04' }),
}
