import type { Place } from './county.ts'
import type { TestOffice } from './office.ts'
import { bodyOf } from './register.ts'

export type BenefitRecords = {
  specialFamily: string
  insurancePolicy: string
  hospitalStay: string
  benefitSettlement: string
  benefitRoster: string
  familyProject: string
  closedLedger: string
}

export const benefitNouns = {
  'special-families': 'specialFamily',
  'my-special-families': 'specialFamily',
  'insurance-policies': 'insurancePolicy',
  'hospital-stays': 'hospitalStay',
  'insured-stays': 'hospitalStay',
  'benefit-settlements': 'benefitSettlement',
  'benefit-rosters': 'benefitRoster',
  'family-projects': 'familyProject',
  'closed-ledgers': 'closedLedger',
} as const

const nobody = '01900000-0000-7000-8000-0000000000ff'
const reason = '核对后更正'
const on = '2026-08-01'

/** A special family with its policy and a stay, a settlement, a roster, a project and an old ledger. */
export async function benefitsOf(
  office: TestOffice,
  place: Place,
  { person, hospital }: { person: string; hospital: string },
): Promise<BenefitRecords> {
  const county = Number(place.county.slice(0, 6))
  const subsidy = await office.officer('county_subsidy', place.county)
  const made = async (noun: string, body: object) =>
    bodyOf<{ id: string }>(await subsidy.post(`/api/v1/${noun}`, body), 201).id
  const family = { kind: 'DEATH', eventOn: '2026-01-01', source: 'VILLAGE', identifiedOn: '2026-01-05' }
  const specialFamily = await made('special-families', { ...family, people: [person] })
  await office.sql(
    `update special_families set first_visit_on = '2026-01-06', consent_on = '2026-01-07', consent_evidence = 'SIGNED', opened_on = '2026-01-08' where id = $1`,
    [specialFamily],
  )
  const policy = { number: `P-${county}`, insurerId: hospital, fromOn: '2026-01-01', toOn: '2026-12-31' }
  const insurancePolicy = await made('insurance-policies', {
    ...{ ...policy, covers: ['NURSING'], premiumFen: 30_000, document: '协议' },
  })
  const ledger = {
    programme: 'P03',
    title: '旧账',
    document: '文件',
    fromOn: '2006-01-01',
    toOn: '2006-12-31',
  }
  const project = { number: 'S1', kind: 'FUND', title: '大棚', partner: '农业局', division: place.village }
  await subsidy.post('/api/v1/family-projects', {
    projects: [{ ...project, families: 1, fundFen: 1, fundSource: 'MIXED', startedOn: on }],
  })
  const [roster] = await office.sql<{ id: string }>('select gen_random_uuid() as id')
  await office.sql(
    `insert into benefit_rosters (county_code, id, number, programme, year, period, department, per_person_fen, state, people, total_fen, paid_fen, made_at, made_by, version)
     values ($1, $2, $3, 'P10', 2026, '2026-08-01', '人社局', 1, 'DRAFT', 0, 0, 0, now(), $2, 1)`,
    [county, roster!.id, `MC-${county}`],
  )
  const [listed] = await office.sql<{ id: string }>('select id from family_projects where county_code = $1', [
    county,
  ])
  return {
    ...{ specialFamily, insurancePolicy, benefitRoster: roster!.id, familyProject: listed!.id },
    hospitalStay: await made('hospital-stays', {
      ...{
        personId: person,
        hospitalId: hospital,
        admittedOn: on,
        dischargedOn: on,
        receipt: 'C1',
        payer: 'INSURER',
      },
    }),
    benefitSettlement: await made('benefit-settlements', { kind: 'PREMIUM', policyId: insurancePolicy }),
    closedLedger: await made('closed-ledgers', { ...ledger, statedFen: 100 }),
  }
}

type Known = BenefitRecords & { person: string; otherPerson: string; organisation: string; place: Place }

