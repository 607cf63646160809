import type { CardContent } from '@youyu/shared/birth-defects/defect-card'
import { ageOn, missingFields } from '@youyu/shared/birth-defects/defect-card'
import { categoryOf, isFunctional } from '@youyu/shared/birth-defects/defect-categories'
import type { Office } from '../../../office.ts'

/** What identifies somebody or was said in words: one ciphertext a card. */
export type CardWords = {
  mother: Pick<CardContent['mother'], 'recordNumber' | 'name' | 'address' | 'phone'>
  child: Pick<CardContent['child'], 'recordNumber'>
  diagnosis: Pick<CardContent['diagnosis'], 'basisWords'>
  exposures: Omit<CardContent['exposures'], 'codes'>
  family: Pick<CardContent['family'], 'defectNames' | 'history' | 'relation'>
  report: Pick<CardContent['report'], 'name'>
}

function wordsOf({ mother, child, diagnosis, exposures, family, report }: CardContent): CardWords {
  const { recordNumber, name, address, phone } = mother
  const { codes: _, ...said } = exposures
  const { defectNames, history, relation } = family
  return {
    mother: { recordNumber, name, address, phone },
    child: { recordNumber: child.recordNumber },
    diagnosis: { basisWords: diagnosis.basisWords },
    exposures: said,
    family: { defectNames, history, relation },
    report: { name: report.name },
  }
}

export const noWords = (motherName: string | null): CardWords => ({
  mother: { recordNumber: null, name: motherName, address: null, phone: null },
  child: { recordNumber: null },
  diagnosis: { basisWords: null },
  exposures: { illness: null, drugs: null, hazards: null },
  family: { defectNames: null, history: null, relation: null },
  report: { name: null },
})

const normal = (text: string) => text.normalize('NFKC').replace(/\s+/g, '').toUpperCase()

/** The record number of a facility, as the audit compares it with its logs. */
export function recordToken({ ciphers }: Pick<Office, 'ciphers'>, facility: string, number: string): Buffer {
  return ciphers.clinical.blindIndex(`record ${facility} ${normal(number)}`)
}

/** The columns of a card in plain values, its words enciphered and its hashes. */
export function columnsOf(
  office: Pick<Office, 'ciphers'>,
  { county, id, facility }: { county: number; id: string; facility: string },
  content: CardContent,
): Record<string, unknown> {
  const { links, mother, child, diagnosis, exposures, family, report } = content
  const { clinical } = office.ciphers
  const bornOn = child.bornOn
  const age = mother.birthDate === null ? mother.age : ageOn(mother.birthDate, bornOn ?? diagnosis.on)
  const who =
    mother.name === null || mother.birthDate === null ? null : `${normal(mother.name)} ${mother.birthDate}`
  const token = (number: string | null) => (number === null ? null : recordToken(office, facility, number))
  const codes = diagnosis.items.map(({ icd10 }) => icd10)
  return {
    divisionCode: content.division,
    ...links,
    motherBirthDate: mother.birthDate,
    motherAge: age,
    motherEthnic: mother.ethnic,
    residenceKind: mother.residenceKind,
    incomeBand: mother.incomeBand,
    education: mother.education,
    gravida: mother.gravida,
    para: mother.para,
    stillbirths: family.stillbirths,
    spontaneousAbortions: family.spontaneousAbortions,
    defectChildren: family.defectChildren,
    hasFamilyHistory: family.hasHistory,
    isConsanguineous: family.isConsanguineous,
    bornOn,
    bornAt: child.bornAt,
    gestationDays: child.gestationDays,
    weightGrams: child.weightGrams,
    plurality: child.plurality,
    sequence: child.sequence,
    zygosity: child.zygosity,
    childSex: child.sex,
    outcome: child.outcome,
    isInduced: child.isInduced,
    basis: diagnosis.basis,
    diagnosedWhen: diagnosis.when,
    diagnosedOn: diagnosis.on,
    diagnosedGestationDays: diagnosis.gestationDays,
    categories: [...new Set(codes.flatMap((code) => categoryOf(code) ?? []))].sort(),
    isFunctionalOnly: codes.length > 0 && codes.every(isFunctional),
    exposures: exposures.codes,
    reporterTitle: report.title,
    filledOn: report.filledOn,
    wordsCipher: clinical.encipher(JSON.stringify(wordsOf(content)), { county, id }),
    motherHash: who === null ? null : clinical.blindIndex(`mother ${who}`),
    matchHash:
      who === null || bornOn === null
        ? null
        : clinical.blindIndex(`child ${who} ${bornOn} ${child.sequence ?? 1}`),
    motherRecordHash: token(mother.recordNumber),
    childRecordHash: token(child.recordNumber),
    missingFields: missingFields(content),
  }
}
