import { cardContent, provinceAnswer, submitted } from './defect-cards.ts'
import type { Officer } from './office.ts'
import { plainPng } from './pictures.ts'
import { bodyOf } from './register.ts'

export type DefectRecords = {
  defectCard: string
  missedCaseAudit: string
  logEntry: string
  defectPhoto: string
}

export const defectNouns = {
  'defect-cards': 'defectCard',
  'defect-reviews': 'defectCard',
  'missed-case-audits': 'missedCaseAudit',
  'case-log-entries': 'logEntry',
  'defect-photos': 'defectPhoto',
  'defect-photo-reviews': 'defectPhoto',
} as const

const consent = { consentBy: 'MOTHER', consentOn: '2026-01-10' }
const entry = { logKind: 'DELIVERY', occurredOn: '2026-01-10', icd10: 'Q35.9', recordNumber: 'M1' } as const

/** A submitted card, and an audit with a missed case. */
export async function defectsOf(clinician: Officer, division: string): Promise<DefectRecords> {
  const card = await submitted(clinician, { ...cardContent(), division })
  const audit = bodyOf<{ id: string }>(
    await clinician.post('/api/v1/missed-case-audits', { quarter: '2026Q2' }),
    201,
  )
  const { entries } = bodyOf<{ entries: { id: string }[] }>(
    await clinician.post(`/api/v1/missed-case-audits/${audit.id}/entries`, { entries: [entry] }),
    201,
  )
  const photo = bodyOf<{ id: string }>(
    await clinician.upload(`/api/v1/defect-cards/${card.id}/photos`, consent, {
      name: 'p.png',
      content: plainPng,
    }),
    201,
  )
  return {
    ...{ defectCard: card.id, missedCaseAudit: audit.id, logEntry: entries[0]!.id },
    defectPhoto: photo.id,
  }
}

const reason = '核对后更正'

export const defectBodies: Record<string, () => unknown> = {
  createDefectCard: () => cardContent(),
  changeDefectCard: () => cardContent(),
  withdrawDefectCard: () => ({ reason }),
  correctDefectCard: () => ({ content: cardContent(), reason }),
  reviewInHospital: () => ({ decision: 'APPROVED' }),
  reviewInCounty: () => ({ decision: 'RETURNED', fields: ['mother.name'] }),
  enterProvinceReview: () => provinceAnswer,
  decideCaseDuplicate: () => ({ decision: 'DISMISS', reason }),
  openMissedCaseAudit: () => ({ quarter: '2026Q1' }),
  addLogEntries: () => ({ entries: [entry] }),
  excludeLogEntry: () => ({ reason }),
  voidLogEntry: () => ({ reason }),
  voidDefectPhoto: () => ({ reason }),
  closeMissedCaseAudit: () => ({ sources: ['DELIVERY'] }),
}
