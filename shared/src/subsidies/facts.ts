import { z } from 'zod'
import { maritalStatuses, sexes } from './fact-names.ts'

/** What a rule may read, and nothing else (domain §3.5, E4): each fact comes from the register or from a circumstance. */
export const FactName = z.enum([
  'age_years',
  'age_months',
  'birth_date',
  'sex',
  'marital',
  'spouse_age_years',
  'spouse_hukou_type',
  'remarried_with_new_child',
  'hukou_division',
  'hukou_type',
  'residence_division',
  'residence_since',
  'n_children_living',
  'n_children_ever',
  'child_sexes_living',
  'child_birth_dates',
  'youngest_child_age_years',
  'child_birth_date',
  'child_age_months',
  'child_hukou_division',
  'child_order',
  'child_death_date',
  'child_disability_grade',
  'only_child_cert',
  'complication_grade',
  'min_living_allowance',
  'pension_scheme',
  'special_family_type',
  'insured',
  'historic_qualification',
  'applicant_is_guardian',
  'other_program_active',
])
export type FactName = z.infer<typeof FactName>

export type FactType = 'integer' | 'date' | 'text' | 'boolean' | 'integers' | 'dates' | 'texts'
export type FactValue = number | string | boolean | number[] | string[] | null
/** Facts of one person: what is missing or null is not known. */
export type Facts = Partial<Record<FactName, FactValue>>

export type FactDefinition = {
  type: FactType
  zh: string
  en: string
  /** Where the value comes from. */
  source: 'REGISTER' | 'EVENTS' | 'CIRCUMSTANCE' | 'FAMILY' | 'APPLICATION' | 'BENEFITS'
  sourceZh: string
  sourceEn: string
  /** Shown in lists without a mask up to this class. */
  dataClass: 'L1' | 'L2' | 'L3'
  unitZh?: string
  unitEn?: string
  values?: Readonly<Record<string, readonly [string, string]>>
  /** How hard it is to have it otherwise: 0 time alone does it, 1 a paper, 2 an event of life, 3 never. */
  fixity: 0 | 1 | 2 | 3
}

const register = { source: 'REGISTER', sourceZh: '人口登记', sourceEn: 'population register' } as const
const family = {
  source: 'FAMILY',
  sourceZh: '亲子关系登记',
  sourceEn: 'family links of the register',
} as const
const events = { source: 'EVENTS', sourceZh: '婚姻登记', sourceEn: 'marriage records' } as const
const circumstance = {
  source: 'CIRCUMSTANCE',
  sourceZh: '审核录入并附证明',
  sourceEn: 'entered by a reviewer, with a document',
} as const
const years = { unitZh: '周岁', unitEn: 'years' } as const
const months = { unitZh: '个月', unitEn: 'months' } as const
const people = { unitZh: '个', unitEn: '' } as const
const hukouTypes = {
  '1': ['农业户口', 'agricultural'],
  '2': ['非农业户口', 'non-agricultural'],
  '3': ['居民户口（统一）', 'resident (unified)'],
  '4': ['集体户口', 'collective'],
  '9': ['未知', 'not known'],
} as const

