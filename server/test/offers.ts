import type { ServiceOffer } from '@youyu/shared/contraception/offers'
import type { Page } from '@youyu/shared/values'
import { planTheCounty, usesMethod } from './care.ts'
import { openFacility, type Facility } from './facility.ts'
import type { Answer, Officer, TestOffice } from './office.ts'
import { bodyOf, furnishPlaces, places, register } from './register.ts'

export type Offers = {
  station: Facility
  village: Officer
  nextVillage: Officer
  planner: Officer
  somebody: (given?: object) => Promise<string>
  request: (clientId: string, body?: object, officer?: Officer) => Promise<Answer>
  requested: (clientId: string, body?: object) => Promise<ServiceOffer>
  answer: (offer: ServiceOffer, body: object, officer?: Officer) => Promise<Answer>
  listed: (clientId: string, officer?: Officer) => Promise<ServiceOffer[]>
  plan: () => Promise<unknown>
  /** The states of her tasks, the earliest first. */
  statuses: (client: string) => Promise<string[]>
  /** A woman with an IUD whose visit at a month is due, and who lets the village contact her. */
  dueAndWilling: () => Promise<{ client: string; offer: ServiceOffer }>
}

/** A village that offers services, and the station that gives them. */
export async function openOffersOf(office: TestOffice): Promise<Offers> {
  await furnishPlaces(office)
  const station = await openFacility(office, places.county)
  const registrar = await office.officer('county_population', places.county)
  const village = await office.officer('village_worker', places.village)
  const nextVillage = await office.officer('village_worker', places.nextVillage)
  const planner = await office.officer('county_mch', places.county)
  const offers: Offers = {
    ...{ station, village, nextVillage, planner },
    somebody: async (given = {}) => (await register(registrar, given)).id,
    request: (clientId, body = {}, officer = village) =>
      officer.post('/api/v1/service-offers', {
        clientId,
        service: 'COUNSELLING',
        channel: 'VILLAGE',
        ...body,
      }),
    requested: async (clientId, body = {}) => bodyOf<ServiceOffer>(await offers.request(clientId, body), 201),
    answer: (offer, body, officer = village) =>
      officer.post(`/api/v1/service-offers/${offer.id}/answers`, { channel: 'VILLAGE', ...body }),
    listed: async (clientId, officer = village) =>
      bodyOf<Page<ServiceOffer>>(await officer.get(`/api/v1/service-offers?clientId=${clientId}`), 200).items,
    plan: () => planTheCounty(office, planner),
    statuses: async (client) => {
      const text = `select status from follow_up_tasks where client_id = $1 order by due_from`
      return (await office.sql<{ status: string }>(text, [client])).map(({ status }) => status)
    },
    dueAndWilling: async () => {
      const client = await offers.somebody()
      await usesMethod(office, { client, facility: station, startedOn: '2026-05-10' })
      const consent = { kind: 'CONSENT', service: 'ALL', channel: 'VILLAGE' }
      bodyOf(await village.post(`/api/v1/persons/${client}/contact-preferences`, consent), 201)
      const [offer] = await offers.listed(client)
      return { client, offer: offer! }
    },
  }
  return offers
}
