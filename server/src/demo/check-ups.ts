import type { CheckCalendar } from '@youyu/shared/contraception/calendars'
import type { CheckStation } from '@youyu/shared/contraception/check-stations'
import type { RtiCase } from '@youyu/shared/contraception/cases'
import type { CheckInvitation } from '@youyu/shared/contraception/invitations'
import type { CheckSession, CheckSessionDetail } from '@youyu/shared/contraception/sessions'
import type { CheckVisit } from '@youyu/shared/contraception/visits'
import type { Page } from '@youyu/shared/values'
import { runOpenJobs } from '../jobs/index.ts'
import type { Office } from '../office.ts'
import { day, enter, look, type Signed } from './front-door.ts'

type Planning = {
  office: Office
  planner: Signed
  places: { county: string; township: string; village: string }
  /** Of the demo's township, near the station. */
  villages: readonly string[]
  /** Where the teams go from today on. */
  otherTownships: readonly string[]
  organisations: ReadonlyMap<string, string>
  then: string
  today: string
}

/** The stations of the county, its harvest, and the year's calendar, published. */
export async function planYear({
  office,
  planner,
  places,
  villages,
  otherTownships,
  organisations,
  then,
  today,
}: Planning): Promise<void> {
  const openedOn = `${today.slice(0, 4)}-01-01`
  const station = (code: string, name: string, divisionCode: string, given: object) =>
    enter<CheckStation>(planner, '/api/v1/check-stations', {
      ...{ organisationId: organisations.get(code), name: `${name}（演示）`, divisionCode, openedOn },
      ...given,
    })
  const { id: stationId } = await station('DEMO-S', '妇幼中心巡回查体队', places.county, {
    ...{ capacityPerDay: 50, teams: 4, vehicles: 4 },
  })
  const other = [...organisations.keys()].find(
    (code) => code.startsWith('ST-') && !places.township.startsWith(code.slice(3)),
  ) as string
  await station(other, '乡镇卫生院查体队', `${other.slice(3)}000`, { capacityPerDay: 40 })
  const near = { stationId, distanceClass: 'NEAR', transport: 'BUS', minutes: 20 }
  await enter(planner, '/api/v1/village-distances', {
    rows: villages.map((divisionCode) => ({ ...near, divisionCode })),
  })
  await enter(planner, '/api/v1/busy-periods', {
    ...{ divisionCode: places.county, kind: 'HARVEST', name: '秋收' },
    ...{ fromOn: `${today.slice(0, 4)}-09-28`, toOn: `${today.slice(0, 4)}-10-07` },
  })
  for (const divisionCode of otherTownships)
    await enter(planner, '/api/v1/busy-periods', {
      ...{ divisionCode, kind: 'OTHER', name: '先行试点期间暂不安排' },
      ...{ fromOn: then, toOn: day(today, 1) },
    })
  const { id } = await enter<CheckCalendar>(planner, '/api/v1/check-calendars', {
    year: Number(today.slice(0, 4)),
  })
  const url = `/api/v1/check-calendars/${id}`
  await runOpenJobs(office)
  const calendar = await look<CheckCalendar>(planner, url)
  await enter(planner, `${url}/publication`, undefined, calendar.version)
}

type Sessions = { clinician: Signed; township: string; from: string; to: string }

async function sessionsOf({ clinician, township, from, to }: Sessions): Promise<CheckSession[]> {
  const query = `division=${township}&from=${from}&to=${to}&status=PLANNED`
  return (await look<Page<CheckSession>>(clinician, `/api/v1/check-sessions?${query}`)).items
}

/** Invites to the sessions of some weeks; most say yes, some say no, some say nothing. */
export async function invite(sessions: Sessions): Promise<void> {
  const { clinician } = sessions
  for (const { id } of await sessionsOf(sessions))
    await enter(clinician, `/api/v1/check-sessions/${id}/invitations`, { channel: 'PHONE' })
  const sent = await look<Page<CheckInvitation>>(clinician, '/api/v1/check-invitations?status=SENT&limit=30')
  for (const [place, { id, version }] of sent.items.entries()) {
    const answer = ['ACCEPTED', 'ACCEPTED', 'DECLINED', 'ACCEPTED', null][place % 5]
    if (answer) await enter(clinician, `/api/v1/check-invitations/${id}/answer`, { answer }, version)
  }
}

type Finding = { icd10: string; treatment: string; treatedOn?: string; referredTo?: string; note?: string }

/** What is found at every eighth visit or so. */
const findingsOn = (on: string): Record<number, Finding> => ({
  1: { icd10: 'N76.0', treatment: 'TREATED', treatedOn: on },
  4: { icd10: 'D25', treatment: 'WATCHED', note: '肌瘤约2厘米，半年后复查' },
  7: { icd10: 'N72', treatment: 'NONE' },
  9: { icd10: 'N87.0', treatment: 'REFERRED', referredTo: '五莲县人民医院（演示）' },
  12: { icd10: 'N60', treatment: 'NONE' },
  15: { icd10: 'I10', treatment: 'REFERRED', referredTo: '乡镇卫生院' },
})