export const benefitBodies: Record<string, (records: Known) => unknown> = {
  identifyFamily: ({ otherPerson }) => ({
    ...{ kind: 'DEATH', eventOn: on, source: 'VILLAGE', identifiedOn: on, people: [otherPerson] },
  }),
  assignContact: () => ({ tier: 'VILLAGE', userId: nobody, fromOn: on }),
  consentToContact: () => ({ consentOn: on, evidence: 'SIGNED' }),
  openSupportFile: () => ({ openedOn: on }),
  addFamilyMember: ({ otherPerson }) => ({ personId: otherPerson, leftOn: on }),
  giveFamilyService: ({ person }) => ({
    ...{ personId: person, kind: 'FAMILY_DOCTOR', isDeclined: true, fromOn: on },
  }),
  offerBenefit: ({ person }) => ({ programme: 'P02', personId: person, offeredOn: on }),
  answerFamilyOffer: () => ({ answer: 'LATER', answeredOn: on }),
  closeFamily: () => ({ closedOn: '2020-01-01', reason: 'OPTED_OUT' }),
  revealFamily: () => ({ purpose: 'BENEFIT', reason }),
  recordFamilyVisit: () => ({ visitedOn: on, manner: 'IN_PERSON', occasion: 'MONTHLY', outcome: 'MET' }),
  voidFamilyVisit: () => ({ reason }),
  insureFamilies: ({ organisation }) => ({
    ...{ number: 'P-X', insurerId: organisation, fromOn: on, toOn: '2027-01-01', covers: ['NURSING'] },
    ...{ premiumFen: 100, document: '协议' },
  }),
  voidInsurancePolicy: () => ({ reason }),
  settleInsuredStay: () => ({ settledFen: 1, settledOn: on, reference: 'L1' }),
  recordHospitalStay: ({ person, organisation }) => ({
    ...{
      personId: person,
      hospitalId: organisation,
      admittedOn: on,
      dischargedOn: on,
      receipt: 'C2',
      payer: 'FISCAL',
    },
  }),
  checkHospitalStay: () => ({ decision: 'REFUSE', reason }),
  importWaivers: ({ organisation }) => ({
    ...{ organisationId: organisation },
    rows: [{ entitlement: 'TS-1#1', item: 'REGISTRATION', usedOn: on, normalFen: 1, receipt: 'R1' }],
  }),
  makeSettlement: ({ organisation }) => ({
    kind: 'WAIVER',
    organisationId: organisation,
    month: '2026-01-01',
  }),
  paySettlement: () => ({ paidOn: on, bankReference: 'B1' }),
  voidSettlement: () => ({ reason }),
  setServiceTariff: () => ({
    programme: 'P13',
    item: 'NONE',
    fromOn: '2099-01-01',
    priceFen: 1,
    document: '文件',
  }),
  makeRoster: () => ({ programme: 'P12', period: on, department: '民政局', perPersonFen: 1 }),
  returnRoster: () => ({ file: 'seq,outcome' }),
  voidRoster: () => ({ reason }),
  startFamilyProjects: ({ place }) => ({
    projects: [
      {
        ...{ number: 'S2', kind: 'FUND', title: '大棚', partner: '农业局', division: place.village },
        ...{ families: 1, fundFen: 1, fundSource: 'MIXED', startedOn: on },
      },
    ],
  }),
  endFamilyProject: () => ({ result: 'FAILED', endedOn: '2020-01-01' }),
  voidFamilyProject: () => ({ reason }),
  openClosedLedger: () => ({
    ...{
      programme: 'P16',
      title: '旧账',
      document: '文件',
      fromOn: '2006-01-01',
      toOn: '2006-12-31',
      statedFen: 0,
    },
  }),
  loadClosedLedgerRows: ({ place }) => ({
    rows: [
      { reference: '1', division: place.village, period: '2020-01-01', amountFen: 1, outcome: 'WITHDRAWN' },
    ],
  }),
}
