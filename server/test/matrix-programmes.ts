import type { ProgrammeDetail } from '@youyu/shared/subsidies/programmes'
import type { Officer } from './office.ts'
import { bodyOf } from './register.ts'

export type ProgrammeRecords = { programmeVersion: string; programmeChange: string; circumstance: string }

export const programmeNouns = {
  'programme-versions': 'programmeVersion',
  'programme-changes': 'programmeChange',
  circumstances: 'circumstance',
} as const

const shareSets = [
  { from: '2026-01-01', source: '县文件', confidence: 'LOCAL', shares: [{ tier: 'COUNTY', pct: 100 }] },
]
const change = {
  ...{ programme: 'P13', effectiveOn: '2099-01-01', reason: '调整分担', document: '县文件' },
  payload: { kind: 'SHARES', shareSets },
}
const circumstance = { kind: 'INSURED', from: '2026-01-01', documentType: 'INSURANCE_POLICY' }

/** A change proposed for a programme, and what was entered of a person. */
export async function programmesOf(officer: Officer, personId: string): Promise<ProgrammeRecords> {
  const made = async (noun: string, body: object) =>
    bodyOf<{ id: string }>(await officer.post(`/api/v1/${noun}`, body), 201).id
  const { version } = bodyOf<ProgrammeDetail>(await officer.get('/api/v1/programmes/P04'), 200)
  return {
    programmeVersion: version!.id,
    programmeChange: await made('programme-changes', change),
    circumstance: await made('circumstances', { personId, ...circumstance }),
  }
}

const terms = {
  ...{
    subject: 'PERSON',
    payee: 'PERSON',
    payTo: 'SUBJECT',
    manner: 'EVENT',
    acceptDays: 1,
    overallDays: null,
  },
  ...{ appealDays: 60, reconsiderationDays: 30, steps: [{ step: 'COUNTY_CONFIRM', workingDays: 10 }] },
  ...{ notice: { villageDays: 0, townDays: 0, profile: 'NONE' }, window: null, claimEachYear: false },
  ...{ paymentPeriod: 'ONE_OFF', payDay: null, level: null, stop: [], transitions: [], proration: null },
  rule: { fact: 'age_years', '>=': 60, reason: { zh: '未满60周岁', en: 'Not yet 60' } },
  start: { ground: 'MONTH_OF_FACT', notBefore: null, ageYears: null },
  ...{ evidence: [], verification: null },
  flags: { taxFree: true, countsAsIncome: false, capDaysPerYear: null, capDaysPerStay: null, once: null },
}

type Named = { mother: string }

export const programmeBodies: Record<string, (records: Named) => unknown> = {
  proposeProgrammeChange: () => change,
  reviseProgrammeChange: () => change,
  decideProgrammeChange: () => ({ decision: 'REFUSE', reason: '依据不足' }),
  tryProgrammeRule: () => ({ terms, golden: [] }),
  recordCircumstance: ({ mother }) => ({
    ...{ ...circumstance, personId: mother, from: `20${String(10 + Math.floor(Math.random() * 15))}-02-03` },
  }),
  correctCircumstance: () => ({ set: { to: '2026-06-30' }, reason: '保险到期' }),
  voidCircumstance: () => ({ reason: '录错了人' }),
  revealCircumstance: () => ({ purpose: 'BENEFIT', reason: '核对证件' }),
}
