import * as accounts from './accounts.ts'
import * as audit from './audit.ts'
import * as supplies from './contraception/supplies.ts'
import * as supplyDispensing from './contraception/supplies-dispensing.ts'
import * as supplyMovements from './contraception/supplies-movements.ts'
import * as supplyRecalls from './contraception/supplies-recalls.ts'
import * as supplyRequisitions from './contraception/supplies-requisitions.ts'
import * as stockTakes from './contraception/supplies-stock-takes.ts'
import * as choices from './contraception/choices.ts'
import * as eligibility from './contraception/eligibility.ts'
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
import type { Endpoint } from './endpoint.ts'
import * as jobs from './jobs.ts'
import * as organisations from './organisations.ts'
import * as antenatalVisits from './population/antenatal-visits.ts'
import * as birthRegistrations from './population/birth-registrations.ts'
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

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'url' in value && 'config' in value
}

/** Every endpoint by its name: what the access matrix and the documentation are made from. */
export const contracts: Record<string, Endpoint> = Object.fromEntries(
  [
    accounts,
    antenatalVisits,
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
    choices,
    eligibility,
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
  ].flatMap((module) =>
    Object.entries(module).filter((entry): entry is [string, Endpoint] => isEndpoint(entry[1])),
  ),
)
