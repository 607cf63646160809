import type { Person, PersonRow } from '@youyu/shared/population/persons'
import { maskDate, maskName } from '@youyu/shared/population/masking'
import type { Access } from '../../../access/access.ts'

/** A line of a list as the register keeps it, before the reader's mask. */
export type ListedPerson = {
  id: string
  name: string
  sex: PersonRow['sex']
  birthDate: string
  idNumber: string | null
  residenceDivision: string
  residenceName: string | null
  hukouDivision: string
  hukouName: string | null
  residenceStatus: PersonRow['residenceStatus']
  householdId: string | null
  householdNumber: string | null
  relationToHead: PersonRow['relationToHead']
  phone: string | null
  status: PersonRow['status']
}

export type KeptPerson = ListedPerson &
  Omit<Person, keyof PersonRow | 'mother' | 'father' | 'recordedAt' | 'updatedAt'> & {
    motherId: string | null
    motherName: string | null
    fatherId: string | null
    fatherName: string | null
    recordedAt: Date
    updatedAt: Date
  }

export function maySeePlainly(access: Access): boolean {
  return access.clearance >= 'L2'
}

export function shownRow(row: ListedPerson, access: Access): PersonRow {
  const isPlain = maySeePlainly(access)
  return {
    id: row.id,
    name: isPlain ? row.name : maskName(row.name),
    sex: row.sex,
    birthDate: isPlain ? row.birthDate : maskDate(row.birthDate),
    idNumber: row.idNumber,
    residence: { code: row.residenceDivision, name: row.residenceName ?? row.residenceDivision },
    hukou: { code: row.hukouDivision, name: row.hukouName ?? row.hukouDivision },
    residenceStatus: row.residenceStatus,
    householdId: row.householdId,
    householdNumber: row.householdNumber,
    relationToHead: row.relationToHead,
    phone: row.phone,
    status: row.status,
  }
}

/** A person as this reader may see her (domain §9.2). */
export function shownPerson(row: KeptPerson, access: Access): Person {
  const isPlain = maySeePlainly(access)
  const parent = (id: string | null, name: string | null) =>
    id && name ? { id, name: isPlain ? name : maskName(name) } : null
  return {
    ...shownRow(row, access),
    idType: row.idType,
    birthDatePrecision: row.birthDatePrecision,
    ethnicity: row.ethnicity,
    education: row.education,
    maritalStatus: row.maritalStatus,
    hukouType: row.hukouType,
    residenceSince: isPlain ? row.residenceSince : null,
    address: isPlain ? row.address : null,
    mother: parent(row.motherId, row.motherName),
    father: parent(row.fatherId, row.fatherName),
    mergedInto: row.mergedInto,
    source: row.source,
    recordedAt: row.recordedAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    findings: row.findings,
    version: row.version,
  }
}
