import type { BeneficiaryState } from '@youyu/shared/subsidies/beneficiaries'

export const toneOfState = {
  ACTIVE: 'good',
  SUSPENDED: 'warn',
  STOPPED: 'plain',
  TRANSFERRED: 'note',
} as const satisfies Record<BeneficiaryState, string>

/** What a page of a beneficiary lets one do, and when. */
const deeds = [
  'suspend',
  'resume',
  'stop',
  'reinstate',
  'level',
  'payee',
  'estate',
  'transfer',
  'answer',
] as const
export type DeedName = (typeof deeds)[number]

type Standing = {
  state: BeneficiaryState
  stopReason: string | null
  level: string
  transfer: { state: string } | null
  events: readonly { kind: string; bySystem: boolean }[]
}

export function deedsOf({ state, stopReason, level, transfer, events }: Standing): DeedName[] {
  const isStanding = state === 'ACTIVE' || state === 'SUSPENDED'
  const lastStop = events.find(({ kind }) => kind === 'STOPPED')
  const may: Record<DeedName, boolean> = {
    suspend: state === 'ACTIVE',
    resume: state === 'SUSPENDED',
    stop: isStanding,
    reinstate: state === 'STOPPED' && lastStop !== undefined && !lastStop.bySystem,
    level: isStanding && level !== '',
    payee: isStanding,
    estate: state === 'STOPPED' && stopReason === 'DEATH' && !events.some(({ kind }) => kind === 'ESTATE'),
    transfer: isStanding && transfer?.state !== 'SENT',
    answer: isStanding && transfer?.state === 'SENT',
  }
  return deeds.filter((deed) => may[deed])
}
