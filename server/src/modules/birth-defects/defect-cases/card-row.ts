import type { CardContent } from '@youyu/shared/birth-defects/defect-card'
import type { CardRow, CardStep, DefectCard } from '@youyu/shared/birth-defects/defect-cases'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Office } from '../../../office.ts'
import type { DiagnosisRecord, StepRecord } from './queries-parts.ts'
import type { CardRecord } from './queries.ts'
import { noWords, type CardWords } from './words.ts'

/** A card that was loaded without words has none; its mother is called as in the register. */
function wordsIn(
  { ciphers }: Office,
  { county }: Access,
  { id, wordsCipher, registerName }: CardRecord,
): CardWords {
  if (wordsCipher.length === 0) return noWords(registerName)
  return JSON.parse(ciphers.clinical.decipher(wordsCipher, { county, id })) as CardWords
}

export function shownRow(office: Office, access: Access, card: CardRecord, today: CivilDate): CardRow {
  const { id, cardNumber, status, edition, categories, diagnosedOn, bornOn, submittedOn, dueOn } = card
  return {
    ...{ id, cardNumber, status, edition, categories, diagnosedOn, bornOn, submittedOn, dueOn },
    facility: { id: card.facilityId, name: card.facilityName },
    motherName: wordsIn(office, access, card).mother.name,
    isLate: dueOn !== null && dueOn < today,
    isTimely: card.isTimely,
    isComplete: card.isComplete,
    proposedFrom: card.proposedFrom,
    windows: {
      hospital: card.windowHospital,
      population: card.windowPopulation,
      extended: card.windowExtended,
    },
    returnedFields: card.returnedFields,
    version: card.version,
  }
}

/** The card in the paper's order again, put together from its columns, its words and its diagnoses. */
export function contentOf(
  office: Office,
  access: Access,
  card: CardRecord,
  diagnoses: readonly DiagnosisRecord[],
): CardContent {
  const words = wordsIn(office, access, card)
  const { county } = access
  const { chainId, motherId, childId, pregnancyId, birthId } = card
  return {
    division: card.divisionCode,
    links: { chainId, motherId, childId, pregnancyId, birthId },
    mother: {
      ...words.mother,
      ethnic: card.motherEthnic,
      birthDate: card.motherBirthDate,
      age: card.motherAge,
      residenceKind: card.residenceKind,
      incomeBand: card.incomeBand,
      education: card.education,
      gravida: card.gravida,
      para: card.para,
    },
    child: {
      ...words.child,
      bornOn: card.bornOn,
      bornAt: card.bornAt,
      gestationDays: card.gestationDays,
      weightGrams: card.weightGrams,
      plurality: card.plurality,
      sequence: card.sequence,
      zygosity: card.zygosity,
      sex: card.childSex,
      outcome: card.outcome,
      isInduced: card.isInduced,
    },
    diagnosis: {
      basis: card.basis,
      ...words.diagnosis,
      on: card.diagnosedOn,
      when: card.diagnosedWhen,
      gestationDays: card.diagnosedGestationDays,
      items: diagnoses.map(({ id, icd10, laterality, descriptionCipher }) => ({
        icd10,
        laterality,
        description: descriptionCipher && office.ciphers.clinical.decipher(descriptionCipher, { county, id }),
      })),
    },
    exposures: { codes: card.exposures, ...words.exposures },
    family: {
      stillbirths: card.stillbirths,
      spontaneousAbortions: card.spontaneousAbortions,
      defectChildren: card.defectChildren,
      ...words.family,
      hasHistory: card.hasFamilyHistory,
      isConsanguineous: card.isConsanguineous,
    },
    report: { ...words.report, title: card.reporterTitle, filledOn: card.filledOn },
  }
}

function shownStep({ ciphers }: Office, { county }: Access, { noteCipher, ...step }: StepRecord): CardStep {
  return {
    ...step,
    note: noteCipher && ciphers.clinical.decipher(noteCipher, { county, id: step.id }),
    recordedAt: step.recordedAt.toISOString(),
  }
}

export function shownCard(
  office: Office,
  access: Access,
  { card, diagnoses, steps }: { card: CardRecord; diagnoses: DiagnosisRecord[]; steps: StepRecord[] },
  today: CivilDate,
): DefectCard {
  return {
    ...shownRow(office, access, card, today),
    content: contentOf(office, access, card, diagnoses),
    missingFields: card.missingFields,
    returnedFrom: card.returnedFrom,
    mergedInto: card.mergedInto,
    steps: steps.map((step) => shownStep(office, access, step)),
    isMine: card.makers.includes(access.actorId),
    recordedAt: card.recordedAt.toISOString(),
  }
}
