import type { CheckCalendar } from '@youyu/shared/contraception/calendars'
import type { CheckStation } from '@youyu/shared/contraception/check-stations'
import type { CheckSession } from '@youyu/shared/contraception/sessions'
import type { Page } from '@youyu/shared/values'
import { runOpenJobs } from '../src/jobs/index.ts'
import { openClinic, type Clinic } from './clinic.ts'
import type { Officer, TestOffice } from './office.ts'
import { bodyOf, places } from './register.ts'

export type CheckUps = Clinic & {
  planner: Officer
  village: Officer
  near: CheckStation
  far: CheckStation
  /** Proposes the year and publishes it. */
  publish(year?: number): Promise<CheckCalendar>
  propose(year?: number): Promise<CheckCalendar>
  sessions(query?: string): Promise<CheckSession[]>
}

/** A county with two stations whose teams go to its three villages. */
export async function openCheckUps(office: TestOffice): Promise<CheckUps> {
  const clinic = await openClinic(office)
  const planner = await office.officer('county_mch', places.county)
  const village = await office.officer('village_worker', places.village)
  const station = async (organisationId: string, name: string, divisionCode: string) =>
    bodyOf<CheckStation>(
      await planner.post('/api/v1/check-stations', {
        ...{ organisationId, name, divisionCode, capacityPerDay: 40, openedOn: '2020-01-01' },
      }),
      201,
    )
  const near = await station(clinic.station.id, '洪凝站', places.street)
  const far = await station(clinic.otherStation.id, '街头站', places.otherTownship)

  async function propose(year = 2026): Promise<CheckCalendar> {
    const asked = bodyOf<CheckCalendar>(await planner.post('/api/v1/check-calendars', { year }), 202)
    await runOpenJobs(office.office)
    return bodyOf<CheckCalendar>(await planner.get(`/api/v1/check-calendars/${asked.id}`), 200)
  }

  return {
    ...{ ...clinic, planner, village, near, far, propose },
    async publish(year) {
      const { id, version } = await propose(year)
      const url = `/api/v1/check-calendars/${id}/publication`
      return bodyOf<CheckCalendar>(await planner.post(url, undefined, { ifMatch: version }), 200)
    },
    async sessions(query = '') {
      return bodyOf<Page<CheckSession>>(await planner.get(`/api/v1/check-sessions${query}`), 200).items
    },
  }
}
