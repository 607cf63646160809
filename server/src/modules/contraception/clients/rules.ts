import type { ConsentAge } from '@youyu/shared/contraception/clients'
import { normaliseIdNumber } from '@youyu/shared/population/identity-number'
import type { CivilDate, Id } from '@youyu/shared/values'

/** Who she is, as care needs it. */
export type ClientFacts = {
  id: Id
  name: string
  sex: '0' | '1' | '2' | '9'
  birthDate: CivilDate
  idNumberMask: string | null
  phoneMask: string | null
  residenceDivision: string
  maritalStatus: string | null
  status: string
}

/** Completed years on a day (周岁). */
export function ageOn(day: CivilDate, birthDate: CivilDate): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years
}

/** PIPL Art. 31 and domain §9.3: a guardian's under 14, her own and kept from guardians until 17. */
export function consentAgeOn(day: CivilDate, birthDate: CivilDate): ConsentAge {
  const age = ageOn(day, birthDate)
  if (age < 14) return 'GUARDIAN'
  return age < 18 ? 'CONFIDENTIAL' : 'ADULT'
}

/** What the box at the counter means. */
export type ClientQuestion =
  | { by: 'id-number'; number: string }
  | { by: 'phone'; digits: string }
  | { by: 'name-and-birth-date'; name: string; birthDate: CivilDate }
  | { by: 'name'; lo: string; hi: string }
  | { by: 'pinyin'; lo: string; hi: string }

const LAST = '\u{10ffff}'

export function questionOf(typed: string, birthDate?: CivilDate): ClientQuestion {
  const text = typed.normalize('NFKC').trim()
  const dated = /^(\D+?)\s*(\d{4}-\d{2}-\d{2})$/.exec(text)
  if (dated) return { by: 'name-and-birth-date', name: dated[1] as string, birthDate: dated[2] as string }
  if (birthDate) return { by: 'name-and-birth-date', name: text, birthDate }
  if (/\d/.test(text)) {
    const digits = text.replace(/\D/g, '')
    if (/^[0-9+() -]+$/.test(text) && digits.length < 15)
      return {
        by: 'phone',
        digits: digits.length === 13 && digits.startsWith('86') ? digits.slice(2) : digits,
      }
    return { by: 'id-number', number: normaliseIdNumber(text) }
  }
  const by = /\p{Script=Han}/u.test(text) ? 'name' : 'pinyin'
  const lo = by === 'pinyin' ? text.toLowerCase().replace(/[\s']/g, '') : text
  return { by, lo, hi: lo + LAST }
}
