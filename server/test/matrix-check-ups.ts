import type { Place } from './county.ts'
import type { Answer, Officer, TestOffice } from './office.ts'

export type CheckUpRecords = {
  checkStation: string
  checkCalendar: string
  checkSession: string
  busyPeriod: string
  checkInvitation: string
  checkVisit: string
  rtiCase: string
  infertilityCase: string
  outreach: string
  facility: string
}

export const checkUpNouns = {
  'check-stations': 'checkStation',
  'check-calendars': 'checkCalendar',
  'check-sessions': 'checkSession',
  'busy-periods': 'busyPeriod',
  'check-invitations': 'checkInvitation',
  'check-visits': 'checkVisit',
  'rti-cases': 'rtiCase',
  'infertility-cases': 'infertilityCase',
  'outreach-sessions': 'outreach',
} as const

const occurredOn = '2026-08-01'

/** What a county plans, and what one facility did of it. */
export async function checkUpsOf(
  office: TestOffice,
  place: Place,
  { facility, clinician, clientId }: { facility: string; clinician: Officer; clientId: string },
): Promise<CheckUpRecords> {
  const planner = await office.officer('county_mch', place.county)
  const made = async (officer: Officer, noun: string, body: object) =>
    idIn(await officer.post(`/api/v1/${noun}`, body))
  const checkStation = await made(planner, 'check-stations', {
    ...{ organisationId: facility, name: '查体站', divisionCode: place.township },
    ...{ capacityPerDay: 30, openedOn: '2020-01-01' },
  })
  const checkCalendar = await made(planner, 'check-calendars', { year: 2027 })
  const [session] = await office.sql<{ id: string }>(
    `insert into check_sessions (county_code, id, calendar_id, station_id, facility_id, division_code, category, team, published_on, on_day, slots, expected,
       distance_class, transport, status, attended, changed_at, recorded_at, version)
     values ($1, gen_random_uuid(), $2, $3, $4, $5, 'WOMEN', 1, '2027-03-01', '2027-03-01', 30, 20, 'NEAR', 'BUS', 'PLANNED', 0, now(), now(), 1) returning id`,
    [Number(place.county.slice(0, 6)), checkCalendar, checkStation, facility, place.village],
  )
  const care = async (noun: string, body: object) => await made(clinician, noun, { clientId, ...body })
  return {
    ...{ checkStation, checkCalendar, checkSession: session!.id, facility },
    busyPeriod: await made(planner, 'busy-periods', {
      ...{
        divisionCode: place.county,
        kind: 'HARVEST',
        name: '麦收',
        fromOn: '2027-06-05',
        toOn: '2027-06-15',
      },
    }),
    checkInvitation: await care('check-invitations', { programme: 'PREMARITAL', channel: 'PHONE' }),
    checkVisit: await care('check-visits', { occurredOn, place: 'STATION', items: ['BP'] }),
    rtiCase: await care('rti-cases', { diagnosedOn: occurredOn, icd10: 'N72' }),
    infertilityCase: await care('infertility-cases', { openedOn: occurredOn }),
    outreach: await made(clinician, 'outreach-sessions', round({ facility, place })),
  }
}

function idIn({ status, body, text }: Answer): string {
  if (status >= 300) throw new Error(`A record of check-ups could not be made: ${text}`)
  return (body as { id: string }).id
}

const round = ({ facility, place }: { facility: string; place: Place }) => ({
  ...{
    facilityId: facility,
    kind: 'ROUND',
    occurredOn,
    sites: [place.village],
    minutes: 60,
    team: ['李医生'],
  },
})

type Made = CheckUpRecords & { place: Place; mother: string }

export const checkUpBodies: Record<string, (records: Made) => unknown> = {
  decideCheckProgramme: () => ({
    ...{ code: 'MATRIX', effectiveFrom: '2099-01-01', nameZh: '检查', nameEn: 'Check', category: 'MEN' },
    ...{ audience: 'RESIDENTS', sex: '1', ageFrom: 40, ageTo: 60, cycleMonths: 24, venue: 'VILLAGE' },
    ...{ items: ['BP'], basis: '县里决定' },
  }),
  createCheckStation: ({ facility, place }) => ({
    ...{ organisationId: facility, name: '站', divisionCode: place.township },
    ...{ capacityPerDay: 30, openedOn: '2020-01-01' },
  }),
  changeCheckStation: () => ({ capacityPerDay: 31 }),
  setVillageDistances: ({ checkStation, place }) => ({
    rows: [
      {
        ...{ divisionCode: place.village, stationId: checkStation, distanceClass: 'NEAR' },
        ...{ transport: 'BUS', minutes: 10 },
      },
    ],
  }),
  createBusyPeriod: ({ place }) => ({
    ...{ divisionCode: place.village, kind: 'OTHER', name: '庙会', fromOn: '2027-04-01', toOn: '2027-04-02' },
  }),
  proposeCheckCalendar: () => ({ year: 2028 }),
  replanCheckCalendar: () => ({ reason: '大雪' }),
  moveCheckSession: () => ({ on: '2027-03-03', reason: '停电' }),
  cancelCheckSession: () => ({ reason: '大雪' }),
  holdCheckSession: () => ({ heldOn: occurredOn }),
  inviteToSession: () => ({ channel: 'PHONE' }),
  inviteClient: ({ mother }) => ({ clientId: mother, programme: 'PRECONCEPTION', channel: 'PHONE' }),
  answerCheckInvitation: () => ({ answer: 'DECLINED' }),
  remindCheckInvitation: () => ({ channel: 'PHONE' }),
  recordCheckVisit: ({ mother }) => ({ clientId: mother, occurredOn, place: 'STATION', items: ['BP'] }),
  voidCheckVisit: () => ({ reason: '误录' }),
  openRtiCase: ({ mother }) => ({ clientId: mother, diagnosedOn: occurredOn, icd10: 'B37.3' }),
  changeRtiCase: () => ({ partnerNotified: true }),
  openInfertilityCase: ({ mother }) => ({ clientId: mother, openedOn: occurredOn }),
  changeInfertilityCase: () => ({ durationMonths: 20 }),
  recordOutreach: round,
  changeOutreach: () => ({ leaflets: 100 }),
  voidOutreach: () => ({ reason: '重复' }),
}
