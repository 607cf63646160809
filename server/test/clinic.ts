import type { Person } from '@youyu/shared/population/persons'
import { openFacility, type Facility } from './facility.ts'
import type { Officer, TestOffice } from './office.ts'
import { furnishPlaces, places, register } from './register.ts'

export type Clinic = {
  station: Facility
  clinician: Officer
  chief: Officer
  /** Another facility of the same county. */
  otherStation: Facility
  neighbour: Officer
  /** A facility of another county. */
  farStation: Facility
  stranger: Officer
  clerk: Officer
  woman(given?: object): Promise<Person>
}

/** Two stations of a county and one of another, each with a clinician, and a clerk who registers people. */
export async function openClinic(office: TestOffice): Promise<Clinic> {
  await furnishPlaces(office)
  const station = await openFacility(office, places.street, { code: 'ST-1' })
  const otherStation = await openFacility(office, places.otherTownship, { code: 'ST-2' })
  const farStation = await openFacility(office, '370321001000', { code: 'ST-9' })
  const clerk = await office.officer('county_population', places.county)
  return {
    ...{ station, otherStation, farStation, clerk },
    clinician: await office.officer('station_clinician', places.street, { organisation: station.code }),
    chief: await office.officer('chief_clinician', places.street, { organisation: station.code }),
    neighbour: await office.officer('station_clinician', places.otherTownship, {
      organisation: otherStation.code,
    }),
    stranger: await office.officer('station_clinician', '370321001000', { organisation: farStation.code }),
    woman: (given = {}) => register(clerk, { name: '王芳', sex: '2', birthDate: '1995-04-05', ...given }),
  }
}
