import type { z } from 'zod'
import { codesOf } from '../code-tables.ts'

/** Items of the chain's link 7. */
export const screenKinds = {
  NT: ['NT（可联合早孕期血清）', 'Nuchal translucency, with or without serum'],
  SERUM: ['中孕期血清学筛查', 'Second-trimester serum'],
  NIPT: ['无创产前检测（NIPT）', 'Cell-free DNA (NIPT)'],
  ANOMALY_SCAN: ['系统超声筛查', 'Anomaly scan'],
  OGTT: ['糖耐量试验（OGTT）', 'Glucose tolerance test'],
} as const
export const ScreenKind = codesOf(screenKinds)
export type ScreenKind = z.infer<typeof ScreenKind>

/** Hers alone, after counselling. */
export const herDecisions = {
  AGREED: ['同意', 'She agreed'],
  DECLINED: ['谢绝', 'She declined'],
  UNDECIDED: ['还在考虑', 'She is still thinking'],
} as const
export const HerDecision = codesOf(herDecisions)
export type HerDecision = z.infer<typeof HerDecision>

export const screenResults = {
  LOW: ['低风险', 'Low risk'],
  CRITICAL: ['临界风险', 'Grey zone'],
  HIGH: ['高风险', 'High risk'],
  NO_CALL: ['无结果', 'No call'],
} as const
export const ScreenResult = codesOf(screenResults)
export type ScreenResult = z.infer<typeof ScreenResult>

/** What made a result more than low. Of sex chromosomes only the group is ever named (E7). */
export const screenFlags = {
  T21: ['21-三体', 'Trisomy 21'],
  T18: ['18-三体', 'Trisomy 18'],
  T13: ['13-三体', 'Trisomy 13'],
  NTD: ['神经管缺陷', 'Neural tube defect'],
  NT: ['NT 增厚', 'Increased nuchal translucency'],
  STRUCTURAL: ['结构异常', 'Structural anomaly'],
  MARKER: ['超声软指标', 'Soft marker'],
  GLUCOSE: ['糖耐量异常', 'Glucose out of range'],
  'Q96-Q99': ['性染色体异常（Q96–Q99）', 'Abnormality of sex chromosomes Q96–Q99'],
  OTHER: ['其他', 'Other'],
} as const
export const ScreenFlag = codesOf(screenFlags)
export type ScreenFlag = z.infer<typeof ScreenFlag>

export const callResults = {
  LOW: ['低风险', 'Low risk'],
  HIGH: ['高风险', 'High risk'],
  NO_CALL: ['无结果', 'No call'],
} as const
export const CallResult = codesOf(callResults)
export const scanResults = {
  NORMAL: ['未见异常', 'Nothing abnormal seen'],
  MARKER: ['软指标', 'Soft marker'],
  STRUCTURAL: ['结构异常', 'Structural anomaly'],
} as const
export const ScanResult = codesOf(scanResults)

export const diagnosisIndications = {
  HIGH_RISK: ['筛查高风险', 'High risk at screening'],
  AGE_35: ['预产期年龄≥35岁', '35 years or more at the expected day'],
  HISTORY: ['不良孕产史或家族史', 'Obstetric or family history'],
  ULTRASOUND: ['超声异常', 'Ultrasound finding'],
  CARRIER: ['夫妇携带者', 'A parent is a carrier'],
  EXPOSURE: ['孕期接触致畸因素', 'Exposure in pregnancy'],
  HER_WISH: ['本人要求', 'Her own wish'],
} as const
export const DiagnosisIndication = codesOf(diagnosisIndications)
export type DiagnosisIndication = z.infer<typeof DiagnosisIndication>

export const diagnosisMethods = {
  CVS: ['绒毛取材', 'Chorionic villus sampling'],
  AMNIO: ['羊膜腔穿刺', 'Amniocentesis'],
  CORDO: ['脐血穿刺', 'Cordocentesis'],
  IMAGING: ['影像诊断', 'Imaging'],
} as const
export const DiagnosisMethod = codesOf(diagnosisMethods)
export type DiagnosisMethod = z.infer<typeof DiagnosisMethod>

