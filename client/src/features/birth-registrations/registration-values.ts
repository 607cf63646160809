import type { BirthRegistration } from '@youyu/shared/population/birth-registrations'

/** All that a registration says, blank. */
export const blankRegistration = {
  registrantId: '',
  partnerId: '',
  purpose: '',
  lastMenstruationOn: '',
  expectedOn: '',
  bornOn: '',
  childOrder: '' as string | number,
  divisionCode: '',
  channel: 'VILLAGE_AGENT',
  authorisation: '',
  authorisedOn: '',
}
export type RegistrationValues = typeof blankRegistration

export function valuesOf(registration: BirthRegistration): RegistrationValues {
  return {
    registrantId: registration.registrant?.id ?? '',
    partnerId: registration.partner?.id ?? '',
    purpose: registration.purpose,
    lastMenstruationOn: registration.lastMenstruationOn ?? '',
    expectedOn: registration.expectedOn ?? '',
    bornOn: registration.bornOn ?? '',
    childOrder: registration.childOrder ?? '',
    divisionCode: registration.division.code,
    channel: registration.channel,
    authorisation: registration.authorisation ?? '',
    authorisedOn: registration.authorisedOn ?? '',
  }
}
