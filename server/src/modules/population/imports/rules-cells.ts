import type { ErrorCode } from '@youyu/shared/errors'
import { identityNumberFault, normaliseIdNumber } from '@youyu/shared/population/identity-number'
import type { CellFault } from './persons/rules.ts'
import { isPlaceholderNumber, plainText, readDate, readDivisionCode } from './rules-values.ts'

/** Reads the cells of one row of events; what cannot be read is noted with its field. */
export type Cells = {
  faults: CellFault[]
  plain: (key: string) => string
  required: <Value>(key: string, read: (text: string) => Value | null, code?: ErrorCode) => Value | null
  optional: <Value>(key: string, read: (text: string) => Value | null, code?: ErrorCode) => Value | null
  /** A day that is not after today. */
  day: (key: string, isRequired?: boolean) => string | null
  person: (key: string, isRequired?: boolean) => string | null
  division: (key: string, isRequired?: boolean) => string | null
}

export function cellsOf(cell: (key: string) => string, today: string): Cells {
  const faults: CellFault[] = []
  const plain = (key: string) => plainText(cell(key))

  function optional<Value>(
    key: string,
    read: (text: string) => Value | null,
    code: ErrorCode = 'invalid-value',
  ): Value | null {
    const text = plain(key)
    if (text === '') return null
    const value = read(text)
    if (value === null) faults.push({ key, code })
    return value
  }
  function required<Value>(
    key: string,
    read: (text: string) => Value | null,
    code?: ErrorCode,
  ): Value | null {
    if (plain(key) === '') faults.push({ key, code: 'required' })
    return optional(key, read, code)
  }
  const either = (isRequired: boolean) => (isRequired ? required : optional)

  return {
    faults,
    plain,
    required,
    optional,
    day: (key, isRequired = false) =>
      either(isRequired)(key, (text) => notAfter(readDate(text), today), 'invalid-date'),
    division: (key, isRequired = false) => either(isRequired)(key, readDivisionCode, 'unknown-division'),
    person(key, isRequired = false) {
      const number = either(isRequired)(key, (text) => normaliseIdNumber(text.replace(/^'/, '')))
      if (number === null) return null
      if (isPlaceholderNumber(number)) faults.push({ key, code: 'placeholder-number' })
      else if (identityNumberFault(number, today)) faults.push({ key, code: 'invalid-id-number' })
      return number
    },
  }
}

function notAfter(day: string | null, today: string): string | null {
  return day !== null && day <= today && day >= '1900-01-01' ? day : null
}
