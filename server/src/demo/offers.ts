import type { ServiceOffer } from '@youyu/shared/contraception/offers'
import type { Page } from '@youyu/shared/values'
import { day, enter, look, type Signed } from './front-door.ts'

const ask = (village: Signed, clientId: string, service: string, dueOn: string) =>
  enter<ServiceOffer>(village, '/api/v1/service-offers', { clientId, service, dueOn, channel: 'VILLAGE' })

const answer = (village: Signed, id: string, given: object) =>
  enter(village, `/api/v1/service-offers/${id}/answers`, { channel: 'VILLAGE', ...given })

/** Weeks ago: asked for in the village and done, asked for and still open, reminded of once; and who may be called upon. */
export async function offerEarlier(village: Signed, women: readonly string[], then: string): Promise<void> {
  const [first, second, third, ...others] = women as [string, string, string, ...string[]]
  const done = await ask(village, first, 'COUNSELLING', day(then, -7))
  const open = await ask(village, second, 'APPOINTMENT', day(then, -120))
  await ask(village, third, 'SUPPLY', day(then, -90))
  await answer(village, done.id, { answer: 'DONE' })
  await enter(village, `/api/v1/service-offers/${open.id}/reminders`, { channel: 'PHONE' })
  for (const id of others.slice(5, 25))
    await enter(village, `/api/v1/persons/${id}/contact-preferences`, {
      ...{ kind: 'CONSENT', service: 'ALL', channel: 'VILLAGE' },
    })
}

/** Of late: more who asked; of those whose follow-up is due one comes and one would rather not. */
export async function offerLately(village: Signed, women: readonly string[], today: string): Promise<void> {
  const services = ['SUPPLY', 'COUNSELLING', 'FOLLOW_UP', 'APPOINTMENT', 'SUPPLY']
  for (const [place, service] of services.entries())
    await ask(village, women[place + 3] as string, service, day(today, -2 - place * 3))
  const { items } = await look<Page<ServiceOffer>>(village, '/api/v1/service-offers?accepted=false&limit=10')
  const [coming, declining] = items
  if (coming) await answer(village, coming.id, { answer: 'ACCEPT', bookedOn: day(today, -4) })
  if (declining) await answer(village, declining.id, { answer: 'DECLINE' })
}
