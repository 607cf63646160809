import type { Problem } from '@youyu/shared/errors'
import type { Pregnancy } from '@youyu/shared/population/pregnancies'
import { openOffice, type Answer, type Officer, type TestOffice } from './office.ts'
import { bodyOf, furnishPlaces, places, register } from './register.ts'

export type PregnancyDesk = {
  office: TestOffice
  clerk: Officer
  clinician: Officer
  reporter: Officer
  womanId(given?: Parameters<typeof motherToBe>[1]): Promise<string>
  /** A new one, of a woman nobody knows of before if none is named. */
  pregnancy(given?: object, womanId?: string): Promise<Pregnancy>
  read(id: string): Promise<Pregnancy>
  close(): Promise<void>
}

export const url = '/api/v1/pregnancies'

/** A county's clerk, clinician and hospital reporter, on a morning of November 2026. */
export async function openPregnancyDesk(): Promise<PregnancyDesk> {
  const office = await openOffice()
  await furnishPlaces(office)
  office.setNow(new Date('2026-11-20T09:00:00+08:00'))
  const clerk = await office.officer('county_population', places.county)
  const clinician = await office.officer('station_clinician', places.county)
  const womanId = async (given?: Parameters<typeof motherToBe>[1]) => (await motherToBe(clerk, given)).id
  return {
    ...{ office, clerk, clinician, womanId },
    reporter: await office.officer('midwifery_reporter', places.county),
    pregnancy: async (given = {}, of) => registered(clinician, of ?? (await womanId()), given),
    read: async (id) => bodyOf<Pregnancy>(await clinician.get(`${url}/${id}`), 200),
    close: () => office.close(),
  }
}

export const pointersOf = (answer: Answer) => (answer.body as Problem).errors?.map(({ pointer }) => pointer)
export const itemsOf = <Item>(answer: Answer) => bodyOf<{ items: Item[] }>(answer, 200).items

const motherToBe = (clerk: Officer, given: Parameters<typeof register>[1] = {}) =>
  register(clerk, { name: '王小梅', ...given })

/** What a woman says who wishes her pregnancy to be registered. */
export const wish = (womanId: string, given: object = {}) => ({
  womanId,
  lastMenstruationOn: '2026-06-01',
  registeredOn: '2026-08-01',
  channel: 'SELF',
  contactConsent: true,
  ...given,
})

async function registered(clinician: Officer, womanId: string, given: object = {}): Promise<Pregnancy> {
  return bodyOf<Pregnancy>(await clinician.post(url, wish(womanId, given)), 201)
}
