import { z } from 'zod'
import { codesOf } from '../code-tables.ts'
import { conceptions, urineProteins } from '../population/value-sets.ts'
import { CivilDate, Id } from '../values.ts'
import { Sign } from './decision-facts.ts'
import { CareText } from './fetal-sex.ts'

export const counsellingTopics = {
  NUTRITION: ['营养与体重', 'Food and weight'],
  FOLIC_ACID: ['叶酸与铁钙补充', 'Folic acid, iron, calcium'],
  DANGER_SIGNS: ['危险征象与就医时机', 'Danger signs and when to come'],
  SCREENING: ['产前筛查与诊断', 'Prenatal screening and diagnosis'],
  INFECTION: ['艾滋病、梅毒、乙肝母婴阻断', 'HIV, syphilis and hepatitis B'],
  MOVEMENTS: ['胎动计数', 'Counting movements'],
  BIRTH_PLAN: ['分娩计划与住院分娩', 'Plan for the birth'],
  BREASTFEEDING: ['母乳喂养', 'Breastfeeding'],
  MIND: ['心理保健', 'Mood and mind'],
  NEWBORN: ['新生儿护理与筛查', 'Care and screening of the newborn'],
  CONTRACEPTION: ['产后避孕', 'Contraception after birth'],
} as const
export const CounsellingTopic = z.enum(
  Object.keys(counsellingTopics) as [keyof typeof counsellingTopics, ...(keyof typeof counsellingTopics)[]],
)
export type CounsellingTopic = z.infer<typeof CounsellingTopic>

const tested = z.enum(['NEGATIVE', 'POSITIVE'])
const tenth = (least: number, most: number) => z.number().min(least).max(most).multipleOf(0.1)
const hundredth = (least: number, most: number) => z.number().min(least).max(most).multipleOf(0.01)

/** What was measured, tested or asked; nothing of it is required, and nothing is a bar. */
export const ContactValues = z
  .strictObject({
    parity: z.int().min(0).max(15),
    gravida: z.int().min(1).max(20),
    plurality: z.int().min(1).max(5),
    heightCentimetres: tenth(100, 220),
    weightBeforeKilograms: tenth(25, 250),
    caesareans: z.int().min(0).max(10),
    losses: z.int().min(0).max(20),
    abortions: z.int().min(0).max(20),
    conception: codesOf(conceptions),
    systolic: z.int().min(40).max(260),
    diastolic: z.int().min(20).max(200),
    weightKilograms: tenth(25, 250),
    fundalHeightCentimetres: tenth(5, 60),
    fetalHeartRate: z.int().min(60).max(220),
    temperature: tenth(33, 43),
    pulse: z.int().min(30).max(220),
    oxygenSaturation: z.int().min(50).max(100),
    haemoglobin: z.int().min(30).max(250),
    platelets: z.int().min(1).max(1500),
    alanineAminotransferase: z.int().min(1).max(10_000),
    bileAcid: tenth(0, 1000),
    creatinine: z.int().min(5).max(2000),
    thyrotropin: hundredth(0, 200),
    fastingGlucose: hundredth(1, 40),
    ogttFasting: hundredth(1, 40),
    ogttOneHour: hundredth(1, 50),
    ogttTwoHours: hundredth(1, 50),
    urineProtein: codesOf(urineProteins),
    urineNitrite: tested,
    urineCulture: tested,
    syphilis: tested,
    hiv: z.enum(['NEGATIVE', 'POSITIVE', 'PENDING']),
    hepatitisB: tested,
    hepatitisBe: tested,
    rhesus: tested,
    depressionScore: z.int().min(0).max(30),
  })
  .partial()
export type ContactValues = z.infer<typeof ContactValues>

export const contactPlaces = {
  FACILITY: ['机构内', 'At the facility'],
  HOME: ['入户', 'At home'],
  PHONE: ['电话', 'By phone'],
} as const
export const ContactPlace = z.enum(['FACILITY', 'HOME', 'PHONE'])
export type ContactPlace = z.infer<typeof ContactPlace>

/** What is written at every contact, before the birth and after it. */
export const contactFields = {
  occurredOn: CivilDate,
  place: ContactPlace,
  values: ContactValues,
  signs: z.array(Sign).max(30),
  counselling: z.array(CounsellingTopic).max(12),
  medications: CareText(500).nullable(),
  note: CareText(2000).nullable(),
}
/** The same at a new one: what is left out is nothing. */
export const newContactFields = {
  occurredOn: contactFields.occurredOn,
  place: contactFields.place.default('FACILITY'),
  values: contactFields.values.default({}),
  signs: contactFields.signs.default([]),
  counselling: contactFields.counselling.default([]),
  medications: contactFields.medications.default(null),
  note: contactFields.note.default(null),
}

export const KnownValue = z.object({
  fact: z.string(),
  value: z.union([z.number(), z.string()]),
  /** The day it was taken. */
  on: CivilDate,
})
export type KnownValue = z.infer<typeof KnownValue>

export const WomanOfContact = z.object({ id: Id, name: z.string(), birthDate: CivilDate })
