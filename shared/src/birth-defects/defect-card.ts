import { z } from 'zod'
import { Ethnicity } from '../population/value-sets.ts'
import { CivilDate, DivisionCode, Id, Text } from '../values.ts'
import { CareText, withoutSexInCode } from './fetal-sex.ts'
import {
  CardEducation,
  CardOutcome,
  CardSex,
  DefectBasis,
  DiagnosisTime,
  Exposure,
  IncomeBand,
  Laterality,
  ResidenceKind,
  Zygosity,
} from './defect-card-values.ts'
import { asksSide, asksWords, categoryOf, DefectIcd10 } from './defect-categories.ts'
import { daysBetween } from './reporting-periods.ts'

const count = (max: number) => z.int().min(0).max(max).nullable().default(null)
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().default(null)

/** 出生缺陷儿登记卡, in the paper's order (WS 377.6). What nobody knows stays empty. */
export const CardContent = z.strictObject({
  /** Where the mother lived at the birth. */
  division: DivisionCode,
  links: z
    .strictObject({
      chainId: maybe(Id),
      motherId: maybe(Id),
      childId: maybe(Id),
      pregnancyId: maybe(Id),
      birthId: maybe(Id),
    })
    .default({ chainId: null, motherId: null, childId: null, pregnancyId: null, birthId: null }),
  mother: z.strictObject({
    /** 住院号（门诊号） */
    recordNumber: maybe(Text(40)),
    name: maybe(Text(50)),
    ethnic: maybe(Ethnicity),
    birthDate: maybe(CivilDate),
    age: maybe(z.int().min(10).max(65)),
    residenceKind: maybe(ResidenceKind),
    address: maybe(Text(200)),
    phone: maybe(Text(20)),
    incomeBand: maybe(IncomeBand),
    education: maybe(CardEducation),
    gravida: count(30),
    para: count(20),
  }),
  child: z.strictObject({
    recordNumber: maybe(Text(40)),
    /** The day of birth, or of the end of the pregnancy; empty while the pregnancy goes on. */
    bornOn: maybe(CivilDate),
    bornAt: maybe(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)),
    gestationDays: maybe(z.int().min(28).max(315)),
    weightGrams: maybe(z.int().min(10).max(7000)),
    plurality: maybe(z.int().min(1).max(8)),
    sequence: maybe(z.int().min(1).max(8)),
    zygosity: maybe(Zygosity),
    sex: maybe(CardSex),
    outcome: maybe(CardOutcome),
    /** 诊断为出生缺陷后治疗性引产 */
    isInduced: maybe(z.boolean()),
  }),
  diagnosis: z.strictObject({
    basis: z.array(DefectBasis).max(6).default([]),
    basisWords: maybe(CareText(100)),
    on: CivilDate,
    when: maybe(DiagnosisTime),
    gestationDays: maybe(z.int().min(28).max(315)),
    items: z
      .array(
        z.strictObject({
          icd10: DefectIcd10,
          laterality: maybe(Laterality),
          description: maybe(CareText(300)),
        }),
      )
      .max(12)
      .default([]),
  }),
  /** 孕早期情况 */
  exposures: z
    .strictObject({
      codes: z.array(Exposure).max(14).default([]),
      illness: maybe(CareText(200)),
      drugs: maybe(CareText(200)),
      hazards: maybe(CareText(200)),
    })
    .default({ codes: [], illness: null, drugs: null, hazards: null }),
  /** 家庭史 */
  family: z.strictObject({
    stillbirths: count(20),
    spontaneousAbortions: count(20),
    defectChildren: count(20),
    defectNames: maybe(CareText(200)),
    hasHistory: maybe(z.boolean()),
    history: maybe(CareText(300)),
    isConsanguineous: maybe(z.boolean()),
    relation: maybe(CareText(100)),
  }),
  report: z.strictObject({
    name: maybe(Text(50)),
    title: maybe(Text(50)),
    filledOn: CivilDate,
  }),
})
export type CardContent = z.infer<typeof CardContent>

export type CardFault = { path: string; code: string }

