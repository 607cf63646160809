import type { Place } from './county.ts'
import { openFacility } from './facility.ts'
import type { TestOffice } from './office.ts'

export type AntenatalRecords = {
  antenatalContact: string
  postnatalContact: string
  highRiskPlan: string
  referral: string
  referralLink: string
}

export const antenatalNouns = {
  'antenatal-care': 'pregnancy',
  'antenatal-contacts': 'antenatalContact',
  'postnatal-contacts': 'postnatalContact',
  'high-risk-plans': 'highRiskPlan',
  referrals: 'referral',
  'referral-links': 'referralLink',
} as const

const occurredOn = '2026-08-01'
type Make = (noun: string, body: object) => Promise<string>

const contactOf = (pregnancyId: string) => ({
  ...{ pregnancyId, occurredOn, items: ['ASTHMA'], values: { systolic: 120, diastolic: 80 } },
})
const postnatalOf = (pregnancyId: string) => ({ pregnancyId, occurredOn, bornOn: '2026-07-30' })
const planOf = (pregnancyId: string) => ({
  ...{ pregnancyId, openedOn: occurredOn, responsible: '医生', goals: [{ text: '病情稳定' }] },
  contacts: [{ dueOn: '2026-08-08', purpose: '随访' }],
})
const referralOf = (womanId: string, pregnancyId: string) => ({
  ...{
    womanId,
    pregnancyId,
    occurredOn,
    purpose: 'HIGH_RISK',
    toName: '市医院',
    agreed: true,
    letter: '请诊治',
  },
})

/** What a facility keeps of a pregnancy in its care. */
export async function antenatalOf(
  office: TestOffice,
  place: Place,
  made: Make,
  { womanId, pregnancyId, station }: { womanId: string; pregnancyId: string; station: string },
): Promise<AntenatalRecords> {
  const bureau = await office.officer('county_mch', place.county)
  const hospital = await openFacility(office, place.county, { code: `HOSP-${place.county.slice(0, 6)}` })
  const link = await bureau.post('/api/v1/referral-links', {
    ...{ fromId: station, toId: hospital.id, purposes: ['HIGH_RISK'], validFrom: '2026-01-01' },
  })
  if (link.status !== 201) throw new Error(link.text)
  return {
    antenatalContact: await made('antenatal-contacts', contactOf(pregnancyId)),
    postnatalContact: await made('postnatal-contacts', postnatalOf(pregnancyId)),
    highRiskPlan: await made('high-risk-plans', planOf(pregnancyId)),
    referral: await made('referrals', referralOf(womanId, pregnancyId)),
    referralLink: (link.body as { id: string }).id,
  }
}

type Known = AntenatalRecords & { mother: string; pregnancy: string; organisation: string }

export const antenatalBodies: Record<string, (records: Known) => unknown> = {
  recordAntenatalContact: ({ pregnancy }) => contactOf(pregnancy),
  correctAntenatalContact: () => ({ set: { ironDays: 30 }, reason: '误录' }),
  voidAntenatalContact: () => ({ reason: '误录' }),
  recordPostnatalContact: ({ pregnancy }) => postnatalOf(pregnancy),
  correctPostnatalContact: () => ({ set: { breastfeeding: 'MIXED' }, reason: '误录' }),
  voidPostnatalContact: () => ({ reason: '误录' }),
  openHighRiskPlan: ({ pregnancy }) => planOf(pregnancy),
  changeHighRiskPlan: () => ({ responsible: '医生乙' }),
  settlePlanContact: ({ referral }) => ({ contactId: referral, state: 'DONE', doneOn: occurredOn }),
  closeHighRiskPlan: () => ({ closedOn: occurredOn, outcome: 'RISK_LOWERED' }),
  sendReferral: ({ mother, pregnancy }) => referralOf(mother, pregnancy),
  moveReferral: () => ({ to: 'RECEIVED', on: occurredOn }),
  addReferralLink: ({ organisation, referralLink }) => ({
    ...{ fromId: organisation, toId: referralLink, purposes: ['DELIVERY'], validFrom: occurredOn },
  }),
  changeReferralLink: () => ({ answerDays: 7 }),
  publishDecisionTable: () => ({
    ...{ basedOn: 'RISK-CN-2017', effectiveFrom: '2030-01-01', source: '文件', reviewer: '李主任' },
    ...{ reviewedOn: occurredOn, reason: '核对', rows: [], without: ['DRUGS_PAST'] },
  }),
}
