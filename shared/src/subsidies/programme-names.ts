import type {
  Confidence,
  EvidenceType,
  Manner,
  NoticeProfile,
  PaymentPeriod,
  Programme,
  ProgrammeStatus,
  RateUnit,
  StackingVerdict,
  StartGround,
  StepName,
  StopGround,
  SubjectKind,
  TransitionEvent,
  VerificationMethod,
} from './programmes.ts'

type Names<Code extends string> = Record<Code, readonly [string, string]>

export const subjectNames: Names<SubjectKind> = {
  PERSON: ['个人', 'Person'],
  COUPLE: ['夫妻', 'Couple'],
  CHILD: ['儿童', 'Child'],
  HOUSEHOLD: ['家庭', 'Household'],
  INSTITUTION: ['机构', 'Institution'],
}
export const mannerNames: Names<Manner> = {
  MONTHLY: ['按月计发', 'By month'],
  EVENT: ['按次给付', 'Once or by event'],
  SERVICE: ['与服务机构结算', 'Settled with providers'],
  LEDGER: ['历史台账', 'Ledger of the past'],
}
export const stepNames: Names<StepName> = {
  VILLAGE_OPINION: ['村级评议', 'Village opinion'],
  VILLAGE_NOTICE: ['村级公示', 'Village notice'],
  TOWN_REVIEW: ['乡镇审核', 'Township review'],
  TOWN_NOTICE: ['乡镇公示', 'Township notice'],
  COUNTY_CONFIRM: ['县级确认', 'County confirmation'],
  CITY_APPROVE: ['市级审批', 'City approval'],
}
export const noticeProfileNames: Names<NoticeProfile> = {
  STANDARD: ['公示隐去一字的姓名', 'Masked names'],
  COUNT_ONLY: ['只公示人数', 'Numbers only'],
  NONE: ['不公示', 'No notice'],
}
export const paymentPeriodNames: Names<PaymentPeriod> = {
  MONTHLY: ['按月', 'Monthly'],
  QUARTERLY: ['按季', 'Quarterly'],
  HALF_YEAR: ['每半年', 'Half-yearly'],
  ANNUAL: ['按年', 'Yearly'],
  ONE_OFF: ['一次性', 'Once'],
  PER_EVENT: ['按次', 'By event'],
}
export const startNames: Names<StartGround> = {
  MONTH_OF_CONFIRMATION: ['确认当月起', 'from the month of confirmation'],
  MONTH_AFTER_CONFIRMATION: ['确认次月起', 'from the month after confirmation'],
  MONTH_OF_FACT: ['符合条件当月起', 'from the month in which the conditions are met'],
  MONTH_OF_BIRTH: ['出生当月起', 'from the month of birth'],
}
export const stopNames: Names<StopGround> = {
  DEATH: ['死亡', 'Death'],
  MOVED_OUT: ['户籍迁出', 'Moved away'],
  CHILD_CONDITION_LOST: ['子女状况不再符合', 'The children’s situation no longer fits'],
  FALSE_EVIDENCE: ['材料不实', 'False evidence'],
  NEW_BIRTH_OR_ADOPTION: ['再生育或收养', 'A new birth or adoption'],
  GRADE_ABOVE_3: ['残疾等级好转至三级以外', 'Disability improves beyond grade 3'],
  AGE_36M: ['年满 3 周岁', 'Third birthday'],
  AGE_18Y: ['年满 18 周岁', 'Eighteenth birthday'],
  HUKOU_OUT: ['户口注销或迁出', 'Hukou cancelled or moved'],
  HEALED: ['复鉴痊愈', 'Healed on re-assessment'],
}
export const transitionNames: Names<TransitionEvent> = {
  CHILD_DEATH: ['子女死亡', 'Death of the child'],
  REGRADED: ['重新定级', 'Regraded'],
  NEW_DISABILITY: ['新发残疾', 'A new disability'],
}
export const evidenceNames: Names<EvidenceType> = {
  ID_CARD: ['居民身份证', 'Identity card'],
  HUKOU_BOOK: ['户口簿', 'Household register'],
  MARRIAGE_CERTIFICATE: ['婚姻状况证明', 'Marriage certificate'],
  BIRTH_CERTIFICATE: ['出生医学证明', 'Birth certificate'],
  CHILDREN_STATEMENT: ['子女状况证明', 'Statement on the children'],
  ONLY_CHILD_CERTIFICATE: ['独生子女父母光荣证', 'Only-child certificate'],
  DEATH_CERTIFICATE: ['死亡证明', 'Death certificate'],
  DISABILITY_CARD: ['残疾人证', 'Disability card'],
  COMPLICATION_CERTIFICATE: ['手术并发症鉴定书', 'Complication certificate'],
  GUARDIANSHIP_PROOF: ['监护关系证明', 'Proof of guardianship'],
  DIVORCE_AGREEMENT: ['离婚协议或判决书', 'Divorce agreement'],
  ADOPTION_CERTIFICATE: ['收养登记证', 'Adoption certificate'],
  LOW_INCOME_CERTIFICATE: ['低保证明', 'Proof of minimum living allowance'],
  PENSION_PROOF: ['养老保险参保证明', 'Proof of the pension scheme'],
  HISTORIC_RECORD: ['历史资格原始材料', 'Record of the historic qualification'],
  SETTLEMENT_LIST: ['出院结算单', 'Discharge settlement'],
  INSURANCE_POLICY: ['保险单', 'Insurance policy'],
  ACCOUNT_PROOF: ['本人银行账户', 'Own bank account'],
  PHOTO: ['照片', 'Photograph'],
  AUTHORISATION: ['授权委托书', 'Authorisation of the agent'],
  OTHER: ['其他材料', 'Other documents'],
}
export const verificationMethodNames: Names<VerificationMethod> = {
  FEED_MATCH: ['部门数据比对', 'Data match'],
  HOME_VISIT: ['入户核查', 'Home visit'],
  FACE: ['人脸识别', 'Face check'],
  SELF_DECLARE: ['本人声明', 'Own declaration'],
}
export const confidenceNames: Names<Confidence> = {
  FOUND: ['有文件可查', 'Found in a document'],
  SEED: ['来自工作报告', 'From the work reports'],
  HIGH: ['可信度高，待核文件', 'Very likely; document to be checked'],
  MEDIUM: ['可信度中，须核文件', 'Likely; document needed'],
  LOW: ['可信度低，启用前须核', 'Uncertain; check before use'],
  DESIGN: ['系统设定', 'Set by design'],
  LOCAL: ['本地规定', 'Local rule'],
}
export const rateUnitNames: Names<RateUnit> = {
  PER_MONTH: ['元/月', 'yuan a month'],
  PER_YEAR: ['元/年', 'yuan a year'],
  PER_QUARTER: ['元/季', 'yuan a quarter'],
  PER_DAY: ['元/日', 'yuan a day'],
  ONE_OFF: ['元（一次性）', 'yuan, once'],
  PCT: ['%', '%'],
}
export const stackingNames: Names<StackingVerdict> = {
  ALLOW: ['可同时享受', 'Both allowed'],
  DENY: ['不可同时享受', 'Not both'],
  XOR_PER_CHILD: ['同一子女只享受其一', 'One of them per child'],
  STOP_FIRST: ['享受后者即停发前者', 'The second ends the first'],
  REQUIRE: ['以后者资格为前提', 'The first needs the second'],
}
export const programmeStatusNames: Names<ProgrammeStatus> = {
  OPEN: ['受理中', 'Open'],
  TEMPLATE: ['地方项目模板', 'Template'],
  CLOSED: ['已停办，仅存台账', 'Closed; ledger only'],
  WITHDRAWN: ['已取消', 'Withdrawn'],
}
export const scopeNames: Names<Programme['scope']> = {
  NATIONAL: ['国家', 'National'],
  PROVINCIAL: ['省级', 'Provincial'],
  CITY: ['市级', 'City'],
  COUNTY: ['县级', 'County'],
}