/** The paths of a card's fields: what a return names and a comparison shows. */
export function fieldsOf(content: CardContent): Map<string, unknown> {
  const found = new Map<string, unknown>()
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) found.set(path, value)
    else if (value !== null && typeof value === 'object')
      for (const [key, inner] of Object.entries(value)) walk(inner, path === '' ? key : `${path}.${key}`)
    else found.set(path, value)
  }
  walk(content, '')
  return found
}

/** A field by its path, without the place in a list: `diagnosis.items.0.icd10` → `diagnosis.items.icd10`. */
export const plainPath = (path: string): string => path.replace(/\.\d+(?=\.|$)/g, '')

/** Every field that a reviewer may name. */
export const cardFields = [
  'division',
  ...['recordNumber', 'name', 'ethnic', 'birthDate', 'age', 'residenceKind', 'address', 'phone'].map(mother),
  ...['incomeBand', 'education', 'gravida', 'para'].map(mother),
  ...['recordNumber', 'bornOn', 'bornAt', 'gestationDays', 'weightGrams', 'plurality', 'sequence'].map(child),
  ...['zygosity', 'sex', 'outcome', 'isInduced'].map(child),
  ...['basis', 'basisWords', 'on', 'when', 'gestationDays'].map(diagnosis),
  ...['items', 'items.icd10', 'items.laterality', 'items.description'].map(diagnosis),
  ...['codes', 'illness', 'drugs', 'hazards'].map((name) => `exposures.${name}`),
  ...['stillbirths', 'spontaneousAbortions', 'defectChildren', 'defectNames'].map(family),
  ...['hasHistory', 'history', 'isConsanguineous', 'relation'].map(family),
  ...['name', 'title', 'filledOn'].map((name) => `report.${name}`),
] as [string, ...string[]]
function mother(name: string): string {
  return `mother.${name}`
}
function child(name: string): string {
  return `child.${name}`
}
function diagnosis(name: string): string {
  return `diagnosis.${name}`
}
function family(name: string): string {
  return `family.${name}`
}
export const CardField = z.enum(cardFields)

/** What cannot be: refused whenever the card is saved. */
export function cardFaults(content: CardContent, today: CivilDate): CardFault[] {
  const { mother, child, diagnosis, report } = content
  const faults: CardFault[] = []
  const fault = (path: string, code: string) => faults.push({ path, code })
  if (diagnosis.on > today) fault('diagnosis.on', 'invalid-date')
  if (child.bornOn !== null && child.bornOn > today) fault('child.bornOn', 'invalid-date')
  if (report.filledOn > today || report.filledOn < diagnosis.on) fault('report.filledOn', 'invalid-date')
  if (mother.birthDate !== null) {
    const years = ageOn(mother.birthDate, child.bornOn ?? diagnosis.on)
    if (years < 10 || years > 65) fault('mother.birthDate', 'mother-age-impossible')
    else if (mother.age !== null && Math.abs(mother.age - years) > 1) fault('mother.age', 'invalid-value')
  }
  if (mother.para !== null && mother.gravida !== null && mother.para > mother.gravida)
    fault('mother.para', 'invalid-value')
  if (child.outcome !== null && child.bornOn === null) fault('child.bornOn', 'required')
  if (child.bornOn !== null && child.outcome === null) fault('child.outcome', 'required')
  if (child.sequence !== null && child.sequence > (child.plurality ?? 1))
    fault('child.sequence', 'invalid-value')
  if (child.zygosity !== null && (child.plurality ?? 1) === 1) fault('child.zygosity', 'invalid-value')
  if (child.sex !== null && !maySaySex(content)) fault('child.sex', 'fetal-sex')
  if (diagnosis.when !== null && diagnosis.when !== timeOf(content)) fault('diagnosis.when', 'invalid-value')
  if (diagnosis.gestationDays !== null && timeOf(content) !== 'PRENATAL')
    fault('diagnosis.gestationDays', 'invalid-value')
  if (
    diagnosis.gestationDays !== null &&
    child.gestationDays !== null &&
    diagnosis.gestationDays > child.gestationDays
  )
    fault('diagnosis.gestationDays', 'invalid-value')
  const seen = new Set<string>()
  for (const [index, { icd10, laterality }] of diagnosis.items.entries()) {
    const category = categoryOf(icd10)
    const path = `diagnosis.items.${index}`
    if (category === null) fault(`${path}.icd10`, 'not-a-defect')
    else if (!maySaySex(content) && withoutSexInCode(icd10) !== icd10) fault(`${path}.icd10`, 'fetal-sex')
    if (seen.has(`${icd10} ${laterality}`)) fault(`${path}.icd10`, 'already-exists')
    seen.add(`${icd10} ${laterality}`)
  }
  return faults
}

