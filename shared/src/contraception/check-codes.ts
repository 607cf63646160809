import { z } from 'zod'
import { codesOf } from '../code-tables.ts'

/** What a session is for. A day in a village is for one of them; none tells a method. */
export const checkCategories = {
  WOMEN: ['妇女健康检查', 'Women’s health check'],
  TWO_CANCER: ['“两癌”筛查', 'Cervical and breast cancer screening'],
  MIDLIFE: ['更年期保健', 'Midlife health'],
  MEN: ['男性健康检查', 'Men’s health check'],
  COUPLES: ['婚前、孕前检查', 'Premarital and preconception check'],
  RETURNEES: ['返乡人员健康服务', 'Health service for returnees'],
} as const
export const CheckCategory = codesOf(checkCategories)
export type CheckCategory = z.infer<typeof CheckCategory>

export const checkAudiences = {
  RESIDENTS: ['常住人口', 'Residents'],
  IUD_USERS: ['放置宫内节育器者', 'Users of an intrauterine device'],
  ON_REQUEST: ['自愿申请者', 'On request'],
  RETURNEES: ['返乡人员', 'People back from elsewhere'],
} as const
export const CheckAudience = codesOf(checkAudiences)
export type CheckAudience = z.infer<typeof CheckAudience>

export const checkItems = {
  CONSULTATION: ['咨询', 'Consultation'],
  BP: ['血压', 'Blood pressure'],
  GYN: ['妇科检查', 'Gynaecological examination'],
  ULTRASOUND: ['B超', 'Ultrasound'],
  BREAST: ['乳腺检查', 'Breast examination'],
  BREAST_IMAGING: ['乳腺影像', 'Breast imaging'],
  LAB: ['化验', 'Laboratory tests'],
  DISCHARGE: ['白带常规', 'Vaginal discharge'],
  HPV: ['HPV检测', 'HPV test'],
  CYTOLOGY: ['宫颈细胞学', 'Cervical cytology'],
  IUD_CHECK: ['宫内节育器检查', 'Check of the intrauterine device'],
  ANDROLOGY: ['男科检查', 'Andrological examination'],
  SEMEN: ['精液分析', 'Semen analysis'],
  HBSAG: ['乙肝表面抗原', 'Hepatitis B antigen'],
  HIV: ['HIV检测', 'HIV test'],
  SYPHILIS: ['梅毒检测', 'Syphilis test'],
} as const
export const CheckItem = codesOf(checkItems)
export type CheckItem = z.infer<typeof CheckItem>

/** Tests that need a consent of their own. */
export const infectionItems: readonly CheckItem[] = ['HBSAG', 'HIV', 'SYPHILIS']

export const findingKinds = {
  RTI: ['生殖道感染', 'Reproductive tract infection'],
  GYN: ['妇科疾病', 'Gynaecological disease'],
  BREAST: ['乳腺疾病', 'Disease of the breast'],
  CANCER: ['癌及癌前病变', 'Cancer and precancerous lesion'],
  INFECTION: ['血源及性传播感染', 'Blood-borne and sexually transmitted infection'],
  MALE: ['男科疾病', 'Disease of men'],
  INFERTILITY: ['不孕不育', 'Infertility'],
  GENERAL: ['其他疾病', 'Other disease'],
} as const
export const FindingKind = codesOf(findingKinds)
export type FindingKind = z.infer<typeof FindingKind>

/** Findings met at check-ups, ICD-10; others may be written by their code. */
export const commonFindings: Record<string, readonly [string, string, FindingKind]> = {
  N72: ['宫颈炎', 'Cervicitis', 'RTI'],
  'N76.0': ['急性阴道炎', 'Acute vaginitis', 'RTI'],
  N76: ['阴道炎', 'Vaginitis', 'RTI'],
  'B37.3': ['外阴阴道念珠菌病', 'Candidiasis of vulva and vagina', 'RTI'],
  'A59.0': ['滴虫性阴道炎', 'Trichomoniasis', 'RTI'],
  'N73.9': ['盆腔炎', 'Pelvic inflammatory disease', 'RTI'],
  N74: ['他处分类疾病的盆腔炎', 'Pelvic inflammation in other disease', 'RTI'],
  A54: ['淋球菌感染', 'Gonorrhoea', 'RTI'],
  A56: ['衣原体感染', 'Chlamydial infection', 'RTI'],
  'A63.0': ['尖锐湿疣', 'Anogenital warts', 'RTI'],
  D25: ['子宫平滑肌瘤', 'Leiomyoma of uterus', 'GYN'],
  'N80.9': ['子宫内膜异位症', 'Endometriosis', 'GYN'],
  'N83.2': ['卵巢囊肿', 'Ovarian cyst', 'GYN'],
  'N84.1': ['宫颈息肉', 'Polyp of cervix', 'GYN'],
  'N81.9': ['子宫脱垂', 'Genital prolapse', 'GYN'],
  'N92.0': ['月经过多', 'Excessive menstruation', 'GYN'],
  'N95.1': ['更年期状态', 'Menopausal states', 'GYN'],
  N60: ['乳腺增生', 'Mammary dysplasia', 'BREAST'],
  D24: ['乳腺良性肿瘤', 'Benign neoplasm of breast', 'BREAST'],
  'N87.0': ['宫颈轻度不典型增生', 'Mild cervical dysplasia', 'CANCER'],
  'N87.1': ['宫颈中度不典型增生', 'Moderate cervical dysplasia', 'CANCER'],
  D06: ['宫颈原位癌', 'Carcinoma in situ of cervix', 'CANCER'],
  C53: ['宫颈癌', 'Cancer of cervix', 'CANCER'],
  C50: ['乳腺癌', 'Cancer of breast', 'CANCER'],
  'B18.1': ['慢性乙型肝炎', 'Chronic hepatitis B', 'INFECTION'],
  A53: ['梅毒', 'Syphilis', 'INFECTION'],
  Z21: ['HIV阳性', 'HIV positive', 'INFECTION'],
  N40: ['前列腺增生', 'Enlarged prostate', 'MALE'],
  N41: ['前列腺炎', 'Prostatitis', 'MALE'],
  'I86.1': ['精索静脉曲张', 'Varicocele', 'MALE'],
  N97: ['女性不孕症', 'Female infertility', 'INFERTILITY'],
  N46: ['男性不育症', 'Male infertility', 'INFERTILITY'],
  I10: ['高血压', 'Hypertension', 'GENERAL'],
  D50: ['缺铁性贫血', 'Iron-deficiency anaemia', 'GENERAL'],
}

