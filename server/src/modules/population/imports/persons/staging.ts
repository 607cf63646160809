import { maskIdNumber, maskPhone } from '@youyu/shared/population/masking'
import { newId } from '../../../../crypto/ids.ts'
import type { Office } from '../../../../office.ts'
import { nameReadings } from '../../persons/names.ts'
import { copyBytes, copyLine } from '../files/copy-text.ts'
import type { FileRow } from '../files/records.ts'
import type { PersonCandidate } from './rules.ts'

type StagedPerson = { row: FileRow; phone: string | null }

/** Rows ready for COPY: numbers and phones leave this process enciphered only. */
export type Chunk = {
  add(row: FileRow, person: PersonCandidate): void
  readonly size: number
  readonly pieces: Buffer[]
  readonly rows: Map<number, StagedPerson>
}

const PIECE = 256 * 1024

export function newChunk(office: Office, county: number): Chunk {
  const { idNumber: numbers, phone: phones } = office.ciphers
  const rows = new Map<number, StagedPerson>()
  const households = new Map<string, string>()
  const pieces: Buffer[] = []
  let text = ''

  return {
    add(row, person) {
      const id = newId()
      const { pinyin, initials, others } = nameReadings(person.name)
      const { idType, idNumber, phone } = person
      const cell = { county, id }
      text += copyLine([
        String(row.number),
        id,
        person.name,
        pinyin,
        initials,
        others.length === 0 ? null : others.map((other) => `${other.pinyin}:${other.initials}`).join(' '),
        person.sex,
        person.birthDate,
        person.birthDatePrecision,
        idType,
        idNumber && copyBytes(numbers.encipher(idNumber, cell)),
        idNumber && copyBytes(numbers.blindIndex(`${idType}:${idNumber}`)),
        idNumber && maskIdNumber(idNumber),
        person.ethnicity,
        person.education,
        person.maritalStatus,
        person.hukouDivision,
        person.hukouType,
        person.residenceDivision,
        person.residenceStatus,
        person.residenceSince,
        person.householdNumber,
        householdId(person.householdNumber),
        person.relation,
        phone && copyBytes(phones.encipher(phone, cell)),
        phone && copyBytes(phones.blindIndex(phone)),
        phone && maskPhone(phone),
        person.address,
        `{${person.findings.join(',')}}`,
      ])
      rows.set(row.number, { row, phone })
      if (text.length > PIECE) flush()
    },
    get size() {
      return rows.size
    },
    get pieces() {
      flush()
      return pieces
    },
    rows,
  }

  function flush(): void {
    if (text !== '') pieces.push(Buffer.from(text))
    text = ''
  }

  function householdId(number: string | null): string | null {
    if (number === null) return null
    let id = households.get(number)
    if (!id) households.set(number, (id = newId()))
    return id
  }
}
