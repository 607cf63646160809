import * as programmes from './subsidies/programmes.ts'
import * as programmeChanges from './subsidies/programme-changes.ts'
import * as circumstances from './subsidies/circumstances.ts'
import * as specialFamilies from './subsidies/special-families.ts'
import * as familySupport from './subsidies/family-support.ts'
import * as myFamilies from './subsidies/my-families.ts'
import * as familyInsurance from './subsidies/insurance.ts'
import * as hospitalStays from './subsidies/hospital-stays.ts'
import * as benefitSettlements from './subsidies/settlements.ts'
import * as feeWaivers from './subsidies/fee-waivers.ts'
import * as benefitRosters from './subsidies/benefit-rosters.ts'
import * as familyProjects from './subsidies/family-projects.ts'
import * as closedLedgers from './subsidies/closed-ledgers.ts'
import * as childFollowUp from './birth-defects/child-follow-up.ts'
import * as familyFiles from './birth-defects/family-files.ts'
import * as fhir from './birth-defects/fhir.ts'
import * as laboratory from './birth-defects/laboratory.ts'
import * as caseReviews from './birth-defects/case-reviews.ts'
import * as defectCases from './birth-defects/defect-cases.ts'
import * as defectPhotos from './birth-defects/defect-photos.ts'
import * as defectCategories from './birth-defects/defect-categories.ts'
import * as defectReturns from './birth-defects/defect-returns.ts'
import * as missedCases from './birth-defects/missed-cases.ts'
import * as checkItemSets from './birth-defects/check-item-sets.ts'
import * as coupleChecks from './birth-defects/couple-checks.ts'
import * as folicAcid from './birth-defects/folic-acid.ts'
import * as preconception from './birth-defects/preconception.ts'
import * as premarital from './birth-defects/premarital.ts'
import * as torch from './birth-defects/torch.ts'
import * as birthDefectStatistics from './birth-defects/statistics.ts'
import * as defectSurveillance from './birth-defects/surveillance.ts'
import * as beneficiaries from './subsidies/beneficiaries.ts'
import * as entitlements from './subsidies/entitlements.ts'
import * as overpayments from './subsidies/overpayments.ts'
import * as financeStatements from './subsidies/finance-statements.ts'
import * as subsidyIndicators from './subsidies/indicators.ts'
import * as subsidyFunds from './subsidies/funds.ts'
import * as subsidyLedger from './subsidies/ledger.ts'
import * as paymentAccounts from './subsidies/payment-accounts.ts'
import * as paymentBatches from './subsidies/payment-batches.ts'
import * as paymentRosters from './subsidies/payment-rosters.ts'
import * as paymentConfirmations from './subsidies/payment-confirmations.ts'
import * as bankReturns from './subsidies/bank-returns.ts'
import * as paymentItems from './subsidies/payment-items.ts'
import * as bankLayouts from './subsidies/bank-layouts.ts'
import * as bankExchange from './subsidies/bank-exchange.ts'
import * as benefitProposals from './subsidies/proposals.ts'
import * as benefitSimulations from './subsidies/simulations.ts'
import * as eligibilityRuns from './subsidies/eligibility.ts'
import * as accounts from './accounts.ts'
import * as audit from './audit.ts'
import * as birthDefectChains from './birth-defects/chains.ts'
import * as chainSchedules from './birth-defects/schedules.ts'
import * as chainWorklists from './birth-defects/worklists.ts'
import * as chainCascades from './birth-defects/cascades.ts'
import * as supplies from './contraception/supplies.ts'
import * as supplyDispensing from './contraception/supplies-dispensing.ts'
import * as supplyMovements from './contraception/supplies-movements.ts'
import * as supplyRecalls from './contraception/supplies-recalls.ts'
import * as supplyRequisitions from './contraception/supplies-requisitions.ts'
import * as stockTakes from './contraception/supplies-stock-takes.ts'
import * as choices from './contraception/choices.ts'
import * as eligibility from './contraception/eligibility.ts'
import * as mecEditions from './contraception/mec-editions.ts'
import * as methods from './contraception/methods.ts'
import * as careStatistics from './contraception/statistics.ts'
import * as checkCalendars from './contraception/calendars.ts'
import * as checkStations from './contraception/check-stations.ts'
import * as checkCases from './contraception/cases.ts'
import * as checkInvitations from './contraception/invitations.ts'
import * as outreach from './contraception/outreach.ts'
import * as checkProgrammes from './contraception/programmes.ts'
import * as checkSessions from './contraception/sessions.ts'
import * as checkVisits from './contraception/visits.ts'
import * as followUp from './contraception/follow-up.ts'
import * as offers from './contraception/offers.ts'
import * as protocols from './contraception/protocols.ts'
import * as divisions from './divisions.ts'
import * as applications from './subsidies/applications.ts'
import * as applicationLetters from './subsidies/application-letters.ts'
import * as applicationReviews from './subsidies/application-reviews.ts'
import * as newborn from './birth-defects/newborn.ts'
import * as cchdScreens from './birth-defects/cchd-screens.ts'
import * as hearingScreens from './birth-defects/hearing-screens.ts'
import * as prenatal from './birth-defects/prenatal.ts'
import * as prenatalCases from './birth-defects/prenatal-cases.ts'
import * as screeningParameters from './birth-defects/screening-parameters.ts'
import type { Endpoint } from './endpoint.ts'
import * as jobs from './jobs.ts'
import * as organisations from './organisations.ts'
import * as antenatalVisits from './population/antenatal-visits.ts'
import * as birthRegistrations from './population/birth-registrations.ts'
import * as attachments from './subsidies/attachments.ts'
import * as claims from './subsidies/claims.ts'
import * as notices from './subsidies/notices.ts'
import * as noticeBoard from './subsidies/notice-board.ts'
import * as objections from './subsidies/objections.ts'
import * as verifications from './subsidies/verifications.ts'
import * as births from './population/births.ts'
import * as book from './population/book.ts'
import * as childcare from './population/childcare.ts'
import * as deaths from './population/deaths.ts'
import * as events from './population/events.ts'
import * as exports_ from './population/exports.ts'
import * as households from './population/households.ts'
import * as imports from './population/imports.ts'
import * as indicators from './population/indicators.ts'
import * as lifeStages from './population/life-stages.ts'
import * as marriages from './population/marriages.ts'
import * as rooms from './population/mother-infant-rooms.ts'
import * as moves from './population/moves.ts'
import * as overview from './population/overview.ts'
import * as parentage from './population/parentage.ts'
import * as persons from './population/persons.ts'
import * as reportChecks from './population/report-checks.ts'
import * as pregnancies from './population/pregnancies.ts'
import * as careRecord from './contraception/care-record.ts'
import * as clients from './contraception/clients.ts'
import * as consents from './contraception/consents.ts'
import * as encounters from './contraception/encounters.ts'
import * as episodes from './contraception/episodes.ts'
import * as operatorLicences from './contraception/operator-licences.ts'
import * as procedures from './contraception/procedures.ts'
import * as complications from './contraception/complications.ts'
import * as antenatalCare from './birth-defects/antenatal-care.ts'
import * as antenatalContacts from './birth-defects/antenatal-contacts.ts'
import * as postnatalContacts from './birth-defects/postnatal-contacts.ts'
import * as carePlans from './birth-defects/care-plans.ts'
import * as decisionSupport from './birth-defects/decision-support.ts'
import * as referrals from './birth-defects/referrals.ts'

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'url' in value && 'config' in value
}

