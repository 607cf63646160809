import type { Place } from './county.ts'
import type { Officer, TestOffice } from './office.ts'

export type BeforePregnancyRecords = {
  coupleCheck: string
  preconceptionContact: string
  torchTest: string
  torchCase: string
  folicCourse: string
  folicIssue: string
  folicFollowUp: string
  folicStore: string
  folicSurvey: string
}

export const beforePregnancyNouns = {
  'couple-checks': 'coupleCheck',
  'preconception-follow-ups': 'preconceptionContact',
  'torch-tests': 'torchTest',
  'torch-cases': 'torchCase',
  'folic-acid-courses': 'folicCourse',
  'folic-acid-issues': 'folicIssue',
  'folic-acid-surveys': 'folicSurvey',
} as const

const occurredOn = '2026-08-01'
const reason = '误录'
const her = { infectionConsent: true, itemsDone: ['EDUCATION'], results: { HB: 120, CMV_IGM: 'NEG' } }
const acute = { agent: 'TOX', igg: 'NEG', igm: 'POS' }
const survey = { occurredOn, mothers: 100, surveyed: 20, aware: 18 }

/** What a facility keeps of a woman before she is pregnant. */
export async function beforePregnancyOf(
  office: TestOffice,
  place: Place,
  clinician: Officer,
  womanId: string,
): Promise<BeforePregnancyRecords> {
  const keeper = await office.officer('pharmacist', place.county)
  const made = async <Body = { id: string }>(noun: string, body: object, officer = clinician) => {
    const answer = await officer.post(`/api/v1/${noun}`, body)
    if (answer.status >= 300) throw new Error(`${noun} could not be made: ${answer.text}`)
    return answer.body as Body
  }
  const store = { kind: 'OUTLET', name: '叶酸点', divisionCode: place.village, openedOn: '2026-01-01' }
  const { id: folicStore } = await made('supply-stores', store, keeper)
  const lines = [{ itemCode: 'YS401', lotNumber: 'FA-1', expiresOn: '2029-12-31', quantity: 500 }]
  await made('supply-receipts', { storeId: folicStore, occurredOn, lines }, keeper)
  const check = { kind: 'PRECONCEPTION', womanId, occurredOn, her, him: null }
  const { id: coupleCheck } = await made('couple-checks', check)
  const [contact] = await office.sql<{ id: string }>(
    'select id from preconception_follow_ups where check_id = $1',
    [coupleCheck],
  )
  const test = await made<{ id: string; results: { caseId: string }[] }>('torch-tests', {
    ...{ clientId: womanId, occurredOn, stage: 'PRECONCEPTION', results: [acute] },
  })
  await made(`torch-cases/${test.results[0]!.caseId}/steps`, { state: 'NOTIFIED', occurredOn })
  const issued = await made<{ id: string; issueId: string }>('folic-acid-issues', {
    ...{ clientId: womanId, occurredOn, storeId: folicStore, itemCode: 'YS401', boxes: 2 },
  })
  const followed = await made<{ followUps: { id: string }[] }>(`folic-acid-courses/${issued.id}/follow-ups`, {
    occurredOn,
    fromDay: occurredOn,
    toDay: occurredOn,
    daysTaken: 1,
    sideEffects: false,
  })
  return {
    ...{ coupleCheck, folicStore, preconceptionContact: contact!.id },
    ...{ torchTest: test.id, torchCase: test.results[0]!.caseId },
    ...{ folicCourse: issued.id, folicIssue: issued.issueId, folicFollowUp: followed.followUps[0]!.id },
    folicSurvey: (await made('folic-acid-surveys', { ...survey, divisionCode: place.township })).id,
  }
}

type Known = BeforePregnancyRecords & {
  place: Place
  mother: string
  marriage: string
  organisation: string
}

export const beforePregnancyBodies: Record<string, (records: Known) => unknown> = {
  addCheckItemSet: () => ({
    ...{ effectiveFrom: '2026-09-01', nameZh: '项目集', nameEn: 'Set', source: '县文件', reason: '调整' },
    items: [{ code: 'EXAM', nameZh: '体检', nameEn: 'Examination', parties: ['HER', 'HIM'] }],
    elements: [
      {
        code: 'HB',
        item: 'EXAM',
        parties: ['HER'],
        nameZh: '血红蛋白',
        nameEn: 'Haemoglobin',
        kind: 'NUMBER',
      },
    ],
    rules: [],
    followUp: { earlyFrom: 90, earlyTo: 180, outcomeFrom: 0, outcomeTo: 42 },
  }),
  recordCoupleCheck: ({ mother }) => ({ kind: 'PRECONCEPTION', womanId: mother, occurredOn, her }),
  correctCoupleCheck: () => ({ set: { counselled: true }, reason }),
  voidCoupleCheck: () => ({ reason }),
  referToPremaritalCheck: ({ mother, organisation }) => ({
    ...{ womanId: mother, agreed: true, on: occurredOn, facilityId: organisation },
  }),
  followUpPreconception: () => ({ state: 'LOST', contactedOn: occurredOn }),
  recordTorchTest: ({ mother }) => ({
    ...{ clientId: mother, occurredOn, stage: 'PRECONCEPTION', results: [{ ...acute, agent: 'CMV' }] },
  }),
  confirmTorchTest: () => ({ confirmedOn: occurredOn, advice: [] }),
  correctTorchTest: () => ({ set: { laboratory: '县医院检验科' }, reason }),
  voidTorchTest: () => ({ reason }),
  stepTorchCase: () => ({ state: 'COUNSELLED', occurredOn }),
  voidTorchStep: () => ({ reason }),
  issueFolicAcid: ({ mother, folicStore }) => ({
    ...{ clientId: mother, occurredOn, storeId: folicStore, itemCode: 'YS401', boxes: 1 },
  }),
  correctFolicAcidIssue: () => ({ set: { boxes: 1 }, reason }),
  voidFolicAcidIssue: () => ({ reason }),
  followFolicAcid: () => ({
    ...{ occurredOn: '2026-08-10', fromDay: '2026-08-02', toDay: '2026-08-10', daysTaken: 9 },
    sideEffects: false,
  }),
  voidFolicAcidFollowUp: ({ folicFollowUp }) => ({ followUpId: folicFollowUp, reason }),
  recordFolicAcidSurvey: ({ place }) => ({ ...survey, divisionCode: place.township }),
  voidFolicAcidSurvey: () => ({ reason }),
}
