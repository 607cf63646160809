import type { ChildFollowUp } from '@youyu/shared/birth-defects/child-follow-up'
import type { FamilyFile } from '@youyu/shared/birth-defects/family-files'
import type { LabOrder } from '@youyu/shared/birth-defects/laboratory'
import type { Answer, Officer } from './office.ts'

export type LaboratoryRecords = {
  labOrder: string
  labBarcode: string
  childFollowUp: string
  childVisit: string
  childSupport: string
  familyFile: string
  counselling: string
  childSurvey: string
}

export const laboratoryNouns = {
  'lab-orders': 'labOrder',
  'child-follow-ups': 'childFollowUp',
  'child-visits': 'childVisit',
  'child-supports': 'childSupport',
  'family-files': 'familyFile',
  'genetic-counsellings': 'counselling',
  'child-surveys': 'childSurvey',
} as const

const on = '2026-08-01'

function bodyIn<Body>({ body, status, text }: Answer): Body {
  if (status >= 300) throw new Error(`A record could not be made: ${text}`)
  return body
}

/** What a facility orders of a laboratory, and keeps of a child in follow-up and its family. */
export async function laboratoryOf(
  clinician: Officer,
  {
    clientId,
    labId,
    register,
  }: { clientId: string; labId: string; register: (given: object) => Promise<string> },
): Promise<LaboratoryRecords> {
  const made = async <Body>(noun: string, body: object) =>
    bodyIn<Body>(await clinician.post(`/api/v1/${noun}`, body))
  const childId = await register({ birthDate: '2026-06-25', residenceSince: '2026-06-25' })
  const order = await made<LabOrder>('lab-orders', { clientId, labId, panelCode: 'TORCH', orderedOn: on })
  const consent = { consent: 'GIVEN', on, by: 'MOTHER' }
  const { id } = await made<ChildFollowUp>('child-follow-ups', { childId, on, consent })
  const followed = await made<ChildFollowUp>(`child-follow-ups/${id}/supports`, {
    ...{ kind: 'TREATMENT', occurredOn: on },
  })
  const survey = await made<{ id: string; fileId: string }>('child-surveys', {
    ...{ childId, surveyedOn: on, familyHistory: 'NONE', icd10: 'Q35.9' },
  })
  const file = await made<FamilyFile>(`family-files/${survey.fileId}/counsellings`, {
    ...{ occurredOn: on, inheritance: 'UNKNOWN', recurrence: 'LOW' },
  })
  return {
    labOrder: order.id,
    labBarcode: order.barcode,
    childFollowUp: id,
    childVisit: followed.visits[0]!.id,
    childSupport: followed.supports[0]!.id,
    familyFile: file.id,
    counselling: file.counsellings[0]!.id,
    childSurvey: survey.id,
  }
}

type Known = LaboratoryRecords & { mother: string; child: string; organisation: string }
const row = { analyte: 'RUB_IGG', flag: 'NEG', measuredOn: on }

export const laboratoryBodies: Record<string, (records: Known) => unknown> = {
  orderLabPanel: ({ mother, organisation }) => ({
    ...{ clientId: mother, labId: organisation, panelCode: 'OGTT', orderedOn: on },
  }),
  changeLabOrder: () => ({ collectedOn: on }),
  receiveLabSample: ({ labBarcode }) => ({ barcode: labBarcode }),
  rejectLabSample: ({ labBarcode }) => ({ barcode: labBarcode, reason: 'OTHER' }),
  postLabBatch: ({ labBarcode }) => ({ reference: 'matrix', rows: [{ ...row, barcode: labBarcode }] }),
  stateLabCutOff: () => ({
    ...{ panelCode: 'BLOOD_SPOT', analyteCode: 'CH', validFrom: on, source: '核对' },
    ranges: [{ range: '[0,10)', flag: 'NEG' }],
  }),
  postFhirBundle: () => ({
    ...{ resourceType: 'Bundle', type: 'batch' },
    entry: [{ resource: { resourceType: 'Patient' } }],
  }),
  startChildFollowUp: ({ child }) => ({ childId: child, on }),
  giveFollowUpConsent: () => ({ consent: 'GIVEN', on, by: 'MOTHER' }),
  closeChildFollowUp: () => ({ reason: 'LOST', on }),
  settleChildVisit: () => ({ state: 'LOST', on }),
  recordChildSupport: () => ({ kind: 'SURGERY', occurredOn: on }),
  voidChildSupport: () => ({ reason: '误录' }),
  openFamilyFile: ({ child }) => ({ childId: child, knownBy: 'FAMILY', knownOn: on }),
  changeFamilyFile: () => ({ wish: 'COUNSELLING' }),
  recordCounselling: () => ({ occurredOn: on, inheritance: 'UNKNOWN', recurrence: 'LOW' }),
  voidCounselling: () => ({ reason: '误录' }),
  recordChildSurvey: ({ child }) => ({ childId: child, surveyedOn: on, familyHistory: 'NONE' }),
  voidChildSurvey: () => ({ reason: '误录' }),
  attendEducation: ({ mother }) => ({ sessionId: mother, clientId: mother }),
}
