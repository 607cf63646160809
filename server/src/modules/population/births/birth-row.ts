import type { Birth, BirthRow } from '@youyu/shared/population/births'
import { maskDate, maskName } from '@youyu/shared/population/masking'
import type { Access } from '../../../access/access.ts'
import { maySeePlainly } from '../persons/person-row.ts'
import type { ListedBirth, ReadBirth } from './queries.ts'

/** A birth of a list as this reader may see it. */
export function shownBirthRow(birth: ListedBirth, access: Access): BirthRow {
  const isPlain = maySeePlainly(access)
  const named = (id: string | null, name: string | null) =>
    id && name ? { id, name: isPlain ? name : maskName(name) } : null
  return {
    id: birth.id,
    outcome: birth.outcome,
    occurredOn: isPlain ? birth.occurredOn : maskDate(birth.occurredOn),
    sex: birth.sex,
    child: named(birth.childId, birth.childName),
    mother: named(birth.motherId, birth.motherName),
    father: named(birth.fatherId, birth.fatherName),
    orderOfMother: birth.orderOfMother,
    plurality: birth.plurality,
    sequence: birth.sequence,
    motherAge: birth.motherAge,
    place: birth.place,
    division: { code: birth.divisionCode, name: birth.divisionName ?? birth.divisionCode },
    hukou: { code: birth.hukouDivision, name: birth.hukouName ?? birth.hukouDivision },
    hasCertificate: birth.certificateNumber !== null,
    findings: birth.findings,
    recordedAt: birth.recordedAt.toISOString(),
    isLate: birth.findings.includes('LATE'),
    voidedAt: birth.voidedAt?.toISOString() ?? null,
  }
}

export function shownBirth(birth: ReadBirth, access: Access): Birth {
  const isPlain = maySeePlainly(access)
  return {
    ...shownBirthRow(birth, access),
    pregnancyId: birth.pregnancyId,
    occurredAt: isPlain ? birth.occurredAt : null,
    gestationDays: birth.gestationDays,
    weightGrams: birth.weightGrams,
    lengthMillimetres: birth.lengthMillimetres,
    apgar1: birth.apgar1,
    apgar5: birth.apgar5,
    apgar10: birth.apgar10,
    delivery: birth.delivery,
    facilityId: birth.facilityId,
    certificateNumber: birth.certificateNumber && !isPlain ? '*' : birth.certificateNumber,
    certificateIssuedOn: isPlain ? birth.certificateIssuedOn : null,
    certificateType: birth.certificateType,
    hukouRegisteredOn: isPlain ? birth.hukouRegisteredOn : null,
    hepatitisBOn: isPlain ? birth.hepatitisBOn : null,
    registers: birth.registers,
    recordedBy: birth.recordedBy,
    source: birth.source,
    voidReason: birth.voidReason,
    replaces: birth.replaces,
    replacedBy: birth.replacedBy,
  }
}