const itemsOf: Record<string, readonly string[]> = {
  MEN_CHECK: ['CONSULTATION', 'BP', 'ANDROLOGY'],
  TWO_CANCER: ['CONSULTATION', 'GYN', 'HPV', 'CYTOLOGY', 'BREAST'],
}

/** The sessions that are over: who came, what was found, and the list closed. */
export async function holdSessions(sessions: Sessions): Promise<void> {
  const { clinician } = sessions
  const held = await sessionsOf(sessions)
  const accepted = await look<Page<CheckInvitation>>(
    clinician,
    '/api/v1/check-invitations?status=ACCEPTED&limit=100',
  )
  let place = 0
  for (const { id, on } of held) {
    for (const { client, programme } of accepted.items.filter(({ session }) => session?.id === id)) {
      const found = client.sex === '2' ? findingsOn(on)[place] : undefined
      await enter<CheckVisit>(clinician, '/api/v1/check-visits', {
        ...{ clientId: client.id, occurredOn: on, place: 'VILLAGE', sessionId: id, programme },
        items: itemsOf[programme] ?? ['CONSULTATION', 'BP', 'GYN', 'ULTRASOUND', 'BREAST'],
        result: { systolic: 112 + (place % 9) * 4, diastolic: 72 + (place % 5) * 3 },
        ...(found && { findings: [found] }),
      })
      place += 1
    }
    const { version } = await look<CheckSessionDetail>(clinician, `/api/v1/check-sessions/${id}`)
    await enter(clinician, `/api/v1/check-sessions/${id}/holding`, { heldOn: on }, version)
  }
}

/** An infection seen through to the cure, another still open, and two couples who wait for a child. */
export async function keepCases(clinician: Signed, women: readonly string[], today: string): Promise<void> {
  const [first, second, third, fourth] = women
  const infection = (clientId: string | undefined, before: number) =>
    enter<RtiCase>(clinician, '/api/v1/rti-cases', {
      ...{ clientId, diagnosedOn: day(today, before), icd10: 'N72' },
    })
  const { id, version } = await infection(first, 60)
  await enter(
    clinician,
    `/api/v1/rti-cases/${id}`,
    {
      ...{ status: 'CURED', treatedOn: day(today, 58), reviewedOn: day(today, 30), closedOn: day(today, 30) },
      note: '复查正常',
    },
    version,
    'PATCH',
  )
  await infection(second, 6)
  await enter(clinician, '/api/v1/check-visits', {
    ...{ clientId: second, occurredOn: day(today, 6), place: 'STATION', items: ['CONSULTATION', 'GYN'] },
  })
  await enter(clinician, '/api/v1/infertility-cases', {
    ...{ clientId: third, openedOn: day(today, 150), hasPartner: true, durationMonths: 26, kind: 'PRIMARY' },
    ...{
      icd10: 'N97.1',
      tests: { semen: [{ on: day(today, 140), volumeMl: 3.1, progressiveMotilityPercent: 41 }] },
    },
  })
  await enter(clinician, '/api/v1/infertility-cases', { clientId: fourth, openedOn: day(today, 20) })
}

/** 下乡服务: 604 services for 600 persons, and a round with a shorter tale. */
export async function goOut(
  clinician: Signed,
  facilityId: string | undefined,
  villages: readonly string[],
  today: string,
): Promise<void> {
  await enter(clinician, '/api/v1/outreach-sessions', {
    ...{ facilityId, kind: 'ROUND', occurredOn: day(today, 95), days: 27, sites: villages.slice(0, 12) },
    ...{
      workUnits: 3,
      minutes: 9720,
      team: ['李医生', '周医生', '孙护士', '司机老张'],
      vehicle: '流动服务车',
    },
    kit: ['ULTRASOUND', 'GYN_COUCH', 'SPECULA', 'LAB_KIT', 'SUPPLIES', 'LEAFLETS', 'SCREEN'],
    ...{ clients: 600, ultrasound: 300, gynaecology: 120, breast: 87, laboratory: 80, treated: 100 },
    ...{ iudIn: 5, iudOut: 12, supplies: 180, leaflets: 900, consultations: 240 },
  })
  await enter(clinician, '/api/v1/outreach-sessions', {
    ...{ facilityId, kind: 'FREE_CLINIC', occurredOn: day(today, 12), sites: villages.slice(0, 1) },
    ...{
      minutes: 240,
      team: ['李医生', '赵教授'],
      visitingExperts: 1,
      kit: ['SPHYGMOMANOMETER', 'LEAFLETS'],
    },
    ...{ clients: 46, consultations: 46, breast: 18, leaflets: 120, audience: 60 },
  })
}