/** Only of a child that was born, and never where the pregnancy was ended (E7). */
export function maySaySex({ child }: CardContent): boolean {
  if (child.bornOn === null || child.outcome === null || child.isInduced === true) return false
  return child.outcome !== 'STILLBIRTH' || (child.gestationDays ?? 0) >= 196
}

/** Completed years. */
export function ageOn(birthDate: CivilDate, on: CivilDate): number {
  return Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (on.slice(5) < birthDate.slice(5) ? 1 : 0)
}

/** 确诊时间 by the two days. */
export function timeOf({ child, diagnosis }: CardContent): DiagnosisTime {
  if (child.bornOn === null || diagnosis.on < child.bornOn) return 'PRENATAL'
  const day = daysBetween(child.bornOn, diagnosis.on)
  if (day > 42) return 'LATER'
  // On the day itself both are possible: an induced fetus was diagnosed before.
  if (day === 0 && diagnosis.when === 'PRENATAL') return 'PRENATAL'
  return day > 7 ? 'DAY_8_42' : 'WITHIN_7D'
}

/** Without these no card is submitted. */
export function missingToSubmit(content: CardContent): CardFault[] {
  const { mother, child, diagnosis } = content
  const missing: string[] = []
  const want = (isThere: boolean, path: string) => {
    if (!isThere) missing.push(path)
  }
  want(mother.name !== null, 'mother.name')
  want(mother.birthDate !== null || mother.age !== null, 'mother.birthDate')
  want(mother.residenceKind !== null, 'mother.residenceKind')
  want(diagnosis.basis.length > 0, 'diagnosis.basis')
  want(diagnosis.when !== null, 'diagnosis.when')
  want(diagnosis.items.length > 0, 'diagnosis.items')
  want(diagnosis.when !== 'PRENATAL' || diagnosis.gestationDays !== null, 'diagnosis.gestationDays')
  for (const [index, { icd10, laterality, description }] of diagnosis.items.entries()) {
    const category = categoryOf(icd10)
    if (category === null) continue
    want(!asksSide(category) || laterality !== null, `diagnosis.items.${index}.laterality`)
    want(!asksWords(category) || description !== null, `diagnosis.items.${index}.description`)
  }
  if (child.bornOn !== null) {
    want(child.gestationDays !== null || child.weightGrams !== null, 'child.gestationDays')
    want(child.plurality !== null, 'child.plurality')
    want((child.plurality ?? 1) === 1 || child.sequence !== null, 'child.sequence')
    want(child.isInduced !== null, 'child.isInduced')
  }
  return missing.map((path) => ({ path, code: 'required' }))
}

