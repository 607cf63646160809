import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Id, Instant, Text } from '../values.ts'

export const screeningProgrammes = {
  PRENATAL: ['产前筛查', 'Prenatal screening'],
  DIAGNOSIS: ['产前诊断', 'Prenatal diagnosis'],
  FOLLOW_UP: ['高风险随访', 'Follow-up of high risk'],
  BLOOD_SPOT: ['足跟血筛查', 'Blood spot'],
  HEARING: ['听力筛查', 'Hearing'],
  CCHD: ['先心病筛查', 'Heart defects'],
} as const

/** What can be set, and its name; the values are rows with the day from which they hold, and a source. */
export const parameterNames = {
  T21_RISK: ['21-三体高风险切值（1/n）', 'Trisomy 21: high from 1/n'],
  T18_RISK: ['18-三体高风险切值（1/n）', 'Trisomy 18: high from 1/n'],
  AFP_MOM: ['AFP 高风险切值（MoM）', 'AFP: high from (MoM)'],
  NT_MILLIMETRES: ['NT 增厚（毫米）', 'Nuchal translucency (mm)'],
  GLUCOSE_0H: ['空腹血糖', 'Glucose, fasting'],
  GLUCOSE_1H: ['1小时血糖', 'Glucose, 1 h'],
  GLUCOSE_2H: ['2小时血糖', 'Glucose, 2 h'],
  CVS_FROM: ['绒毛取材最早孕日', 'Villus sampling from day'],
  CVS_TO: ['绒毛取材最晚孕日', 'Villus sampling to day'],
  AMNIO_FROM: ['羊膜腔穿刺最早孕日', 'Amniocentesis from day'],
  AMNIO_TO: ['羊膜腔穿刺最晚孕日', 'Amniocentesis to day'],
  CORDO_FROM: ['脐血穿刺最早孕日', 'Cordocentesis from day'],
  CORDO_TO: ['脐血穿刺最晚孕日', 'Cordocentesis to day'],
  AGE_YEARS: ['高龄（岁）', 'Age indication (years)'],
  CONTACT_WORKING_DAYS: ['高风险联系时限（工作日）', 'Contact within (working days)'],
  COUNSEL_DAYS: ['联系后咨询时限（天）', 'Counselling after contact (days)'],
  DX_OFFER_DAYS: ['咨询后提供诊断时限（天）', 'Offer after counselling (days)'],
  DX_DAYS: ['产前诊断时限（天）', 'Diagnosis after the offer (days)'],
  RESULT_DAYS: ['诊断结果时限（天）', 'Result after the diagnosis (days)'],
  OUTCOME_DAYS: ['结局随访（产后天数）', 'Outcome after birth (days)'],
  SPOT_HOURS: ['采血最早（出生后小时）', 'Sample from (hours)'],
  SPOT_FEEDS: ['采血前哺乳次数', 'Feeds before the sample'],
  SPOT_DAY_FROM: ['采血窗口起（天）', 'Sample window from day'],
  SPOT_DAY_TO: ['采血窗口止（天）', 'Sample window to day'],
  SPOT_LATEST_DAY: ['采血最晚（天）', 'Sample at latest on day'],
  SPOT_RECALL_DAYS: ['召回时限（天）', 'Recall within (days)'],
  SPOT_TREAT_DAYS: ['治疗时限（天）', 'Treatment within (days)'],
  PKU: ['苯丙氨酸切值', 'Phenylalanine cut-off'],
  CH: ['促甲状腺素切值', 'TSH cut-off'],
  G6PD: ['G6PD 切值（低于）', 'G6PD cut-off (below)'],
  CAH: ['17-羟孕酮切值', '17-OHP cut-off'],
  CAH_PRETERM: ['17-羟孕酮切值（早产）', '17-OHP cut-off, preterm'],
  HEARING_HOURS_FROM: ['听力初筛起（小时）', 'First hearing screen from hour'],
  HEARING_HOURS_TO: ['听力初筛止（小时）', 'First hearing screen to hour'],
  HEARING_RESCREEN_DAY: ['听力复筛（天内）', 'Rescreen by day'],
  HEARING_DIAGNOSIS_MONTHS: ['听力诊断（月内）', 'Diagnosis by month'],
  HEARING_INTERVENTION_MONTHS: ['听力干预（月内）', 'Intervention by month'],
  CCHD_HOURS_FROM: ['先心筛查起（小时）', 'Heart screen from hour'],
  CCHD_HOURS_TO: ['先心筛查止（小时）', 'Heart screen to hour'],
  CCHD_LOW: ['血氧阳性（低于 %）', 'Saturation: positive below'],
  CCHD_NORMAL: ['血氧正常（不低于 %）', 'Saturation: normal from'],
  CCHD_DIFFERENCE: ['手足差值（大于 %）', 'Hand–foot difference: more than'],
  CCHD_MURMUR: ['杂音阳性（级及以上）', 'Murmur: from grade'],
  CCHD_REPEAT_FROM: ['复测间隔起（分钟）', 'Repeat after (minutes)'],
  CCHD_REPEAT_TO: ['复测间隔止（分钟）', 'Repeat before (minutes)'],
  CCHD_ECHO_DAYS: ['心脏超声时限（天）', 'Echocardiogram within (days)'],
} as const
export const ParameterItem = z.enum(
  Object.keys(parameterNames) as [keyof typeof parameterNames, ...(keyof typeof parameterNames)[]],
)
export type ParameterItem = z.infer<typeof ParameterItem>

/** What the algorithms ask: the value in force, and where the grey zone begins. */
export type Parameters = Record<ParameterItem, { value: number; critical: number | null }>

export const ScreeningParameter = z.object({
  id: Id,
  programme: z.string(),
  item: ParameterItem,
  laboratory: z.object({ id: Id, name: z.string() }).nullable(),
  value: z.number(),
  criticalValue: z.number().nullable(),
  unit: z.string(),
  validFrom: CivilDate,
  /** False where a later or a narrower row holds. */
  inForce: z.boolean(),
  isOwn: z.boolean(),
  source: z.string(),
  reason: z.string().nullable(),
  recordedAt: Instant,
})
export type ScreeningParameter = z.infer<typeof ScreeningParameter>

export const listScreeningParameters = defineEndpoint({
  method: 'GET',
  url: '/api/v1/screening-parameters',
  schema: {
    summary:
      'Cut-offs, hours and days of the screening programmes, with source and the day from which they hold',
    tags: ['prenatal'],
    querystring: z.strictObject({ on: CivilDate.optional(), former: z.enum(['true', 'false']).optional() }),
    response: { 200: z.object({ items: z.array(ScreeningParameter) }) },
  },
  config: { permission: 'care-rule.read', dataClass: 'L0' },
})

export const NewScreeningParameter = z.strictObject({
  item: ParameterItem,
  /** Of one laboratory alone; else of the whole county. */
  laboratoryId: Id.nullable().optional(),
  value: z.number().min(0).max(100000),
  criticalValue: z.number().min(0).max(100000).nullable().optional(),
  validFrom: CivilDate,
  source: Text(200),
  reason: Text(200),
})
export type NewScreeningParameter = z.infer<typeof NewScreeningParameter>

export const setScreeningParameter = defineEndpoint({
  method: 'POST',
  url: '/api/v1/screening-parameters',
  schema: {
    summary:
      'Set a cut-off, an hour or a day of the county from a day on; what held before stays for what was judged by it',
    tags: ['prenatal'],
    body: NewScreeningParameter,
    response: { 201: ScreeningParameter },
  },
  config: { permission: 'care-rule.manage', dataClass: 'L0', idempotent: true },
})
