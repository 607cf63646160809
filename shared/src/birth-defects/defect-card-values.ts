import type { z } from 'zod'
import { codesOf } from '../code-tables.ts'

export const cardStatuses = {
  DRAFT: ['草稿', 'Draft'],
  SUBMITTED: ['已上报，待医院审核', 'Submitted, awaiting the hospital’s review'],
  HOSPITAL_REVIEWED: ['医院已审，待县级审核', 'Reviewed by the hospital, awaiting the county'],
  COUNTY_REVIEWED: ['县级已审，待省级审核', 'Reviewed by the county, awaiting the province'],
  PROVINCE_REVIEWED: ['省级已审，待归档', 'Reviewed by the province, to be closed'],
  FINAL: ['终审归档', 'Final'],
  CORRECTED: ['已更正，重新审核', 'Corrected, to be reviewed again'],
  RETURNED: ['退回修改', 'Returned'],
  WITHDRAWN: ['已撤回', 'Withdrawn'],
  MERGED: ['重卡合并', 'Merged with another card'],
} as const
export const CardStatus = codesOf(cardStatuses)
export type CardStatus = z.infer<typeof CardStatus>

/** 诊断依据, 1–6 of the card. */
export const defectBases = {
  CLINICAL: ['临床', 'Clinical'],
  ULTRASOUND: ['超声', 'Ultrasound'],
  AUTOPSY: ['尸解', 'Autopsy'],
  BIOCHEMISTRY: ['生化检查', 'Biochemistry'],
  CHROMOSOME: ['染色体', 'Chromosomes'],
  OTHER: ['其他', 'Other'],
} as const
export const DefectBasis = codesOf(defectBases)
export type DefectBasis = z.infer<typeof DefectBasis>

/** 确诊时间 */
export const diagnosisTimes = {
  PRENATAL: ['产前', 'Before birth'],
  WITHIN_7D: ['产后7天内', 'Within 7 days of birth'],
  DAY_8_42: ['产后8–42天', 'Day 8 to 42'],
  LATER: ['42天以后', 'After day 42'],
} as const
export const DiagnosisTime = codesOf(diagnosisTimes)
export type DiagnosisTime = z.infer<typeof DiagnosisTime>

export const lateralities = {
  L: ['左', 'Left'],
  R: ['右', 'Right'],
  BOTH: ['双侧', 'Both'],
  MID: ['正中', 'Middle'],
} as const
export const Laterality = codesOf(lateralities)
export type Laterality = z.infer<typeof Laterality>

/** 转归 */
export const cardOutcomes = {
  LIVE: ['存活', 'Alive'],
  STILLBIRTH: ['死胎死产', 'Fetal death or stillbirth'],
  DIED_7D: ['七天内死亡', 'Died within 7 days'],
} as const
export const CardOutcome = codesOf(cardOutcomes)
export type CardOutcome = z.infer<typeof CardOutcome>

/** 性别 of a child that was born; 3 where it cannot be told. */
export const cardSexes = {
  '1': ['男', 'Male'],
  '2': ['女', 'Female'],
  '3': ['不明', 'Unclear'],
} as const
export const CardSex = codesOf(cardSexes)
export type CardSex = z.infer<typeof CardSex>

export const residenceKinds = { URBAN: ['城镇', 'Town'], RURAL: ['乡村', 'Village'] } as const
export const ResidenceKind = codesOf(residenceKinds)
export type ResidenceKind = z.infer<typeof ResidenceKind>

/** 家庭年人均收入（元） */
export const incomeBands = {
  '1': ['<1000', '< 1,000'],
  '2': ['1000–', '1,000–'],
  '3': ['2000–', '2,000–'],
  '4': ['4000–', '4,000–'],
  '5': ['8000–', '8,000–'],
} as const
export const IncomeBand = codesOf(incomeBands)

/** 文化程度 as on the card. */
export const cardEducations = {
  '1': ['文盲', 'None'],
  '2': ['小学', 'Primary'],
  '3': ['初中', 'Lower secondary'],
  '4': ['高中、中专', 'Upper secondary'],
  '5': ['大专及以上', 'College and above'],
} as const
export const CardEducation = codesOf(cardEducations)

