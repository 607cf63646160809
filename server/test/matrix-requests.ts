import type { Endpoint } from '@youyu/shared/endpoint'
import { newPerson } from './county.ts'
import { month, nobody, type Records } from './matrix-records.ts'
import { programmeBodies, programmeNouns } from './matrix-programmes.ts'
import { applicationBodies, applicationNouns } from './matrix-applications.ts'
import { antenatalBodies, antenatalNouns } from './matrix-antenatal.ts'
import { benefitBodies, benefitNouns } from './matrix-benefits.ts'
import { beforePregnancyBodies, beforePregnancyNouns } from './matrix-before-pregnancy.ts'
import { chainBodies, chainNouns } from './matrix-chains.ts'
import { checkUpBodies, checkUpNouns } from './matrix-check-ups.ts'
import { defectBodies, defectNouns } from './matrix-defects.ts'
import { laboratoryBodies, laboratoryNouns } from './matrix-laboratory.ts'
import { entitlementBodies, entitlementNouns } from './matrix-entitlement.ts'
import { ledgerBodies, ledgerNouns } from './matrix-ledger.ts'
import { noticeBodies, noticeNouns } from './matrix-notices.ts'
import { paymentBodies, paymentNouns } from './matrix-payments.ts'
import { screeningBodies, screeningNouns } from './matrix-screening.ts'
import { simulationBodies, simulationNouns } from './matrix-simulations.ts'
import { supplyBodies, supplyNouns } from './matrix-supplies.ts'
import { visitBodies, visitNouns } from './matrix-visits.ts'
import type { Answer, Officer } from './office.ts'

/** Records by the noun of the address that names them. */
const nouns: Record<string, keyof Omit<Records, 'place' | 'beyond'>> = {
  persons: 'person',
  'person-merges': 'merge',
  households: 'household',
  users: 'user',
  organisations: 'organisation',
  imports: 'import',
  exports: 'export',
  'api-clients': 'client',
  births: 'birth',
  deaths: 'death',
  marriages: 'marriage',
  'migration-events': 'move',
  'county-transfers': 'transfer',
  'parentage-events': 'parentage',
  pregnancies: 'pregnancy',
  'birth-registrations': 'registration',
  'childcare-institutions': 'institution',
  'childcare-enrolments': 'enrolment',
  'mother-infant-rooms': 'room',
  signatures: 'signature',
  ...supplyNouns,
  ...simulationNouns,
  ...checkUpNouns,
  ...beforePregnancyNouns,
  ...screeningNouns,
  ...visitNouns,
  ...chainNouns,
  ...defectNouns,
  ...laboratoryNouns,
  ...benefitNouns,
  ...ledgerNouns,
  ...entitlementNouns,
  ...paymentNouns,
  ...antenatalNouns,
  ...applicationNouns,
  ...programmeNouns,
  ...noticeNouns,
  'eligibility-screens': 'screen',
  'informed-choices': 'choice',
  'service-offers': 'offer',
  'follow-up-tasks': 'task',
}

/** The address of an operation on the records of a county, with the question that it needs. */
function addressOf({ url, schema }: Endpoint, records: Records): string {
  const noun = /([a-z-]+)\/:id/.exec(url)?.[1] ?? ''
  const id = nouns[noun] ? records[nouns[noun]] : nobody
  const address = url
    .replace(':id', id)
    .replace(':visitId', records.visit)
    .replace(':decisionId', nobody)
    .replace(':offerId', nobody)
    .replace(':storeId', records.supplyStore)
    .replace('/months/:month', '/months/2026-08')
    .replace(/:(grantId|secretId|episodeId)/, nobody)
    .replace(':month', month)
    .replace(':preferenceId', records.preference)
    .replace('check-item-sets/:code', 'check-item-sets/PREMARITAL')
    .replace('/programmes/:code', '/programmes/P04')
    .replace('follow-up-protocols/:code', 'follow-up-protocols/iud-use')
    .replace(
      ':code',
      url.includes('/care-indicators/')
        ? 'CON-01'
        : url.includes('/birth-defect-indicators/')
          ? 'BDI-01'
          : url.includes('/subsidy-indicators/')
            ? 'SUB-14'
            : url.includes('/indicators/')
              ? 'POP-01'
              : records.place.village,
    )
    .replace(':county', records.place.county.slice(0, 6))
    .replace(':barcode', records.labBarcode)
    .replace(':number', 'B371121202699999')
    .replace(':quarter', '2026Q2')
    .replace(':kind', 'persons')
    .replace(':source', 'matrix')
    .replace(':key', 'matrix')
    .replace(':edition', 'WHO-MEC-5-2015')
    .replace(':table', 'RISK-CN-2017')
    .replace(':method', 'M30')
    .replace(':recordId', records.chainSaid)
    .replace('birth-defect-worklists/:name', 'birth-defect-worklists/due')
    .replace('birth-defect-schedules/:version', 'birth-defect-schedules/1')
  const asked = schema.querystring && 'shape' in schema.querystring ? schema.querystring.shape : {}
  const question = Object.entries(questionOf(records)).filter(([name]) => name in asked)
  return question.length > 0 ? `${address}?${new URLSearchParams(question).toString()}` : address
}