export const factCatalogue: Readonly<Record<FactName, FactDefinition>> = {
  age_years: { type: 'integer', zh: '年龄', en: 'age', ...register, dataClass: 'L2', ...years, fixity: 0 },
  age_months: { type: 'integer', zh: '月龄', en: 'age', ...register, dataClass: 'L2', ...months, fixity: 0 },
  birth_date: { type: 'date', zh: '出生日期', en: 'date of birth', ...register, dataClass: 'L2', fixity: 3 },
  sex: { type: 'text', zh: '性别', en: 'sex', ...register, dataClass: 'L2', values: sexes, fixity: 3 },
  marital: {
    ...{ type: 'text', zh: '婚姻状况', en: 'marital status', ...register },
    ...{ dataClass: 'L2', values: maritalStatuses, fixity: 2 },
  },
  spouse_age_years: {
    ...{ type: 'integer', zh: '配偶年龄', en: 'age of the spouse', ...events },
    ...{ dataClass: 'L2', ...years, fixity: 0 },
  },
  spouse_hukou_type: {
    ...{ type: 'text', zh: '配偶户口性质', en: 'hukou type of the spouse', ...events },
    ...{ dataClass: 'L2', values: hukouTypes, fixity: 2 },
  },
  remarried_with_new_child: {
    ...{ type: 'boolean', zh: '再婚后又有子女', en: 'a child after a new marriage', ...family },
    ...{ dataClass: 'L2', fixity: 3 },
  },
  hukou_division: {
    ...{ type: 'text', zh: '户籍地', en: 'place of hukou', ...register },
    ...{ dataClass: 'L2', fixity: 2 },
  },
  hukou_type: {
    ...{ type: 'text', zh: '户口性质', en: 'hukou type', ...register },
    ...{ dataClass: 'L2', values: hukouTypes, fixity: 2 },
  },
  residence_division: {
    ...{ type: 'text', zh: '居住地', en: 'place of residence', ...register },
    ...{ dataClass: 'L2', fixity: 2 },
  },
  residence_since: {
    ...{ type: 'date', zh: '现居住地起居日期', en: 'living there since', ...register },
    ...{ dataClass: 'L2', fixity: 2 },
  },
  n_children_living: {
    ...{ type: 'integer', zh: '现存活子女数', en: 'living children', ...family },
    ...{ dataClass: 'L2', ...people, fixity: 3 },
  },
  n_children_ever: {
    ...{ type: 'integer', zh: '生育及收养子女数', en: 'children ever born or adopted', ...family },
    ...{ dataClass: 'L2', ...people, fixity: 3 },
  },
  child_sexes_living: {
    ...{ type: 'texts', zh: '现存活子女性别', en: 'sexes of living children', ...family },
    ...{ dataClass: 'L2', values: sexes, fixity: 3 },
  },
  child_birth_dates: {
    ...{ type: 'dates', zh: '子女出生日期', en: 'birth dates of the children', ...family },
    ...{ dataClass: 'L2', fixity: 3 },
  },
  youngest_child_age_years: {
    ...{ type: 'integer', zh: '最小存活子女年龄', en: 'age of the youngest living child', ...family },
    ...{ dataClass: 'L2', ...years, fixity: 0 },
  },
  child_birth_date: {
    ...{ type: 'date', zh: '儿童出生日期', en: 'birth date of the child', ...register },
    ...{ dataClass: 'L3', fixity: 3 },
  },
  child_age_months: {
    ...{ type: 'integer', zh: '儿童月龄', en: 'age of the child', ...register },
    ...{ dataClass: 'L3', ...months, fixity: 3 },
  },
  child_hukou_division: {
    ...{ type: 'text', zh: '儿童户籍地', en: 'place of hukou of the child', ...register },
    ...{ dataClass: 'L3', fixity: 2 },
  },
  child_order: {
    ...{
      type: 'integer',
      zh: '母亲的第几个存活登记子女',
      en: 'order among the children of the mother',
      ...family,
    },
    ...{ dataClass: 'L3', fixity: 3 },
  },
  child_death_date: {
    ...{ type: 'date', zh: '子女死亡日期', en: 'date of death of a child', ...family },
    ...{ dataClass: 'L3', fixity: 3 },
  },
  child_disability_grade: {
    ...{ type: 'integer', zh: '子女残疾等级', en: 'disability grade of a child', ...circumstance },
    ...{ dataClass: 'L3', unitZh: '级', unitEn: '', fixity: 1 },
  },
  only_child_cert: {
    ...{
      type: 'boolean',
      zh: '持有独生子女父母光荣证',
      en: 'holds the only-child certificate',
      ...circumstance,
    },
    ...{ dataClass: 'L2', fixity: 1 },
  },
  complication_grade: {
    ...{
      type: 'integer',
      zh: '手术并发症等级',
      en: 'grade of the complication certificate',
      ...circumstance,
    },
    ...{ dataClass: 'L3', unitZh: '级', unitEn: '', fixity: 1 },
  },
  min_living_allowance: {
    ...{
      type: 'boolean',
      zh: '享受最低生活保障',
      en: 'receives the minimum living allowance',
      ...circumstance,
    },
    ...{ dataClass: 'L3', fixity: 1 },
  },
  pension_scheme: {
    ...{ type: 'text', zh: '养老保险', en: 'pension scheme', ...circumstance },
    dataClass: 'L2',
    values: {
      RESIDENT: ['城乡居民基本养老保险', 'residents’ basic pension'],
      EMPLOYEE: ['职工基本养老保险', 'employees’ basic pension'],
      OTHER: ['其他', 'other'],
    },
    fixity: 1,
  },
  special_family_type: {
    ...{ type: 'text', zh: '特殊家庭类型', en: 'kind of special family', ...circumstance },
    dataClass: 'L3',
    values: {
      DEATH: ['独生子女死亡', 'the only child has died'],
      DISABILITY: ['独生子女伤残', 'the only child is disabled'],
    },
    fixity: 1,
  },
  insured: {
    ...{ type: 'boolean', zh: '已投保住院护理保险', en: 'insured for hospital care', ...circumstance },
    ...{ dataClass: 'L2', fixity: 1 },
  },
  historic_qualification: {
    ...{ type: 'boolean', zh: '历史资格认定', en: 'historic qualification', ...circumstance },
    ...{ dataClass: 'L2', fixity: 1 },
  },
  applicant_is_guardian: {
    type: 'boolean',
    zh: '申请人是儿童的父母或监护人',
    en: 'the applicant is a parent or guardian',
    source: 'APPLICATION',
    sourceZh: '亲子与监护登记',
    sourceEn: 'parentage and guardianship records',
    ...{ dataClass: 'L2', fixity: 1 },
  },
  other_program_active: {
    type: 'texts',
    zh: '正在享受的其他项目',
    en: 'other programmes being received',
    source: 'BENEFITS',
    sourceZh: '扶助对象名册',
    sourceEn: 'list of beneficiaries',
    ...{ dataClass: 'L3', fixity: 2 },
  },
}

/** Names that rules have asked for elsewhere and that none may read here: care, check-ups, declines, judgements of a birth. */
const forbidden =
  /(contracep|iud|implant|sterili[sz]|method|abort|terminat|check_?up|attendance|offer|declin|opt_?out|screen|torch|pregnan|in_policy|out_of_policy|lawful|illegal|policy_birth|plan(ned)?_birth|social_maintenance|避孕|节育|流产|孕检|政策[内外]|计划[内外]|违法|超生)/i

/** Whether a name belongs to what no rule may read (E1, E4), rather than being merely unknown. */
export function isForbiddenFact(name: string): boolean {
  return !FactName.safeParse(name).success && forbidden.test(name)
}

export const isListFact = (name: FactName): boolean => /s$/.test(factCatalogue[name].type)
