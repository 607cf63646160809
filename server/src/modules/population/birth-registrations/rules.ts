import type { ErrorCode } from '@youyu/shared/errors'
import type {
  RegistrationGap,
  RegistrationOffer,
  RegistrationPurpose,
  RegistrationStatus,
} from '@youyu/shared/population/value-sets'
import type { CivilDate } from '@youyu/shared/values'

const DAY = 86_400_000
const TERM = 280

type Fault = { pointer: string; code: ErrorCode }

export type Declared = {
  registrantId: string | null
  partnerId: string | null
  purpose: RegistrationPurpose
  lastMenstruationOn: CivilDate | null
  expectedOn: CivilDate | null
  bornOn: CivilDate | null
  channel: string
  authorisation: string | null
  authorisedOn: CivilDate | null
}

/** The expected day as given, or 280 days after the last menstruation. */
export function expectedDay({ expectedOn, lastMenstruationOn }: Declared): CivilDate | null {
  if (expectedOn || !lastMenstruationOn) return expectedOn
  return new Date(Date.parse(lastMenstruationOn) + TERM * DAY).toISOString().slice(0, 10)
}

/** All that is asked for: who, by whom, and the day that the purpose speaks of. Nothing else can be lacking (E2, E9). */
export function gapsOf(declared: Declared): RegistrationGap[] {
  const { registrantId, channel, authorisation, purpose, bornOn } = declared
  const hasDate =
    purpose === 'PLANNING' || (purpose === 'BORN' ? bornOn !== null : expectedDay(declared) !== null)
  return [
    ...(registrantId === null ? (['registrant'] as const) : []),
    ...(channel === 'VILLAGE_AGENT' && authorisation === null ? (['authorisation'] as const) : []),
    ...(hasDate ? [] : (['date'] as const)),
  ]
}

/** Only what cannot be; no day is too late. */
export function declaredFaults(declared: Declared, today: CivilDate): Fault[] {
  const { registrantId, partnerId, lastMenstruationOn, expectedOn, bornOn, authorisedOn } = declared
  const faults: Fault[] = []
  const past = { lastMenstruationOn, bornOn, authorisedOn }
  for (const [field, day] of Object.entries(past))
    if (day && day > today) faults.push({ pointer: `/${field}`, code: 'invalid-date' })
  if (expectedOn && lastMenstruationOn && expectedOn <= lastMenstruationOn)
    faults.push({ pointer: '/expectedOn', code: 'invalid-date' })
  if (registrantId !== null && registrantId === partnerId)
    faults.push({ pointer: '/partnerId', code: 'same-person' })
  return faults
}

const offers: Record<RegistrationPurpose, RegistrationOffer[]> = {
  PLANNING: ['PRECONCEPTION_BOOKING', 'FOLIC_ACID'],
  PREGNANT: ['ANTENATAL_BOOKING', 'FOLIC_ACID', 'HOSPITALS', 'CHILDCARE_SUBSIDY'],
  BORN: ['CHILDCARE_SUBSIDY', 'CHILDCARE_PLACES'],
}

/** Offers follow the registration; none is a condition of anything (E3). */
export function offersOf(status: RegistrationStatus, purpose: RegistrationPurpose): RegistrationOffer[] {
  if (status === 'LINKED_TO_BIRTH') return offers.BORN
  return status === 'REGISTERED' ? offers[purpose] : []
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** County, year and fifty bits of chance: unique without a counter that everybody would wait for. */
export function registrationNumber(county: number, year: string, chance: Uint8Array): string {
  const letters = Array.from(chance.slice(0, 10), (byte) => alphabet[byte % 32])
  return `${String(county).padStart(6, '0')}${year}${letters.join('')}`
}