export const zygosities = {
  MONO: ['同卵', 'Monozygotic'],
  DI: ['异卵', 'Dizygotic'],
  UNKNOWN: ['不详', 'Unknown'],
} as const
export const Zygosity = codesOf(zygosities)

/** 孕早期情况: illness, drugs and hazards of the first three months. */
export const exposureNames = {
  FEVER: ['发烧（>38℃）', 'Fever above 38 °C'],
  VIRUS: ['病毒感染', 'Virus infection'],
  DIABETES: ['糖尿病', 'Diabetes'],
  ILLNESS_OTHER: ['其他疾病', 'Other illness'],
  SULFA: ['磺胺类', 'Sulfonamides'],
  ANTIBIOTICS: ['抗生素', 'Antibiotics'],
  CONTRACEPTIVES: ['避孕药', 'Contraceptive pill'],
  SEDATIVES: ['镇静药', 'Sedatives'],
  DRUG_OTHER: ['其他药物', 'Other medicine'],
  ALCOHOL: ['饮酒', 'Alcohol'],
  PESTICIDE: ['农药', 'Pesticides'],
  RADIATION: ['射线', 'Radiation'],
  CHEMICALS: ['化学制剂', 'Chemicals'],
  HAZARD_OTHER: ['其他有害因素', 'Other hazard'],
} as const
export const Exposure = codesOf(exposureNames)
export type Exposure = z.infer<typeof Exposure>
export const exposureGroups = {
  illness: ['FEVER', 'VIRUS', 'DIABETES', 'ILLNESS_OTHER'],
  drugs: ['SULFA', 'ANTIBIOTICS', 'CONTRACEPTIVES', 'SEDATIVES', 'DRUG_OTHER'],
  hazards: ['ALCOHOL', 'PESTICIDE', 'RADIATION', 'CHEMICALS', 'HAZARD_OTHER'],
} as const satisfies Record<string, readonly Exposure[]>

export const windowNames = {
  HOSPITAL_28W_7D: ['孕满28周至产后7天', '28 weeks to day 7'],
  POPULATION_28W_42D: ['孕满28周至产后42天', '28 weeks to day 42'],
  EXTENDED: ['任何孕周至满1周岁前', 'Any gestation to the first birthday'],
} as const
export const SurveillanceWindow = codesOf(windowNames)
export type SurveillanceWindow = z.infer<typeof SurveillanceWindow>

export const tierNames = {
  REPORTER: ['报告人', 'Reporter'],
  HOSPITAL: ['医院', 'Hospital'],
  COUNTY: ['县级', 'County'],
  PROVINCE: ['省级', 'Province'],
} as const
export const CardTier = codesOf(tierNames)
export type CardTier = z.infer<typeof CardTier>

export const decisionNames = {
  SUBMITTED: ['上报', 'Submitted'],
  CORRECTED: ['更正', 'Corrected'],
  WITHDRAWN: ['撤回', 'Withdrawn'],
  APPROVED: ['通过', 'Approved'],
  RETURNED: ['退回', 'Returned'],
  FINAL: ['归档', 'Closed as final'],
  MERGED: ['合并', 'Merged'],
} as const
export const CardDecision = codesOf(decisionNames)
export type CardDecision = z.infer<typeof CardDecision>

/** 查漏来源 */
export const logKinds = {
  DELIVERY: ['分娩登记', 'Delivery log'],
  INDUCTION: ['引产登记', 'Induction log'],
  PATHOLOGY: ['病理登记', 'Pathology log'],
  PAEDIATRICS: ['儿科门诊、病房登记', 'Paediatric log'],
  TRANSFER: ['转诊登记', 'Transfer log'],
  PERINATAL_DEATH: ['围产儿死亡讨论', 'Perinatal death reviews'],
  RECORD_INDEX: ['病案首页索引', 'Index of medical records'],
} as const
export const LogKind = codesOf(logKinds)
export type LogKind = z.infer<typeof LogKind>
