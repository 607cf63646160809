import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Instant, Text } from '../values.ts'

/** 避孕方法 (domain §3.2): code → [Chinese, English]. */
export const methodNames = {
  M00: ['不采取措施', 'No method'],
  M10: ['女性绝育（输卵管结扎）', 'Female sterilisation'],
  M20: ['男性绝育（输精管结扎）', 'Male sterilisation'],
  M30: ['含铜宫内节育器', 'Copper IUD'],
  M31: ['左炔诺孕酮宫内缓释系统', 'Levonorgestrel intrauterine system'],
  M40: ['皮下埋植（两根型）', 'Implant, two rods'],
  M41: ['皮下埋植（六根型）', 'Implant, six rods'],
  M42: ['依托孕烯皮下埋植（单根）', 'Etonogestrel implant, one rod'],
  M50: ['长效避孕针（三个月一针）', 'Three-monthly injection (DMPA)'],
  M51: ['每月避孕针（复方）', 'Monthly combined injection'],
  M60: ['短效口服避孕药（复方）', 'Combined pill'],
  M61: ['单纯孕激素避孕药', 'Progestogen-only pill'],
  M70: ['男用避孕套', 'Male condom'],
  M71: ['女用避孕套', 'Female condom'],
  M80: ['外用避孕药', 'Spermicide'],
  M85: ['紧急避孕', 'Emergency contraception'],
  M90: ['哺乳期闭经避孕', 'Lactational amenorrhoea'],
  M91: ['安全期', 'Fertility awareness'],
  M92: ['体外排精', 'Withdrawal'],
  M99: ['其他或未说明', 'Other or not stated'],
} as const satisfies Record<string, readonly [string, string]>

export const MethodCode = z.enum(
  Object.keys(methodNames) as [keyof typeof methodNames, ...(keyof typeof methodNames)[]],
)
export type MethodCode = z.infer<typeof MethodCode>

/** What a woman may be told of beside "no method". */
export const ExplainedMethod = MethodCode.exclude(['M99'])
/** What a choice may rest on: a method in use afterwards. Emergency contraception is no method in use. */
export const ChosenMethod = MethodCode.exclude(['M85', 'M99'])

const longActing: readonly MethodCode[] = ['M10', 'M20', 'M30', 'M31', 'M40', 'M41', 'M42']
const larc: readonly MethodCode[] = ['M30', 'M31', 'M40', 'M41', 'M42']
const notModern: readonly MethodCode[] = ['M00', 'M90', 'M91', 'M92', 'M99']

/** 长效避孕措施 as the Chinese statistics count them: sterilisation is one. */
export const isLongActingCn = (method: MethodCode): boolean => longActing.includes(method)
/** Long-acting reversible, as the WHO counts. */
export const isLarcWho = (method: MethodCode): boolean => larc.includes(method)
/** Modern methods; emergency contraception is modern and yet no method in use. */
export const isModern = (method: MethodCode): boolean => !notModern.includes(method)

/** The columns of the eligibility table. */
export const mecMethods = {
  COC: ['复方口服避孕药', 'Combined pill'],
  CIC: ['复方避孕针', 'Combined injection'],
  POP: ['单纯孕激素避孕药', 'Progestogen-only pill'],
  DMPA: ['长效避孕针', 'DMPA injection'],
  IMPLANT: ['皮下埋植', 'Implant'],
  CU_IUD: ['含铜宫内节育器', 'Copper IUD'],
  LNG_IUS: ['左炔诺孕酮宫内缓释系统', 'LNG-IUS'],
} as const satisfies Record<string, readonly [string, string]>
export const MecMethod = z.enum(
  Object.keys(mecMethods) as [keyof typeof mecMethods, ...(keyof typeof mecMethods)[]],
)
export type MecMethod = z.infer<typeof MecMethod>

const groups: Partial<Record<MethodCode, MecMethod>> = {
  M30: 'CU_IUD',
  M31: 'LNG_IUS',
  M40: 'IMPLANT',
  M41: 'IMPLANT',
  M42: 'IMPLANT',
  M50: 'DMPA',
  M51: 'CIC',
  M60: 'COC',
  M61: 'POP',
}
/** The column of the eligibility table that speaks of a method; null where it has none. */
export function mecMethodOf(method: MethodCode): MecMethod | null {
  return groups[method] ?? null
}

export const DeviceType = z.object({
  code: z.string(),
  method: MethodCode,
  nameZh: z.string(),
  nameEn: z.string(),
  /** After which replacement is offered; null where it is not limited. */
  validityMonths: z.int().nullable(),
  /** The longest that a source allows. */
  validityUpToMonths: z.int().nullable(),
  isLegacy: z.boolean(),
  source: z.string(),
})
export type DeviceType = z.infer<typeof DeviceType>

export const providerLevels = {
  SURGICAL: ['手术机构', 'Surgical facility'],
  CLINIC: ['门诊', 'Clinic'],
  NURSE: ['门诊或护士', 'Clinic or nurse'],
  CLINICIAN_FIRST: ['首次由医师，其后可在村级领取', 'First by a clinician, then in the village'],
  SELF: ['自取', 'Self-service'],
  PHARMACY: ['药店或门诊', 'Pharmacy or clinic'],
  NONE: ['无需机构', 'No provider needed'],
} as const satisfies Record<string, readonly [string, string]>
export const ProviderLevel = z.enum(
  Object.keys(providerLevels) as [keyof typeof providerLevels, ...(keyof typeof providerLevels)[]],
)