const questionOf = ({ place }: Records): Record<string, string> => ({
  division: place.county,
  month,
  from: '2026-01-01',
  to: month,
  dryRun: 'true',
  q: '张三',
  sessionId: nobody,
  quarter: '2026Q2',
  year: '2026',
  county: place.county.slice(0, 6),
})

const explained = {
  methodsExplained: ['M00', 'M30', 'M70'],
  effectivenessExplained: true,
  sideEffectsExplained: true,
  followUpExplained: true,
  stiProtection: true,
}

/** A body that the schema takes, for every operation that has one: a new operation must add its own. */
export const bodies: Record<string, (records: Records) => unknown> = {
  createSession: () => ({ username: 'nobody', password: 'wrong' }),
  changePassword: () => ({ currentPassword: 'wrong', newPassword: 'a long enough new password' }),
  enrolSecondFactor: () => ({ password: 'wrong' }),
  confirmSecondFactor: () => ({ code: '000000' }),
  removeSecondFactor: () => ({ password: 'wrong', code: '000000' }),
  setPreference: () => ({ value: 1 }),
  switchCounty: (records) => ({ code: records.place.county }),
  createUser: (records) => ({
    username: `u${Math.random().toString(36).slice(2, 10)}`,
    displayName: '新用户',
    grants: [{ role: 'village_worker', divisionPrefix: records.place.village }],
  }),
  changeUser: () => ({ displayName: '改名' }),
  giveGrant: (records) => ({ role: 'village_worker', divisionPrefix: records.place.otherVillage }),
  createApiClient: (records) => ({
    name: `c${Math.random()}`,
    scopes: ['person.read'],
    divisionPrefix: records.place.county.slice(0, 6),
  }),
  changeApiClient: () => ({ name: `c${Math.random()}` }),
  rotateClientSecret: () => ({ overlapHours: 1 }),
  issueToken: () => ({ grant_type: 'client_credentials' }),
  previewDivisionChange: (records) => ({
    kind: 'RENAME',
    from: [records.place.village],
    to: [{ code: records.place.village, name: '新村' }],
    effectiveOn: '2026-01-01',
    sourceDocument: '文件',
  }),
  applyDivisionChange: (records) => ({
    kind: 'RENAME',
    from: [records.place.village],
    to: [{ code: records.place.village, name: '新村' }],
    effectiveOn: '2026-01-01',
    sourceDocument: '文件',
  }),
  createOrganisation: (records) => ({
    code: `X${Math.random().toString(36).slice(2, 10)}`,
    type: 'ORG-VR',
    name: '村卫生室',
    divisionCode: records.place.village,
  }),
  changeOrganisation: () => ({ name: '改名的机构' }),
  recountCare: (records) => ({ division: records.place.county }),
  recountBirthDefects: (records) => ({ division: records.place.county }),
  createPerson: (records) => newPerson(records.place.village),
  correctPerson: () => ({ set: { education: '70' }, reason: '核对' }),
  movePerson: (records) => ({ divisionCode: records.place.village, from: '2020-01-01', status: '1' }),
  voidResidenceEpisode: () => ({ reason: '误录' }),
  revealPerson: () => ({ fields: ['phone'], purpose: 'REGISTER', reason: '核对' }),
  mergePersons: (records) => ({ keepId: records.person, mergeId: records.otherPerson, reason: '重复' }),
  undoMerge: () => ({ reason: '误并' }),
  createHousehold: (records) => ({
    number: `N${Math.random().toString(36).slice(2, 10)}`,
    type: 'FAMILY',
    divisionCode: records.place.village,
  }),
  changeHousehold: () => ({ address: '村东' }),
  splitHousehold: (records) => ({
    number: 'S1',
    members: [{ personId: records.person, relation: '0' }],
    on: '2026-01-01',
  }),
  addMember: (records) => ({ personId: records.person, relation: '8', on: '2026-01-01' }),
  changeHead: (records) => ({ personId: records.person, on: '2026-01-01' }),
  recordBirth: (records) => ({
    motherId: records.mother,
    occurredOn: '2020-05-20',
    sex: '2',
    place: 'HOSPITAL',
    child: { name: '新生儿' },
  }),
  correctBirth: () => ({ set: { weightGrams: 3200 }, reason: '误录' }),
  voidBirth: () => ({ reason: '误录' }),
  recordDeath: (records) => ({
    personId: records.person,
    occurredOn: '2021-01-01',
    place: 'HOME',
    reporter: 'VILLAGE',
  }),
  correctDeath: () => ({ set: { place: 'HOSPITAL' }, reason: '误录' }),
  voidDeath: () => ({ reason: '误录' }),
  revealCauseOfDeath: () => ({ purpose: 'SERVICE', reason: '随访' }),
  recordMarriage: (records) => ({
    event: 'MARRY',
    occurredOn: '2020-05-20',
    partyA: records.person,
    partyBName: '李雷',
  }),
  correctMarriage: () => ({ set: { occurredOn: '2020-05-21' }, reason: '误录' }),
  voidMarriage: () => ({ reason: '误录' }),
  recordMove: (records) => ({
    personId: records.person,
    kind: 'HUKOU_OUT',
    occurredOn: '2021-01-01',
    toDivision: records.place.otherVillage,
    reason: 'OTHER',
  }),
  correctMove: () => ({ set: { reason: 'WORK' }, reason: '误录' }),
  voidMove: () => ({ reason: '误录' }),
  sendTransfer: (records) => ({
    personId: records.person,
    toDivision: records.beyond,
    occurredOn: '2021-01-01',
    reason: 'WORK',
  }),
  answerTransfer: () => ({ accept: false, reason: '查无此人' }),
  recordParentage: (records) => ({
    childId: records.person,
    adultId: records.otherPerson,
    kind: 'GUARDIAN',
    occurredOn: '2020-05-20',
  }),
  correctParentage: () => ({ set: { endedOn: '2021-01-01' }, reason: '误录' }),
  voidParentage: () => ({ reason: '误录' }),
  registerPregnancy: (records) => ({
    womanId: records.mother,
    lastMenstruationOn: '2026-01-01',
    registeredOn: '2026-02-20',
    channel: 'STATION',
    contactConsent: true,
  }),
  changePregnancy: () => ({ contactConsent: false }),
  endPregnancy: () => ({ status: 'LOST', endedOn: '2026-01-01' }),
  transferPregnancy: (records) => ({
    transferredOn: '2026-01-01',
    toDivision: records.place.village,
    consent: true,
  }),
  voidPregnancy: () => ({ reason: '误录' }),
  recordAntenatalVisit: () => ({ occurredOn: '2026-01-01' }),
  correctAntenatalVisit: () => ({ set: { systolic: 120 }, reason: '误录' }),
  voidAntenatalVisit: () => ({ reason: '误录' }),
  fileBirthRegistration: (records) => ({
    registrantId: records.mother,
    purpose: 'PLANNING',
    channel: 'STATION',
  }),
  completeBirthRegistration: () => ({ expectedOn: '2026-12-01' }),
  correctBirthRegistration: () => ({ childOrder: 2 }),
  withdrawBirthRegistration: () => ({}),
  linkBirthRegistration: (records) => ({ birthId: records.birth }),
  createChildcareInstitution: (records) => ({
    name: '小苗托育园',
    kind: 'COMMUNITY',
    openedOn: '2024-01-01',
    divisionCode: records.place.village,
  }),
  changeChildcareInstitution: () => ({ places1: 10 }),
  enrolChild: (records) => ({ childId: records.person, fromOn: '2026-01-01' }),
  correctChildcareEnrolment: () => ({ set: { toOn: '2026-02-01' }, reason: '误录' }),
  voidChildcareEnrolment: () => ({ reason: '误录' }),
  createMotherInfantRoom: (records) => ({
    site: '汽车站',
    siteKind: 'STATION',
    divisionCode: records.place.village,
  }),
  changeMotherInfantRoom: () => ({ required: true }),
  signBook: (records) => ({ division: records.place.village, month }),
  signBookBelow: (records) => ({ division: records.place.township, month }),
  withdrawBookSignature: () => ({ reason: '误签' }),
  publishMethodSheet: () => ({
    ...{
      method: 'M30',
      effectiveFrom: '2099-01-01',
      typicalUse: 0.8,
      perfectUse: 0.6,
      effectivenessSource: '来源',
    },
    ...{ effectivenessNoteZh: null, effectivenessNoteEn: null, howZh: '用法', howEn: 'How' },
    ...{ sideEffectsZh: [], sideEffectsEn: [], warningsZh: [], warningsEn: [], stiProtection: 'NO' },
    ...{ returnToFertilityZh: '很快', returnToFertilityEn: 'Soon', followUpZh: '随访', followUpEn: 'Visits' },
    ...{ source: '来源', reviewer: null, reviewedOn: null },
  }),
  publishMecEdition: () => ({
    ...{ code: 'MATRIX', nameZh: '更正', nameEn: 'Corrected', basedOn: 'WHO-MEC-5-2015' },
    ...{ effectiveFrom: '2099-01-01', source: '来源', reviewer: '李主任', reviewedOn: '2020-01-01' },
    ...{ reason: '核对', cells: [] },
  }),
  withdrawMecEdition: () => ({ reason: '核对' }),
  recordScreen: (records) => ({ clientId: records.mother, occurredOn: '2026-08-01', answers: [] }),
  overrideScreen: () => ({ method: 'COC', reason: '会诊' }),
  correctScreen: () => ({ set: { answers: [] }, reason: '误录' }),
  voidScreen: () => ({ reason: '误录' }),
  recordChoice: (records) => ({
    ...{ clientId: records.mother, occurredOn: '2026-08-01', channel: 'FACE' },
    ...explained,
  }),
  decideChoice: () => ({ decision: 'DECLINE', decidedOn: '2026-08-02', freeOfPressure: true }),
  correctChoice: () => ({ set: { channel: 'PHONE' }, reason: '误录' }),
  voidChoice: () => ({ reason: '误录' }),
  recordGroupSession: (records) => ({
    ...{ occurredOn: '2026-08-01', clients: [{ clientId: records.mother }] },
    ...explained,
  }),
  addProtocolVersion: () => ({
    ...{ effectiveFrom: '2099-01-01', reason: '核对' },
    steps: [
      {
        ...{
          step: 'm1',
          nameZh: '一个月',
          nameEn: 'A month',
          months: 1,
          days: 0,
          percent: null,
          windowDays: 30,
        },
        ...{ keepDays: 60, everyMonths: null, service: 'FOLLOW_UP', mode: 'CLINIC', needsConsent: false },
      },
    ],
  }),
  recordTaskOutcome: () => ({ outcome: 'NOT_NEEDED', on: '2026-06-01' }),
  requestService: (records) => ({ clientId: records.person, service: 'COUNSELLING', channel: 'VILLAGE' }),
  answerOffer: () => ({ answer: 'ACCEPT', channel: 'VILLAGE' }),
  remindOfOffer: () => ({ channel: 'PHONE' }),
  stateContactPreference: () => ({ kind: 'OPT_OUT', service: 'CHECK_UP', channel: 'VILLAGE' }),
  endContactPreference: () => ({ channel: 'VILLAGE' }),
  ...supplyBodies,
  ...simulationBodies,
  ...checkUpBodies,
  ...beforePregnancyBodies,
  ...screeningBodies,
  ...antenatalBodies,
  ...visitBodies,
  ...chainBodies,
  ...defectBodies,
  ...applicationBodies,
  ...programmeBodies,
  ...noticeBodies,
  ...laboratoryBodies,
  ...benefitBodies,
  ...ledgerBodies,
  ...entitlementBodies,
  ...paymentBodies,
  checkTypedReport: () => ({ totals: [{ name: '出生', value: 12 }] }),
  decideImportReviews: () => ({ rows: [1], decision: 'skipped' }),
  saveImportMapping: () => ({ mapping: {} }),
  requestExport: () => ({ format: 'csv', purpose: 'REGISTER', reason: '核对' }),
  decideExport: () => ({ decision: 'refused', reason: '不需要' }),
}

export async function ask(
  name: string,
  contract: Endpoint,
  officer: Officer,
  records: Records,
): Promise<Answer> {
  const url = addressOf(contract, records)
  const options = { ifMatch: 9999 }
  const body = bodies[name]?.(records)
  switch (contract.method) {
    case 'GET':
      return await officer.get(url)
    case 'DELETE':
      return await officer.delete(url)
    case 'PUT':
      return await officer.put(url, body, options)
    case 'PATCH':
      return await officer.patch(url, body, options)
    case 'POST':
      return contract.config.multipart
        ? await officer.upload(
            url,
            { kind: 'persons' },
            { name: 'matrix.csv', content: 'name,sex\n' },
            options,
          )
        : await officer.post(url, body, options)
  }
}
