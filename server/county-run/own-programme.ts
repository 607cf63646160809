import type { ProgrammeDetail } from '@youyu/shared/subsidies/programmes'
import { enter, look } from './desk.ts'
import { YEAR } from './people.ts'
import type { Run } from './reviewing.ts'

const CODE = 'L01'
const EFFECTIVE_ON = `${YEAR}-02-01`
const clerk = 'county_subsidy'
const manager = 'county_manager'

const because = (zh: string, en: string) => ({ reason: { zh, en } })
const rule = {
  and: [
    { fact: 'child_order', '>=': 3, ...because('不是第三个及以上子女', 'Not a third or later child.') },
    { fact: 'child_age_months', '<': 36, ...because('儿童已满三周岁', 'The child is already three.') },
    {
      fact: 'child_hukou_division',
      prefix: '$county',
      ...because('儿童户籍不在本县', 'The hukou is elsewhere.'),
    },
    {
      fact: 'applicant_is_guardian',
      '==': true,
      ...because('申请人不是监护人', 'Not a parent or guardian.'),
    },
  ],
}
const child = { child_age_months: 5, child_hukou_division: '371121001001', applicant_is_guardian: true }
const golden = [
  { name: '第三个子女', facts: { ...child, child_order: 3 }, met: true, level: '' },
  { name: '第二个子女', facts: { ...child, child_order: 2 }, met: false, level: null },
]

/** 三孩补助, made by the county from the standard's terms for children: 200 yuan a month, city to county 3:7. */
export async function addProgramme({ desk, finding }: Run): Promise<string> {
  const standard = await look<ProgrammeDetail>(desk, clerk, '/programmes/P04')
  const local = { source: '县政府会议纪要', confidence: 'LOCAL' }
  const payloads = [
    {
      ...{
        kind: 'PROGRAMME',
        nameZh: '三孩补助',
        nameEn: 'Third-child subsidy',
        noteZh: '县定项目',
        noteEn: 'Of the county',
      },
      ...{ scope: 'COUNTY', status: 'OPEN', levels: [] },
      legalBasis: [{ document: '县政发〔2026〕1号', on: null, tier: 'COUNTY' }],
    },
    {
      ...{ kind: 'TERMS', golden },
      terms: {
        ...standard.version!.terms,
        ...{
          rule,
          claimEachYear: false,
          proration: null,
          overallDays: null,
          paymentPeriod: 'QUARTERLY',
          verification: null,
        },
        start: { ground: 'MONTH_OF_CONFIRMATION', notBefore: null, ageYears: null },
      },
    },
    {
      kind: 'RATES',
      rates: [{ level: '', unit: 'PER_MONTH', amountFen: 20_000, from: EFFECTIVE_ON, to: null, ...local }],
    },
    {
      kind: 'SHARES',
      shareSets: [
        {
          from: EFFECTIVE_ON,
          ...local,
          shares: [
            { tier: 'CITY', pct: 30 },
            { tier: 'COUNTY', pct: 70 },
          ],
        },
      ],
    },
  ]
  for (const payload of payloads) {
    const body = {
      programme: CODE,
      payload,
      effectiveOn: EFFECTIVE_ON,
      reason: '鼓励生育',
      document: '县政发〔2026〕1号',
    }
    const { id } = await enter<{ id: string }>(desk, clerk, '/programme-changes', {
      body,
      key: `propose ${payload.kind}`,
    })
    const path = `/programme-changes/${id}/decisions`
    const own = await desk.ask(clerk, 'POST', path, {
      body: { decision: 'APPROVE' },
      key: `own ${payload.kind}`,
    })
    if (own.status < 400) finding('a change was put in force by its maker')
    await enter(desk, manager, path, { body: { decision: 'APPROVE' }, key: `approve ${payload.kind}` })
  }
  return `${CODE} from ${EFFECTIVE_ON}`
}
