import { foundCounty, registerHousehold, registerPerson, type Place } from './county.ts'
import { openFacility } from './facility.ts'
import type { Answer, Officer, TestOffice } from './office.ts'
import { programmesOf, type ProgrammeRecords } from './matrix-programmes.ts'
import { applicationsOf, type ApplicationRecords } from './matrix-applications.ts'
import { antenatalOf, type AntenatalRecords } from './matrix-antenatal.ts'
import { benefitsOf, type BenefitRecords } from './matrix-benefits.ts'
import { beforePregnancyOf, type BeforePregnancyRecords } from './matrix-before-pregnancy.ts'
import { chainsOf, type ChainRecords } from './matrix-chains.ts'
import { checkUpsOf, type CheckUpRecords } from './matrix-check-ups.ts'
import { defectsOf, type DefectRecords } from './matrix-defects.ts'
import { laboratoryOf, type LaboratoryRecords } from './matrix-laboratory.ts'
import { entitlementOf, type EntitlementRecords } from './matrix-entitlement.ts'
import { ledgerOf, type LedgerRecords } from './matrix-ledger.ts'
import { noticesOf, type NoticeRecords } from './matrix-notices.ts'
import { paymentsOf, type PaymentRecords } from './matrix-payments.ts'
import { screeningOf, type ScreeningRecords } from './matrix-screening.ts'
import { simulationsOf, type SimulationRecords } from './matrix-simulations.ts'
import { suppliesOf, type SupplyRecords } from './matrix-supplies.ts'
import { visitsOf, type VisitRecords } from './matrix-visits.ts'

export const nobody = '01900000-0000-7000-8000-0000000000ff'
/** A month that is over and whose book anybody may still sign. */
export const month = '2026-05-01'

/** One record of every kind in a county, by its id. */
export type Records = AntenatalRecords &
  ApplicationRecords &
  ProgrammeRecords &
  BenefitRecords &
  ChainRecords &
  BeforePregnancyRecords &
  ScreeningRecords &
  CheckUpRecords &
  DefectRecords &
  LaboratoryRecords &
  NoticeRecords &
  LedgerRecords &
  EntitlementRecords &
  PaymentRecords &
  SimulationRecords &
  SupplyRecords &
  VisitRecords & {
    place: Place
    /** A village of a third county, to which people may go. */
    beyond: string
    person: string
    otherPerson: string
    child: string
    mother: string
    household: string
    user: string
    organisation: string
    import: string
    export: string
    client: string
    merge: string
    birth: string
    death: string
    marriage: string
    move: string
    transfer: string
    parentage: string
    pregnancy: string
    visit: string
    registration: string
    institution: string
    enrolment: string
    room: string
    signature: string
    screen: string
    choice: string
    offer: string
    preference: string
    task: string
  }