export const diagnosisTests = {
  KARYOTYPE: ['染色体核型', 'Karyotype'],
  CMA: ['染色体微阵列', 'Microarray'],
  FISH: ['荧光原位杂交', 'FISH'],
  GENE: ['基因检测', 'Gene test'],
  IMAGING: ['影像', 'Imaging'],
} as const
export const DiagnosisTest = codesOf(diagnosisTests)

export const diagnosisResults = {
  NORMAL: ['未见异常', 'Normal'],
  ABNORMAL: ['异常', 'Abnormal'],
  UNCERTAIN: ['意义不明', 'Of uncertain meaning'],
  FAILED: ['检测失败', 'Failed'],
} as const
export const DiagnosisResult = codesOf(diagnosisResults)
export type DiagnosisResult = z.infer<typeof DiagnosisResult>

/** Domain §6.4. */
export const positiveStates = {
  RESULT_HIGH: ['高风险，待联系', 'High risk, to be contacted'],
  CONTACTED: ['已联系', 'Contacted'],
  COUNSELLED: ['已咨询', 'Counselled'],
  DX_OFFERED: ['已提供产前诊断', 'Diagnosis offered'],
  DX_DONE: ['已做产前诊断', 'Diagnosis done'],
  DX_DECLINED: ['谢绝产前诊断', 'Diagnosis declined'],
  NORMAL: ['诊断正常', 'Normal'],
  ABNORMAL: ['诊断异常', 'Abnormal'],
  CONTINUE: ['继续妊娠', 'She continues'],
  TERMINATED_MEDICAL: ['医学指征终止', 'Ended on medical indication'],
  REFERRED: ['已转诊', 'Referred'],
  OUTCOME_RECORDED: ['结局已记录', 'Outcome recorded'],
} as const
export const PositiveState = codesOf(positiveStates)
export type PositiveState = z.infer<typeof PositiveState>

/** The only steps there are. After a decline the pregnancy is looked after like any other. */
export const positiveWays: Record<PositiveState, readonly PositiveState[]> = {
  RESULT_HIGH: ['CONTACTED'],
  CONTACTED: ['COUNSELLED'],
  COUNSELLED: ['DX_OFFERED'],
  DX_OFFERED: ['DX_DONE', 'DX_DECLINED'],
  DX_DONE: ['NORMAL', 'ABNORMAL'],
  DX_DECLINED: ['CONTINUE', 'REFERRED'],
  NORMAL: ['CONTINUE', 'REFERRED'],
  ABNORMAL: ['CONTINUE', 'TERMINATED_MEDICAL', 'REFERRED'],
  CONTINUE: ['OUTCOME_RECORDED'],
  TERMINATED_MEDICAL: ['OUTCOME_RECORDED'],
  REFERRED: ['OUTCOME_RECORDED'],
  OUTCOME_RECORDED: [],
}

export const contactModes = {
  CLINIC: ['门诊', 'At the clinic'],
  PHONE: ['电话', 'By phone'],
  HOME: ['上门（本人同意）', 'At home, as she agreed'],
  MESSAGE: ['短信', 'By message'],
} as const
export const ContactMode = codesOf(contactModes)

/** What may follow, told to her as equals; continuing with support is always told. */
export const counselOptions = {
  CONTINUE_WITH_SUPPORT: ['继续妊娠并获得支持', 'Going on, with support'],
  DIAGNOSIS: ['进一步产前诊断', 'Further diagnosis'],
  NO_FURTHER_TEST: ['不再做检查', 'No further test'],
  SPECIALIST: ['遗传或专科咨询', 'Genetic or specialist advice'],
  TREATMENT_AFTER_BIRTH: ['出生后治疗', 'Treatment after birth'],
  TERMINATION: ['医学指征终止妊娠', 'Ending the pregnancy on medical indication'],
} as const
export const CounselOption = codesOf(counselOptions)

export const positiveOutcomes = {
  HEALTHY_CHILD: ['活产，未见异常', 'Live birth, nothing abnormal'],
  CHILD_WITH_DEFECT: ['活产，有缺陷', 'Live birth with a defect'],
  LOSS: ['流产、死胎或死产', 'Loss'],
  TERMINATED: ['已终止', 'Ended'],
  LOST: ['失访', 'Lost to follow-up'],
} as const
export const PositiveOutcome = codesOf(positiveOutcomes)
export type PositiveOutcome = z.infer<typeof PositiveOutcome>
