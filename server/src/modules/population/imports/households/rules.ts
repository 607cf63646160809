import { identityNumberFault, normaliseIdNumber } from '@youyu/shared/population/identity-number'
import type { CellFault } from '../persons/rules.ts'
import {
  codeReaders,
  isPlaceholderNumber,
  plainText,
  plainWords,
  readDivisionCode,
  readHouseholdNumber,
} from '../rules-values.ts'

export type HouseholdCandidate = {
  number: string
  type: string
  division: string
  headIdNumber: string | null
  address: string | null
}

export function readHousehold(
  cell: (key: string) => string,
  today: string,
): { candidate: HouseholdCandidate; faults: CellFault[] } {
  const faults: CellFault[] = []
  const numberText = plainText(cell('householdNumber'))
  const number = readHouseholdNumber(numberText)
  if (number === null)
    faults.push({ key: 'householdNumber', code: numberText === '' ? 'required' : 'invalid-value' })
  const typeText = plainText(cell('type'))
  const type = typeText === '' ? 'FAMILY' : codeReaders.householdType(typeText)
  if (type === null) faults.push({ key: 'type', code: 'invalid-code-value' })
  const divisionText = plainText(cell('division'))
  const division = readDivisionCode(divisionText)
  if (division === null)
    faults.push({ key: 'division', code: divisionText === '' ? 'required' : 'unknown-division' })
  const headText = plainText(cell('headIdNumber'))
  const headIdNumber = headText === '' ? null : normaliseIdNumber(headText)
  if (headIdNumber !== null && isPlaceholderNumber(headIdNumber))
    faults.push({ key: 'headIdNumber', code: 'placeholder-number' })
  else if (headIdNumber !== null && identityNumberFault(headIdNumber, today))
    faults.push({ key: 'headIdNumber', code: 'invalid-id-number' })
  const address = plainWords(cell('address'))
  if (address.length > 200) faults.push({ key: 'address', code: 'invalid-value' })
  return {
    candidate: {
      number: number ?? '',
      type: type ?? 'FAMILY',
      division: division ?? '',
      headIdNumber,
      address: address === '' ? null : address,
    },
    faults,
  }
}