/** Furnishes a county whose people all have the name. */
export async function recordsOf(office: TestOffice, prefix: string, name: string): Promise<Records> {
  const beyond = await foundCounty(office, '371402')
  await registerPerson(await office.officer('county_population', beyond.county), beyond.village)
  const place = await foundCounty(office, prefix)
  const officer = await office.officer('county_population', place.county)
  const { code: station, id: stationId } = await openFacility(office, place.township, {
    code: `ST-${prefix}`,
  })
  const clinician = await office.officer('station_clinician', place.county, { organisation: station })
  const { village } = place
  const register = async (changes: object = {}) =>
    (await registerPerson(officer, village, { name, ...changes })).id
  const made = madeBy(officer)
  const person = await register()
  const mother = await register({ sex: '2' })
  const household = await registerHousehold(officer, village)
  const [client] = await office.sql<{ id: string }>(
    `insert into api_clients (id, name, scopes, purposes, division_prefix, allowed_addresses, requests_per_minute, status, version, created_by, created_at)
     values (gen_random_uuid(), $1, '{person.read}', '{}', $2, '{}', 100, 'active', 1, gen_random_uuid(), now()) returning id`,
    [`client ${prefix}`, prefix],
  )
  const [user] = await office.sql<{ id: string }>('select id from users where username = $1', [
    officer.username,
  ])
  const uploaded = await officer.upload(
    '/api/v1/imports',
    { kind: 'persons' },
    {
      name: 'persons.csv',
      content: `name,sex,birthDate,residenceDivision\n${name},1,1990-01-01,${village}\n`,
    },
  )
  const facts = await factsOf(made, { person, beyond: beyond.village, register, mother })
  const services = await servicesOf(made, madeBy(clinician), { name, village, mother, child: facts.child })
  return {
    place,
    beyond: beyond.village,
    person,
    otherPerson: await register(),
    mother,
    household: household.id,
    user: user!.id,
    client: client!.id,
    import: idOf(uploaded),
    organisation: await made('organisations', {
      code: `ORG-${prefix}`,
      type: 'ORG-B',
      name: `卫健局${prefix}`,
      divisionCode: place.county,
    }),
    export: await made('exports', { format: 'csv', purpose: 'REGISTER', reason: '核对' }),
    merge: await made('person-merges', {
      keepId: await register(),
      mergeId: await register(),
      reason: '重复',
    }),
    ...facts,
    ...services,
    ...(await suppliesOf(office, place)),
    signature: await made('population-book/signatures', { division: village, month }),
    ...(await careOf(madeBy(clinician), mother)),
    ...(await dueOf(office, madeBy(clinician), { client: await register(), prefix, station })),
    ...(await checkUpsOf(office, place, { facility: stationId, clinician, clientId: mother })),
    ...(await antenatalOf(office, place, madeBy(clinician), {
      ...{ womanId: mother, pregnancyId: services.pregnancy, station: stationId },
    })),
    ...(await screeningOf(office, place, clinician, {
      womanId: await register({ sex: '2' }),
      childId: await register({ birthDate: '2026-08-08', residenceSince: '2026-08-08' }),
      station: stationId,
    })),
    ...(await beforePregnancyOf(office, place, clinician, await register({ sex: '2' }))),
    ...(await chainsOf(madeBy(clinician), mother)),
    ...(await defectsOf(clinician, village)),
    ...(await applicationsOf(await office.officer('county_subsidy', place.county), {
      ...{ child: facts.child, mother },
    })),
    ...(await programmesOf(await office.officer('county_subsidy', place.county), person)),
    ...(await benefitsOf(office, place, { person: await register(), hospital: stationId })),
    ...(await ledgerOf(await office.officer('county_finance', place.county))),
    ...(await noticesOf(office, place, person)),
    ...(await paymentsOf(office, await office.officer('county_subsidy', place.county), {
      ...{ payee: person, name, prefix, village },
    })),
    ...(await entitlementOf(office, { person, prefix, village })),
    ...(await simulationsOf(office, place, person)),
    ...(await laboratoryOf(clinician, { clientId: mother, labId: stationId, register })),
    ...(await visitsOf(office, place, madeBy(clinician), { clientId: mother, station: stationId })),
  }
}

type Make = (noun: string, body: object) => Promise<string>

const idOf = ({ body, status, text }: Answer): string => {
  const { id, import: run } = body as { id?: string; import?: { id: string } }
  const known = id ?? run?.id
  if (status >= 300 || !known) throw new Error(`A record could not be made: ${text}`)
  return known
}
const madeBy =
  (officer: Officer): Make =>
  async (noun, body) =>
    idOf(await officer.post(`/api/v1/${noun}`, body))

