import type accessLog from '../features/access-log/texts.zh-CN.json'
import type accounts from '../features/accounts/texts.zh-CN.json'
import type antenatal from '../features/antenatal/texts.zh-CN.json'
import type apiClients from '../features/api-clients/texts.zh-CN.json'
import type defectSurveillance from '../features/defect-surveillance/texts.zh-CN.json'
import type divisions from '../features/divisions/texts.zh-CN.json'
import type events from '../features/events/texts.zh-CN.json'
import type birthRegistrations from '../features/birth-registrations/texts.zh-CN.json'
import type pregnancies from '../features/pregnancies/texts.zh-CN.json'
import type care from '../features/care/texts.zh-CN.json'
import type beforePregnancy from '../features/before-pregnancy/texts.zh-CN.json'
import type birthDefectChain from '../features/birth-defect-chain/texts.zh-CN.json'
import type birthDefectStatistics from '../features/birth-defect-statistics/texts.zh-CN.json'
import type careRules from '../features/care-rules/texts.zh-CN.json'
import type checkFields from '../features/check-fields/texts.zh-CN.json'
import type checkUps from '../features/check-ups/texts.zh-CN.json'
import type outreach from '../features/outreach/texts.zh-CN.json'
import type contraceptionStatistics from '../features/contraception-statistics/texts.zh-CN.json'
import type childFollowUp from '../features/child-follow-up/texts.zh-CN.json'
import type newbornScreening from '../features/newborn-screening/texts.zh-CN.json'
import type prenatal from '../features/prenatal/texts.zh-CN.json'
import type laboratory from '../features/laboratory/texts.zh-CN.json'
import type childcare from '../features/childcare/texts.zh-CN.json'
import type dueServices from '../features/due-services/texts.zh-CN.json'
import type exportsTexts from '../features/exports/texts.zh-CN.json'
import type home from '../features/home/texts.zh-CN.json'
import type households from '../features/households/texts.zh-CN.json'
import type imports from '../features/imports/texts.zh-CN.json'
import type indicators from '../features/indicators/texts.zh-CN.json'
import type jobs from '../features/jobs/texts.zh-CN.json'
import type organisations from '../features/organisations/texts.zh-CN.json'
import type persons from '../features/persons/texts.zh-CN.json'
import type population from '../features/population/texts.zh-CN.json'
import type populationBook from '../features/population-book/texts.zh-CN.json'
import type reportCheck from '../features/report-check/texts.zh-CN.json'
import type supplies from '../features/supplies/texts.zh-CN.json'
import type users from '../features/users/texts.zh-CN.json'
import type benefits from '../features/benefits/texts.zh-CN.json'
import type applications from '../features/applications/texts.zh-CN.json'
import type circumstances from '../features/circumstances/texts.zh-CN.json'
import type programmes from '../features/programmes/texts.zh-CN.json'
import type benefitSimulations from '../features/benefit-simulations/texts.zh-CN.json'
import type benefitCoverage from '../features/benefit-coverage/texts.zh-CN.json'
import type benefitProposals from '../features/benefit-proposals/texts.zh-CN.json'
import type beneficiaries from '../features/beneficiaries/texts.zh-CN.json'
import type overpayments from '../features/overpayments/texts.zh-CN.json'
import type otherBenefits from '../features/other-benefits/texts.zh-CN.json'
import type specialFamilies from '../features/special-families/texts.zh-CN.json'
import type payments from '../features/payments/texts.zh-CN.json'
import type verifications from '../features/verifications/texts.zh-CN.json'
import type claimMatches from '../features/claim-matches/texts.zh-CN.json'
import type noticeBoard from '../features/notice-board/texts.zh-CN.json'
import type publicNotices from '../features/public-notices/texts.zh-CN.json'
import type benefitForms from '../features/benefit-forms/texts.zh-CN.json'
import type indicatorChoice from '../features/indicator-choice/texts.zh-CN.json'
import type attachments from '../features/attachments/texts.zh-CN.json'
import type paymentAccounts from '../features/payment-accounts/texts.zh-CN.json'
import type subsidyLedger from '../features/subsidy-ledger/texts.zh-CN.json'
import type financeStatements from '../features/finance-statements/texts.zh-CN.json'
import type subsidyIndicators from '../features/subsidy-indicators/texts.zh-CN.json'
import type app from '../app/texts.zh-CN.json'
import type ui from '../ui/texts.zh-CN.json'

/** All texts by the folder they lie in; a new feature adds its line here. */
type Messages = {
  app: typeof app
  ui: typeof ui
  home: typeof home
  accounts: typeof accounts
  benefits: typeof benefits
  applications: typeof applications
  circumstances: typeof circumstances
  programmes: typeof programmes
  benefitSimulations: typeof benefitSimulations
  benefitCoverage: typeof benefitCoverage
  benefitProposals: typeof benefitProposals
  beneficiaries: typeof beneficiaries
  overpayments: typeof overpayments
  otherBenefits: typeof otherBenefits
  specialFamilies: typeof specialFamilies
  payments: typeof payments
  paymentAccounts: typeof paymentAccounts
  subsidyLedger: typeof subsidyLedger
  financeStatements: typeof financeStatements
  subsidyIndicators: typeof subsidyIndicators
  attachments: typeof attachments
  benefitForms: typeof benefitForms
  indicatorChoice: typeof indicatorChoice
  publicNotices: typeof publicNotices
  noticeBoard: typeof noticeBoard
  claimMatches: typeof claimMatches
  verifications: typeof verifications
  users: typeof users
  apiClients: typeof apiClients
  accessLog: typeof accessLog
  jobs: typeof jobs
  defectSurveillance: typeof defectSurveillance
  divisions: typeof divisions
  organisations: typeof organisations
  persons: typeof persons
  population: typeof population
  populationBook: typeof populationBook
  households: typeof households
  care: typeof care
  beforePregnancy: typeof beforePregnancy
  birthDefectChain: typeof birthDefectChain
  antenatal: typeof antenatal
  birthDefectStatistics: typeof birthDefectStatistics
  careRules: typeof careRules
  checkFields: typeof checkFields
  checkUps: typeof checkUps
  outreach: typeof outreach
  contraceptionStatistics: typeof contraceptionStatistics
  childcare: typeof childcare
  childFollowUp: typeof childFollowUp
  prenatal: typeof prenatal
  newbornScreening: typeof newbornScreening
  laboratory: typeof laboratory
  supplies: typeof supplies
  dueServices: typeof dueServices
  pregnancies: typeof pregnancies
  birthRegistrations: typeof birthRegistrations
  events: typeof events
  imports: typeof imports
  indicators: typeof indicators
  reportCheck: typeof reportCheck
  exports: typeof exportsTexts
}

type Leaves<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Key : `${Key}.${Leaves<Tree[Key]>}`
}[keyof Tree & string]

export type Namespace = keyof Messages
export type TextKeyOf<Name extends Namespace> = Leaves<Messages[Name]>
/** A key in full: `persons.title`. */
export type TextKey = { [Name in Namespace]: `${Name}.${TextKeyOf<Name>}` }[Namespace]