export const ContraceptiveMethod = z.object({
  code: MethodCode,
  nameZh: z.string(),
  nameEn: z.string(),
  classCn: z.enum(['LONG', 'SHORT', 'TRADITIONAL', 'EMERGENCY', 'NONE']),
  classWho: z.enum(['PERMANENT', 'LARC', 'SHORT', 'EMERGENCY', 'NONE']),
  providerLevel: ProviderLevel,
  isLongActingCn: z.boolean(),
  isLarcWho: z.boolean(),
  isModern: z.boolean(),
  /** Can be the method in use; false for emergency contraception. */
  isCurrentMethod: z.boolean(),
  mecMethod: MecMethod.nullable(),
  /** Months until replacement is offered, where one figure holds for all kinds. */
  validityMonths: z.int().nullable(),
  /** Days until the next supply or dose. */
  resupplyDays: z.int().nullable(),
  graceDays: z.int().nullable(),
  /** Free supply in a year, in its unit; null where it is not a matter of supply. */
  freePerYear: z.int().nullable(),
  freeUnit: z.string().nullable(),
  /** ATC, or ICD-9-CM-3 of a procedure. */
  classificationCode: z.string().nullable(),
  source: z.string(),
  devices: z.array(DeviceType),
})
export type ContraceptiveMethod = z.infer<typeof ContraceptiveMethod>

export const listMethods = defineEndpoint({
  method: 'GET',
  url: '/api/v1/contraceptive-methods',
  schema: {
    summary: 'Contraceptive methods with their device types',
    tags: ['contraceptive-methods'],
    response: { 200: z.object({ items: z.array(ContraceptiveMethod) }) },
  },
  config: { permission: 'signed-in', dataClass: 'L0' },
})

export const stiProtections = {
  YES: ['能预防性传播感染', 'Protects against infections'],
  SOME: ['有一定预防作用', 'Protects to some degree'],
  NO: ['不能预防性传播感染，需要时加用避孕套', 'No protection; add a condom where needed'],
} as const satisfies Record<string, readonly [string, string]>
export const StiProtection = z.enum(
  Object.keys(stiProtections) as [keyof typeof stiProtections, ...(keyof typeof stiProtections)[]],
)

const Lines = z.array(Text(300)).max(12)
const Rate = z.number().min(0).max(100)

const sheetFields = {
  /** Unintended pregnancies among 100 women in the first year as commonly used; null where no such figure exists. */
  typicalUse: Rate.nullable(),
  /** The same with use as prescribed. */
  perfectUse: Rate.nullable(),
  effectivenessSource: Text(300),
  effectivenessNoteZh: Text(300).nullable(),
  effectivenessNoteEn: Text(300).nullable(),
  howZh: Text(600),
  howEn: Text(600),
  sideEffectsZh: Lines,
  sideEffectsEn: Lines,
  warningsZh: Lines,
  warningsEn: Lines,
  stiProtection: StiProtection,
  returnToFertilityZh: Text(300),
  returnToFertilityEn: Text(300),
  followUpZh: Text(300),
  followUpEn: Text(300),
  source: Text(300),
}

/** What a woman is told of a method, in plain words, with where it comes from. */
export const MethodSheet = z.object({
  method: MethodCode,
  effectiveFrom: CivilDate,
  /** The sheet of one county; null for everybody's. */
  county: z.int().nullable(),
  ...sheetFields,
  /** Who of the clinicians has checked it; null while nobody has. */
  reviewer: z.string().nullable(),
  reviewedOn: CivilDate.nullable(),
  recordedAt: Instant,
})
export type MethodSheet = z.infer<typeof MethodSheet>

export const listMethodSheets = defineEndpoint({
  method: 'GET',
  url: '/api/v1/method-sheets',
  schema: {
    summary: 'What is told of every method: the sheets in force on a day',
    tags: ['contraceptive-methods'],
    querystring: z.strictObject({ on: CivilDate.optional() }),
    response: { 200: z.object({ items: z.array(MethodSheet) }) },
  },
  config: { permission: 'signed-in', dataClass: 'L0' },
})

export const listSheetVersions = defineEndpoint({
  method: 'GET',
  url: '/api/v1/method-sheets/:method/versions',
  schema: {
    summary: 'All versions of the sheet of a method, the newest first',
    tags: ['contraceptive-methods'],
    params: z.strictObject({ method: MethodCode }),
    response: { 200: z.object({ items: z.array(MethodSheet) }) },
  },
  config: { permission: 'care-rule.read', dataClass: 'L0' },
})

export const NewMethodSheet = z.strictObject({
  method: ExplainedMethod,
  /** Today or later; from then on it is what the county's clients are told. */
  effectiveFrom: CivilDate,
  ...sheetFields,
  reviewer: Text(50).nullable(),
  reviewedOn: CivilDate.nullable(),
})
export type NewMethodSheet = z.infer<typeof NewMethodSheet>

export const publishMethodSheet = defineEndpoint({
  method: 'POST',
  url: '/api/v1/method-sheets',
  schema: {
    summary: 'Publish a new version of a sheet for the county, from a day on',
    tags: ['contraceptive-methods'],
    body: NewMethodSheet,
    response: { 201: MethodSheet },
  },
  config: { permission: 'care-rule.manage', dataClass: 'L0', idempotent: true },
})
