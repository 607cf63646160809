import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../access/access.ts'
import type { Office } from '../../office.ts'
import { Refused } from '../../refused.ts'
import type { Named } from './queries-facts.ts'

/** What is kept under the clinical cipher, bound to its row. */
export function sealed({ ciphers }: Office, { county }: Access, id: Id, value: string | null): Buffer | null {
  return value === null ? null : ciphers.clinical.encipher(value, { county, id })
}

export function opened(
  { ciphers }: Office,
  { county }: Access,
  id: Id,
  cipher: Buffer | null,
): string | null {
  return cipher && ciphers.clinical.decipher(cipher, { county, id })
}

type Person = { id: Id; name: string; birthDate: CivilDate }

export const womanOf = ({ womanId, personName, personBirthDate }: Named & { womanId: Id }): Person => ({
  id: womanId,
  name: personName,
  birthDate: personBirthDate,
})

export const childOf = ({ childId, personName, personBirthDate }: Named & { childId: Id }): Person => ({
  id: childId,
  name: personName,
  birthDate: personBirthDate,
})

/** What is known is corrected with a reason, not written over; a decision that was open may be made. */
export function refuseOverwriting(written: object, body: object): void {
  for (const [key, value] of Object.entries(body)) {
    const known = (written as Record<string, unknown>)[key]
    const isOpen =
      known === null ||
      known === undefined ||
      known === 'UNDECIDED' ||
      (Array.isArray(known) && known.length === 0)
    if (!isOpen && JSON.stringify(known) !== JSON.stringify(value)) throw Refused.field(`/${key}`, 'conflict')
  }
}