/** Elements of the card that are still empty (BDI-22); what does not apply is not missing. */
export function missingFields(content: CardContent): string[] {
  const { mother, child, diagnosis, family, report } = content
  const missing = missingToSubmit(content).map(({ path }) => plainPath(path))
  const want = (value: unknown, path: string) => {
    if (value === null) missing.push(path)
  }
  for (const name of [
    'recordNumber',
    'ethnic',
    'address',
    'incomeBand',
    'education',
    'gravida',
    'para',
  ] as const)
    want(mother[name], `mother.${name}`)
  want(mother.birthDate, 'mother.birthDate')
  if (child.bornOn !== null) {
    for (const name of ['bornAt', 'gestationDays', 'weightGrams', 'outcome'] as const)
      want(child[name], `child.${name}`)
    if ((child.plurality ?? 1) > 1) want(child.zygosity, 'child.zygosity')
    if (maySaySex(content)) want(child.sex, 'child.sex')
  }
  if (diagnosis.basis.includes('OTHER')) want(diagnosis.basisWords, 'diagnosis.basisWords')
  for (const name of [
    'stillbirths',
    'spontaneousAbortions',
    'defectChildren',
    'hasHistory',
    'isConsanguineous',
  ] as const)
    want(family[name], `family.${name}`)
  if ((family.defectChildren ?? 0) > 0) want(family.defectNames, 'family.defectNames')
  if (family.hasHistory === true) want(family.history, 'family.history')
  if (family.isConsanguineous === true) want(family.relation, 'family.relation')
  want(report.name, 'report.name')
  want(report.title, 'report.title')
  return [...new Set(missing)]
}

/** Mean birth weight by completed week 24–42 (g) and its spread, of Chinese births; the limits are wide on purpose. */
const means: Readonly<Record<number, number>> = {
  ...{
    20: 330,
    22: 480,
    24: 660,
    26: 900,
    28: 1150,
    30: 1480,
    32: 1850,
    34: 2270,
    36: 2700,
    38: 3130,
    40: 3380,
  },
}

/** What is possible but unlikely: shown while typing, never refused. */
export function cardDoubts({ mother, child, diagnosis }: CardContent): CardFault[] {
  const doubts: CardFault[] = []
  const doubt = (path: string, code: string) => doubts.push({ path, code })
  if (child.gestationDays !== null && child.weightGrams !== null && child.gestationDays >= 140) {
    const week = Math.min(40, Math.floor(child.gestationDays / 14) * 2)
    const mean = means[week]!
    if (child.weightGrams < mean * 0.45 || child.weightGrams > mean * 1.7)
      doubt('child.weightGrams', 'weight-for-gestation')
  }
  if (child.outcome !== null && child.outcome !== 'STILLBIRTH' && (child.gestationDays ?? 280) < 154)
    doubt('child.outcome', 'alive-so-early')
  if (child.isInduced === true && child.outcome === 'LIVE') doubt('child.outcome', 'induced-alive')
  if (mother.age !== null && (mother.age < 16 || mother.age > 50)) doubt('mother.age', 'mother-age')
  for (const [index, { icd10, laterality }] of diagnosis.items.entries()) {
    const category = categoryOf(icd10)
    if (category !== null && laterality === 'MID' && category !== '06' && category !== '07')
      doubt(`diagnosis.items.${index}.laterality`, 'side-unlikely')
  }
  const has = (prefix: string) => diagnosis.items.some(({ icd10 }) => icd10.startsWith(prefix))
  if (has('Q00') && has('Q05')) doubt('diagnosis.items', 'counted-as-anencephaly')
  if (has('Q35') && has('Q36')) doubt('diagnosis.items', 'cleft-together')
  return doubts
}

export type WindowFacts = {
  bornOn: CivilDate | null
  diagnosedOn: CivilDate
  gestationDays: number | null
  weightGrams: number | null
}

/** 监测期: in which windows a case is counted; the database keeps the same with the card. */
export function windowsOf({ bornOn, diagnosedOn, gestationDays, weightGrams }: WindowFacts): {
  hospital: boolean
  population: boolean
  extended: boolean
} {
  if (bornOn === null) return { hospital: false, population: false, extended: false }
  const isLate = gestationDays === null ? (weightGrams ?? 0) >= 1000 : gestationDays >= 196
  const day = daysBetween(bornOn, diagnosedOn)
  return {
    hospital: isLate && day <= 7,
    population: isLate && day <= 42,
    extended: diagnosedOn < birthday(bornOn),
  }
}

/** The first birthday; of a child of 29 February the day before 1 March, as PostgreSQL counts. */
function birthday(bornOn: CivilDate): CivilDate {
  const next = `${Number(bornOn.slice(0, 4)) + 1}${bornOn.slice(4)}`
  return next.endsWith('-02-29') ? next.replace('-02-29', '-02-28') : next
}