async function factsOf(
  made: Make,
  given: {
    person: string
    mother: string
    beyond: string
    register: (changes?: object) => Promise<string>
  },
) {
  const { person, mother, beyond, register } = given
  const child = await register({ birthDate: '2025-05-20', residenceSince: '2025-05-20', sex: '2' })
  return {
    child,
    birth: await made('births', {
      motherId: mother,
      childId: child,
      occurredOn: '2025-05-20',
      sex: '2',
      place: 'HOSPITAL',
    }),
    death: await made('deaths', {
      personId: await register(),
      occurredOn: '2021-01-01',
      place: 'HOME',
      reporter: 'VILLAGE',
    }),
    marriage: await made('marriages', {
      event: 'MARRY',
      occurredOn: '2020-05-20',
      partyA: await register(),
      partyBName: '李雷',
    }),
    move: await made('migration-events', {
      personId: await register(),
      kind: 'HUKOU_OUT',
      occurredOn: '2021-01-01',
      toDivision: beyond,
      reason: 'OTHER',
    }),
    transfer: await made('county-transfers', {
      personId: await register(),
      toDivision: beyond,
      occurredOn: '2026-06-01',
      reason: 'WORK',
    }),
    parentage: await made('parentage-events', {
      childId: await register({ birthDate: '2015-05-20', residenceSince: '2015-05-20' }),
      adultId: person,
      kind: 'GUARDIAN',
      occurredOn: '2020-05-20',
    }),
    registration: await made('birth-registrations', {
      registrantId: mother,
      purpose: 'PLANNING',
      channel: 'STATION',
    }),
  }
}

/** What is due to a client, and what she said of being contacted. */
async function dueOf(
  office: TestOffice,
  made: Make,
  { client, prefix, station }: { client: string; prefix: string; station: string },
) {
  await office.sql(
    `insert into method_episodes (county_code, id, client_id, facility_id, division_code, birth_year, in_union, method, started_on, start_context,
       own_source, is_dual, recorded_at, source)
     select $1::int, gen_random_uuid(), p.id, o.id, p.residence_division, 1990, true, 'M30', current_date - 45, 'INTERVAL', 'UNKNOWN', false, now(), 'IMPORT'
     from persons p, organisations o where p.id = $2 and o.code = $3`,
    [prefix, client, station],
  )
  const clientPath = `persons/${client}/contact-preferences`
  const preference = await made(clientPath, { kind: 'CONSENT', service: 'ALL', channel: 'VILLAGE' })
  const [task] = await office.sql<{ id: string }>(
    'select id from follow_up_tasks where client_id = $1 order by due_from limit 1',
    [client],
  )
  const offer = await made('service-offers', { clientId: client, service: 'SUPPLY', channel: 'VILLAGE' })
  return { offer, preference, task: task!.id }
}

/** What a facility keeps of a client. */
async function careOf(made: Make, clientId: string) {
  const occurredOn = '2026-08-01'
  return {
    screen: await made('eligibility-screens', { clientId, occurredOn, answers: [] }),
    choice: await made('informed-choices', {
      ...{ clientId, occurredOn, channel: 'FACE', methodsExplained: ['M00', 'M30', 'M70'] },
      ...{
        effectivenessExplained: true,
        sideEffectsExplained: true,
        followUpExplained: true,
        stiProtection: true,
      },
    }),
  }
}

async function servicesOf(
  made: Make,
  cared: Make,
  { name, village, mother, child }: { name: string; village: string; mother: string; child: string },
) {
  const pregnancy = await cared('pregnancies', {
    womanId: mother,
    lastMenstruationOn: '2026-06-01',
    registeredOn: '2026-07-20',
    channel: 'STATION',
    contactConsent: true,
  })
  const institution = await made('childcare-institutions', {
    name: `${name}托育园`,
    kind: 'COMMUNITY',
    openedOn: '2024-01-01',
    divisionCode: village,
    placesUnder1: 5,
  })
  return {
    pregnancy,
    visit: await cared(`pregnancies/${pregnancy}/visits`, { occurredOn: '2026-08-01' }),
    institution,
    enrolment: await made(`childcare-institutions/${institution}/enrolments`, {
      childId: child,
      fromOn: '2026-01-01',
    }),
    room: await made('mother-infant-rooms', {
      site: `${name}车站`,
      siteKind: 'STATION',
      divisionCode: village,
    }),
  }
}