/** Every endpoint by its name: what the access matrix and the documentation are made from. */
export const contracts: Record<string, Endpoint> = Object.fromEntries(
  [
    accounts,
    antenatalVisits,
    antenatalCare,
    antenatalContacts,
    postnatalContacts,
    carePlans,
    decisionSupport,
    referrals,
    audit,
    birthRegistrations,
    births,
    book,
    childcare,
    deaths,
    events,
    divisions,
    jobs,
    organisations,
    exports_,
    households,
    imports,
    indicators,
    overview,
    parentage,
    lifeStages,
    marriages,
    persons,
    pregnancies,
    followUp,
    offers,
    protocols,
    reportChecks,
    childFollowUp,
    familyFiles,
    fhir,
    laboratory,
    choices,
    eligibility,
    mecEditions,
    methods,
    rooms,
    careRecord,
    clients,
    consents,
    encounters,
    episodes,
    operatorLicences,
    procedures,
    complications,
    moves,
    checkProgrammes,
    checkCalendars,
    checkStations,
    checkSessions,
    checkInvitations,
    checkVisits,
    checkCases,
    outreach,
    supplies,
    supplyDispensing,
    supplyMovements,
    supplyRecalls,
    supplyRequisitions,
    stockTakes,
    careStatistics,
    birthDefectStatistics,
    defectSurveillance,
    prenatal,
    prenatalCases,
    newborn,
    cchdScreens,
    hearingScreens,
    screeningParameters,
    caseReviews,
    defectCases,
    defectPhotos,
    defectCategories,
    defectReturns,
    missedCases,
    checkItemSets,
    coupleChecks,
    premarital,
    preconception,
    torch,
    folicAcid,
    birthDefectChains,
    chainSchedules,
    chainWorklists,
    chainCascades,
    attachments,
    claims,
    notices,
    noticeBoard,
    objections,
    verifications,
    beneficiaries,
    entitlements,
    overpayments,
    paymentAccounts,
    paymentBatches,
    paymentRosters,
    paymentConfirmations,
    bankReturns,
    paymentItems,
    bankLayouts,
    bankExchange,
    subsidyFunds,
    subsidyIndicators,
    financeStatements,
    subsidyLedger,
    applications,
    applicationLetters,
    applicationReviews,
    programmes,
    programmeChanges,
    circumstances,
    specialFamilies,
    familySupport,
    myFamilies,
    familyInsurance,
    hospitalStays,
    benefitSettlements,
    feeWaivers,
    benefitRosters,
    familyProjects,
    closedLedgers,
    eligibilityRuns,
    benefitProposals,
    benefitSimulations,
  ].flatMap((module) =>
    Object.entries(module).filter((entry): entry is [string, Endpoint] => isEndpoint(entry[1])),
  ),
)
