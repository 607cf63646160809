import type { ConsentGiver } from '@youyu/shared/contraception/care-value-sets'
import type { CivilDate } from '@youyu/shared/values'
import type { WrongField } from '../../../refused.ts'
import { consentAgeOn } from '../clients/rules.ts'

type Given = { givenOn: CivilDate; givenBy: ConsentGiver; guardianName?: string | undefined }

/** PIPL Art. 31: a guardian's under 14; from 14 on nobody consents in her place (domain §9.3). */
export function consentFaults(
  { givenOn, givenBy, guardianName }: Given,
  birthDate: CivilDate,
  today: CivilDate,
  at = '',
): WrongField[] {
  if (givenOn > today || givenOn < birthDate) return [{ pointer: `${at}/givenOn`, code: 'invalid-date' }]
  const isChild = consentAgeOn(givenOn, birthDate) === 'GUARDIAN'
  if (isChild && givenBy !== 'GUARDIAN')
    return [{ pointer: `${at}/givenBy`, code: 'guardian-consent-required' }]
  if (isChild && !guardianName) return [{ pointer: `${at}/guardianName`, code: 'required' }]
  if (!isChild && givenBy === 'GUARDIAN') return [{ pointer: `${at}/givenBy`, code: 'own-consent-required' }]
  return []
}