const prefixes: readonly (readonly [RegExp, FindingKind])[] = [
  [/^(N7[0-7]|A5[4-9]|A6[0-4]|B37\.3|B37\.4)/, 'RTI'],
  [/^(A5[0-3]|B1[5-9]|B2[0-4]|Z21|Z22\.5)/, 'INFECTION'],
  [/^(C5[0-8]|C6[0-3]|D05|D06|D07|N87)/, 'CANCER'],
  [/^(N97|N46)/, 'INFERTILITY'],
  [/^(N6[0-4]|D24)/, 'BREAST'],
  [/^(N4[0-9]|N5[01]|I86\.1)/, 'MALE'],
  [/^(N[89]|D2[5-8])/, 'GYN'],
]

/** The kind that a diagnosis belongs to: what becomes of it follows from it. */
export function findingKindOf(icd10: string): FindingKind {
  return prefixes.find(([pattern]) => pattern.test(icd10))?.[1] ?? 'GENERAL'
}

export const Icd10 = z.string().regex(/^[A-Z]\d{2}(\.\d{1,2})?$/)

export const findingTreatments = {
  TREATED: ['已治疗', 'Treated'],
  REFERRED: ['转诊', 'Referred'],
  WATCHED: ['观察随诊', 'Watched'],
  DECLINED: ['本人不需要', 'Declined'],
  NONE: ['无需治疗', 'None needed'],
} as const
export const FindingTreatment = codesOf(findingTreatments)
export type FindingTreatment = z.infer<typeof FindingTreatment>

export const distanceClasses = {
  NEAR: ['近（半小时内）', 'Near (half an hour)'],
  MIDDLE: ['中（一小时内）', 'Middle (an hour)'],
  FAR: ['远（一小时以上）', 'Far (more than an hour)'],
} as const
export const DistanceClass = codesOf(distanceClasses)
export type DistanceClass = z.infer<typeof DistanceClass>

export const transports = {
  WALK: ['步行', 'On foot'],
  BUS: ['班车', 'Bus'],
  CAR: ['专车', 'Vehicle of the station'],
  BOAT: ['船', 'Boat'],
} as const
export const Transport = codesOf(transports)
export type Transport = z.infer<typeof Transport>

export const busyKinds = {
  HARVEST: ['收获', 'Harvest'],
  SOWING: ['播种', 'Sowing'],
  FESTIVAL: ['庙会、集会', 'Fair'],
  WEATHER: ['雨雪、汛期', 'Weather'],
  OTHER: ['其他', 'Other'],
} as const
export const BusyKind = codesOf(busyKinds)
export type BusyKind = z.infer<typeof BusyKind>

export const invitationStatuses = {
  PLANNED: ['待发出', 'To be sent'],
  SENT: ['已发出', 'Sent'],
  ACCEPTED: ['愿意参加', 'Accepted'],
  ATTENDED: ['已参加', 'Attended'],
  NO_SHOW: ['未到', 'Did not come'],
  DECLINED: ['本次不参加', 'Declined'],
  NO_RESPONSE: ['未回复', 'No answer'],
  OPTED_OUT: ['不再联系', 'Asked not to be contacted'],
  NOT_ELIGIBLE: ['不适用', 'Not applicable'],
} as const
export const InvitationStatus = codesOf(invitationStatuses)
export type InvitationStatus = z.infer<typeof InvitationStatus>

export const invitationChannels = {
  VISIT: ['上门告知', 'Told at home'],
  PHONE: ['电话', 'Telephone'],
  SMS: ['短信', 'Text message'],
  ONLINE: ['网络', 'Online'],
  LETTER: ['书面', 'Letter'],
  NOTICE: ['公告', 'Notice'],
} as const
export const InvitationChannel = codesOf(invitationChannels)
export type InvitationChannel = z.infer<typeof InvitationChannel>
