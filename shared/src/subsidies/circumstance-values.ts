import { z } from 'zod'
import type { EvidenceType } from './programmes.ts'

/** What rules read beside the register, entered with a document. */
export const CircumstanceKind = z.enum([
  'ONLY_CHILD_CERTIFICATE',
  'DISABILITY',
  'COMPLICATION',
  'LOW_INCOME',
  'PENSION_SCHEME',
  'HISTORIC_QUALIFICATION',
  'INSURED',
  'SPECIAL_FAMILY',
  'GUARDIANSHIP',
])
export type CircumstanceKind = z.infer<typeof CircumstanceKind>

type KindDefinition = {
  zh: string
  en: string
  /** 1 is the most severe. */
  grades: readonly number[]
  /** What the detail may be. */
  details: Readonly<Record<string, readonly [string, string]>>
  /** Grade and detail are masked in lists (domain §9.1). */
  isSensitive: boolean
}

export const circumstanceKinds: Readonly<Record<CircumstanceKind, KindDefinition>> = {
  ONLY_CHILD_CERTIFICATE: {
    zh: '独生子女父母光荣证',
    en: 'Only-child certificate',
    ...{ grades: [], details: {}, isSensitive: false },
  },
  DISABILITY: { zh: '残疾', en: 'Disability', grades: [1, 2, 3, 4], details: {}, isSensitive: true },
  COMPLICATION: {
    zh: '计划生育手术并发症',
    en: 'Complication of a procedure',
    ...{ grades: [1, 2, 3], details: {}, isSensitive: true },
  },
  LOW_INCOME: {
    zh: '最低生活保障',
    en: 'Minimum living allowance',
    ...{ grades: [], details: {}, isSensitive: true },
  },
  PENSION_SCHEME: {
    zh: '养老保险',
    en: 'Pension scheme',
    grades: [],
    details: {
      RESIDENT: ['城乡居民基本养老保险', 'Residents’ basic pension'],
      EMPLOYEE: ['职工基本养老保险', 'Employees’ basic pension'],
      OTHER: ['其他', 'Other'],
    },
    isSensitive: false,
  },
  HISTORIC_QUALIFICATION: {
    zh: '历史资格认定',
    en: 'Historic qualification',
    ...{ grades: [], details: {}, isSensitive: false },
  },
  INSURED: {
    zh: '意外伤害和住院护理保险',
    en: 'Accident and hospital-care insurance',
    ...{ grades: [], details: {}, isSensitive: false },
  },
  SPECIAL_FAMILY: {
    zh: '特殊家庭',
    en: 'Special family',
    grades: [],
    details: {
      DEATH: ['独生子女死亡', 'The only child has died'],
      DISABILITY: ['独生子女伤残', 'The only child is disabled'],
    },
    isSensitive: true,
  },
  GUARDIANSHIP: {
    zh: '监护关系确认',
    en: 'Guardianship confirmed',
    ...{ grades: [], details: {}, isSensitive: false },
  },
}

const documents: Readonly<Record<CircumstanceKind, EvidenceType>> = {
  ONLY_CHILD_CERTIFICATE: 'ONLY_CHILD_CERTIFICATE',
  DISABILITY: 'DISABILITY_CARD',
  COMPLICATION: 'COMPLICATION_CERTIFICATE',
  LOW_INCOME: 'LOW_INCOME_CERTIFICATE',
  PENSION_SCHEME: 'PENSION_PROOF',
  HISTORIC_QUALIFICATION: 'HISTORIC_RECORD',
  INSURED: 'INSURANCE_POLICY',
  SPECIAL_FAMILY: 'DISABILITY_CARD',
  GUARDIANSHIP: 'GUARDIANSHIP_PROOF',
}
/** The paper that usually says so. */
export const documentOf = (kind: CircumstanceKind, detail: string | null): EvidenceType =>
  kind === 'SPECIAL_FAMILY' && detail === 'DEATH' ? 'DEATH_CERTIFICATE' : documents[kind]
