import type { Pregnancy } from '@youyu/shared/population/pregnancies'
import type { Officer } from './office.ts'
import { bodyOf, register } from './register.ts'

export const motherToBe = (clerk: Officer, given: Parameters<typeof register>[1] = {}) =>
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

export async function registered(
  clinician: Officer,
  womanId: string,
  given: object = {},
): Promise<Pregnancy> {
  return bodyOf<Pregnancy>(await clinician.post('/api/v1/pregnancies', wish(womanId, given)), 201)
}
