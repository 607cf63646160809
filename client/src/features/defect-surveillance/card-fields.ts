import {
  cardEducations,
  cardOutcomes,
  cardSexes,
  defectBases,
  diagnosisTimes,
  exposureNames,
  incomeBands,
  residenceKinds,
  zygosities,
} from '@youyu/shared/birth-defects/defect-card-values'
import { cardFieldNames } from '@youyu/shared/birth-defects/defect-card-names'
import { maySaySex } from '@youyu/shared/birth-defects/defect-card'
import type { CardContent } from '@youyu/shared/birth-defects/defect-card'
import { ethnicities } from '@youyu/shared/population/value-sets'
import { inLanguage } from '../../texts/texts.ts'

type Names = Readonly<Record<string, readonly [string, string]>>
type FieldKind =
  'text' | 'number' | 'date' | 'words' | 'division' | 'weeks' | 'flag' | 'choice' | 'checks' | 'diagnoses'
export type CardFieldShape = {
  path: string
  kind: FieldKind
  names?: Names
  isRequired?: boolean
  /** Asked only where it applies. */
  applies?: (content: CardContent) => boolean
}
export type CardSection = {
  key: 'mother' | 'child' | 'diagnosis' | 'exposures' | 'family' | 'report'
  fields: CardFieldShape[]
}

const isBorn = ({ child }: CardContent) => child.bornOn !== null
const isMultiple = ({ child }: CardContent) => (child.plurality ?? 1) > 1
const has = (...codes: string[]) =>
  function applies({ exposures }: CardContent) {
    return exposures.codes.some((code) => codes.includes(code))
  }
const asked = (path: string, kind: FieldKind, more: Omit<CardFieldShape, 'path' | 'kind'> = {}) => ({
  ...{ path, kind },
  ...more,
})
const must = { isRequired: true }

/** The card in the paper's order (卫统47表). */
export const cardSections: readonly CardSection[] = [
  {
    key: 'mother',
    fields: [
      asked('mother.recordNumber', 'text'),
      asked('mother.name', 'text', must),
      asked('mother.ethnic', 'choice', { names: ethnicities }),
      asked('mother.birthDate', 'date', must),
      asked('mother.age', 'number', { applies: ({ mother }) => mother.birthDate === null }),
      asked('division', 'division', must),
      asked('mother.residenceKind', 'choice', { names: residenceKinds, ...must }),
      asked('mother.address', 'text'),
      asked('mother.phone', 'text'),
      asked('mother.incomeBand', 'choice', { names: incomeBands }),
      asked('mother.education', 'choice', { names: cardEducations }),
      asked('mother.gravida', 'number'),
      asked('mother.para', 'number'),
    ],
  },
  {
    key: 'child',
    fields: [
      asked('child.bornOn', 'date'),
      asked('child.bornAt', 'text', { applies: isBorn }),
      asked('child.recordNumber', 'text', { applies: isBorn }),
      asked('child.outcome', 'choice', { names: cardOutcomes, applies: isBorn, ...must }),
      asked('child.gestationDays', 'weeks', { applies: isBorn, ...must }),
      asked('child.weightGrams', 'number', { applies: isBorn }),
      asked('child.isInduced', 'flag', { applies: isBorn, ...must }),
      asked('child.plurality', 'number', { applies: isBorn, ...must }),
      asked('child.sequence', 'number', { applies: isMultiple, ...must }),
      asked('child.zygosity', 'choice', { names: zygosities, applies: isMultiple }),
      asked('child.sex', 'choice', { names: cardSexes, applies: maySaySex }),
    ],
  },
  {
    key: 'diagnosis',
    fields: [
      asked('diagnosis.on', 'date', must),
      asked('diagnosis.when', 'choice', { names: diagnosisTimes, ...must }),
      asked('diagnosis.gestationDays', 'weeks', {
        applies: ({ diagnosis }) => diagnosis.when === 'PRENATAL',
        ...must,
      }),
      asked('diagnosis.basis', 'checks', { names: defectBases, ...must }),
      asked('diagnosis.basisWords', 'text', {
        applies: ({ diagnosis }) => diagnosis.basis.includes('OTHER'),
      }),
      asked('diagnosis.items', 'diagnoses', must),
    ],
  },
  {
    key: 'exposures',
    fields: [
      asked('exposures.codes', 'checks', { names: exposureNames }),
      asked('exposures.illness', 'words', { applies: has('FEVER', 'VIRUS', 'DIABETES', 'ILLNESS_OTHER') }),
      asked('exposures.drugs', 'words', {
        applies: has('SULFA', 'ANTIBIOTICS', 'CONTRACEPTIVES', 'SEDATIVES', 'DRUG_OTHER'),
      }),
      asked('exposures.hazards', 'words', {
        applies: has('ALCOHOL', 'PESTICIDE', 'RADIATION', 'CHEMICALS', 'HAZARD_OTHER'),
      }),
    ],
  },
  {
    key: 'family',
    fields: [
      asked('family.stillbirths', 'number'),
      asked('family.spontaneousAbortions', 'number'),
      asked('family.defectChildren', 'number'),
      asked('family.defectNames', 'words', { applies: ({ family }) => (family.defectChildren ?? 0) > 0 }),
      asked('family.hasHistory', 'flag'),
      asked('family.history', 'words', { applies: ({ family }) => family.hasHistory === true }),
      asked('family.isConsanguineous', 'flag'),
      asked('family.relation', 'words', { applies: ({ family }) => family.isConsanguineous === true }),
    ],
  },
  {
    key: 'report',
    fields: [
      asked('report.name', 'text'),
      asked('report.title', 'text'),
      asked('report.filledOn', 'date', must),
    ],
  },
]

export const fieldLabel = (path: string): string => inLanguage(cardFieldNames[path] ?? [path, path])

/** A value by its path. */
export function at(values: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], values)
}
