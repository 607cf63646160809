import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate } from '../values.ts'

/** 出生缺陷24类 (卫统47表): code → [Chinese, English]. */
export const defectCategories = {
  '01': ['无脑畸形', 'Anencephaly'],
  '02': ['脊柱裂', 'Spina bifida'],
  '03': ['脑膨出', 'Encephalocele'],
  '04': ['先天性脑积水', 'Congenital hydrocephalus'],
  '05': ['腭裂', 'Cleft palate'],
  '06': ['唇裂', 'Cleft lip'],
  '07': ['唇裂合并腭裂', 'Cleft lip with cleft palate'],
  '08': ['小耳（包括无耳）', 'Microtia and anotia'],
  '09': ['外耳其他畸形', 'Other malformation of the external ear'],
  '10': ['食道闭锁或狭窄', 'Oesophageal atresia or stenosis'],
  '11': ['直肠肛门闭锁或狭窄', 'Anorectal atresia or stenosis'],
  '12': ['尿道下裂', 'Hypospadias'],
  '13': ['膀胱外翻', 'Bladder exstrophy'],
  '14': ['马蹄内翻足', 'Talipes equinovarus'],
  '15': ['多指（趾）', 'Polydactyly'],
  '16': ['并指（趾）', 'Syndactyly'],
  '17': ['肢体短缩', 'Limb reduction'],
  '18': ['先天性膈疝', 'Congenital diaphragmatic hernia'],
  '19': ['脐膨出', 'Omphalocele'],
  '20': ['腹裂', 'Gastroschisis'],
  '21': ['联体双胎', 'Conjoined twins'],
  '22': ['唐氏综合征', 'Down syndrome'],
  '23': ['先天性心脏病', 'Congenital heart disease'],
  '24': ['其他', 'Other'],
} as const
export const DefectCategory = z.enum(
  Object.keys(defectCategories).sort() as [
    keyof typeof defectCategories,
    ...(keyof typeof defectCategories)[],
  ],
)
export type DefectCategory = z.infer<typeof DefectCategory>
/** In the order of the card; an object would put 10 before 01. */
export const defectCategoryCodes: readonly DefectCategory[] = [...DefectCategory.options].sort()

/** A diagnosis of a card: a code, or before birth the group where the code alone would tell what the fetus is (E7). */
export const DefectIcd10 = z.string().regex(/^([A-Z]\d{2}(\.\d{1,2})?|Q96-Q99|Q50-Q56)$/)

/** Prefixes of ICD-10 and their category; the longest one decides. */
const prefixes: readonly (readonly [prefix: string, category: DefectCategory])[] = [
  ['Q00', '01'],
  ['Q05', '02'],
  ['Q01', '03'],
  ['Q03', '04'],
  ['Q35', '05'],
  ['Q36', '06'],
  ['Q37', '07'],
  ['Q16.0', '08'],
  ['Q17.2', '08'],
  ['Q17', '09'],
  ['Q39', '10'],
  ['Q42', '11'],
  ['Q54', '12'],
  ['Q64.1', '13'],
  ['Q66.0', '14'],
  ['Q69', '15'],
  ['Q70', '16'],
  ['Q71', '17'],
  ['Q72', '17'],
  ['Q73', '17'],
  ['Q79.0', '18'],
  ['Q79.2', '19'],
  ['Q79.3', '20'],
  ['Q89.4', '21'],
  ['Q90', '22'],
  ['Q20', '23'],
  ['Q21', '23'],
  ['Q22', '23'],
  ['Q23', '23'],
  ['Q24', '23'],
  ['Q25', '23'],
  ['Q26', '23'],
  ['Q', '24'],
]

/** 代谢、功能性: phenylketonuria and its kin, hypothyroidism, G6PD, adrenal hyperplasia, hearing. */
const functional = ['D55.0', 'E03.1', 'E25.0', 'E70', 'E71', 'E72', 'H90']

export function isFunctional(icd10: string): boolean {
  return functional.some((prefix) => icd10.startsWith(prefix))
}

/** The national category of an ICD-10 code; null for what is no defect. */
export function categoryOf(icd10: string): DefectCategory | null {
  if (isFunctional(icd10)) return '24'
  const [longest] = prefixes
    .filter(([prefix]) => icd10.startsWith(prefix))
    .sort(([left], [right]) => right.length - left.length)
  return longest?.[1] ?? null
}

const sided: readonly DefectCategory[] = ['06', '07', '08', '09', '14', '15', '16', '17']

/** Whether the side is asked: clefts of the lip, ears, feet and limbs. */
export const asksSide = (category: DefectCategory): boolean => sided.includes(category)

/** Whether the defect must be put in words: 其他 says nothing by itself. */
export const asksWords = (category: DefectCategory): boolean => category === '24'

export const Category = z.object({
  code: DefectCategory,
  zh: z.string(),
  en: z.string(),
  asksSide: z.boolean(),
  asksWords: z.boolean(),
  prefixes: z.array(
    z.object({ prefix: z.string(), isFunctional: z.boolean(), excludes: z.array(z.string()) }),
  ),
  source: z.string(),
  effectiveFrom: CivilDate,
})
export type Category = z.infer<typeof Category>

export const DeadlineStep = z.enum([
  'CARD',
  'HOSPITAL_REVIEW',
  'COUNTY_REVIEW',
  'PROVINCE_REVIEW',
  'FACILITY_RETURN',
  'COUNTY_RETURN',
  'AUDIT',
])
export type DeadlineStep = z.infer<typeof DeadlineStep>

export const getDefectCategories = defineEndpoint({
  method: 'GET',
  url: '/api/v1/defect-categories',
  schema: {
    summary: 'National categories of birth defects, their codes, and the deadlines of reporting',
    tags: ['defect-surveillance'],
    response: {
      200: z.object({
        items: z.array(Category),
        deadlines: z.array(z.object({ step: DeadlineStep, days: z.int(), source: z.string() })),
      }),
    },
  },
  config: { permission: 'signed-in', dataClass: 'L0' },
})
