import { z } from 'zod'
import { codesOf, type CodeTable } from '../code-tables.ts'

export { Sex, sexes } from './sex.ts'

/** GB/T 2261.2-2003. */
export const maritalStatuses = {
  '10': ['未婚', 'Never married'],
  '20': ['已婚', 'Married'],
  '21': ['初婚', 'First marriage'],
  '22': ['再婚', 'Remarried'],
  '23': ['复婚', 'Remarried to former spouse'],
  '30': ['丧偶', 'Widowed'],
  '40': ['离婚', 'Divorced'],
  '90': ['未说明', 'Not stated'],
} as const
export const MaritalStatus = codesOf(maritalStatuses)
export type MaritalStatus = z.infer<typeof MaritalStatus>

const ethnicNames =
  '汉 Han|蒙古 Mongol|回 Hui|藏 Tibetan|维吾尔 Uygur|苗 Miao|彝 Yi|壮 Zhuang|布依 Bouyei|朝鲜 Korean|满 Manchu|侗 Dong|瑶 Yao|白 Bai|土家 Tujia|哈尼 Hani|哈萨克 Kazakh|傣 Dai|黎 Li|傈僳 Lisu|佤 Va|畲 She|高山 Gaoshan|拉祜 Lahu|水 Shui|东乡 Dongxiang|纳西 Naxi|景颇 Jingpo|柯尔克孜 Kirgiz|土 Tu|达斡尔 Daur|仫佬 Mulao|羌 Qiang|布朗 Blang|撒拉 Salar|毛南 Maonan|仡佬 Gelao|锡伯 Xibe|阿昌 Achang|普米 Pumi|塔吉克 Tajik|怒 Nu|乌孜别克 Uzbek|俄罗斯 Russian|鄂温克 Ewenki|德昂 Deang|保安 Bonan|裕固 Yugur|京 Gin|塔塔尔 Tatar|独龙 Derung|鄂伦春 Oroqen|赫哲 Hezhen|门巴 Monba|珞巴 Lhoba|基诺 Jino'
/** GB/T 3304-1991: 01–56 in the order of the standard, 97 other, 98 foreign origin. */
export const ethnicities: CodeTable = Object.fromEntries<readonly [string, string]>([
  ...ethnicNames.split('|').map((pair, index) => {
    const [zh = '', en = ''] = pair.split(' ')
    return [String(index + 1).padStart(2, '0'), [`${zh}族`, en]] as const
  }),
  ['97', ['其他', 'Other']],
  ['98', ['外国血统', 'Foreign origin']],
])
export const Ethnicity = z.string().refine((code) => code in ethnicities)

/** WS 364 CV02.01.101. */
export const idTypes = {
  '01': ['居民身份证', 'Resident identity card'],
  '02': ['居民户口簿', 'Household register booklet'],
  '03': ['护照', 'Passport'],
  '04': ['军官证', 'Officer’s card'],
  '05': ['驾驶证', 'Driving licence'],
  '06': ['港澳居民来往内地通行证', 'Mainland travel permit (Hong Kong and Macao)'],
  '07': ['台湾居民来往内地通行证', 'Mainland travel permit (Taiwan)'],
  '99': ['其他', 'Other'],
} as const
export const IdType = codesOf(idTypes)
export type IdType = z.infer<typeof IdType>

/** GB/T 4761-2008. */
export const relations = {
  '0': ['户主', 'Head'],
  '1': ['配偶', 'Spouse'],
  '2': ['子', 'Son'],
  '3': ['女', 'Daughter'],
  '4': ['孙子女', 'Grandchild'],
  '5': ['父母', 'Parent'],
  '6': ['祖父母', 'Grandparent'],
  '7': ['兄弟姐妹', 'Sibling'],
  '8': ['其他', 'Other'],
} as const
export const Relation = codesOf(relations)
export type Relation = z.infer<typeof Relation>

/** GB/T 4658-2006. */
export const educations = {
  '10': ['研究生', 'Postgraduate'],
  '20': ['本科', 'Bachelor'],
  '30': ['专科', 'Junior college'],
  '40': ['中等职业', 'Secondary vocational'],
  '60': ['普通高中', 'Senior secondary'],
  '70': ['初中', 'Junior secondary'],
  '80': ['小学', 'Primary'],
  '90': ['其他', 'Other'],
} as const
export const Education = codesOf(educations)
export type Education = z.infer<typeof Education>

/** Own list, domain §3.0 HUKOU_TYPE. */
export const hukouTypes = {
  '1': ['农业', 'Agricultural'],
  '2': ['非农业', 'Non-agricultural'],
  '3': ['居民（统一）', 'Resident (unified)'],
  '4': ['集体', 'Collective'],
  '9': ['未知', 'Unknown'],
} as const
export const HukouType = codesOf(hukouTypes)
export type HukouType = z.infer<typeof HukouType>

/** Own list, domain §3.0 RESID_STATUS: the half-year rule of usual residence. */
export const residenceStatuses = {
  '1': ['户籍且常住', 'Registered and resident'],
  '2': ['户籍外出六个月以上', 'Registered, away six months or more'],
  '3': ['流入六个月以上', 'In-flow, six months or more'],
  '4': ['流入不足六个月', 'In-flow, under six months'],
  '5': ['户籍待落实', 'Hukou to be settled'],
  '9': ['注销', 'Cancelled'],
} as const
export const ResidenceStatus = codesOf(residenceStatuses)
export type ResidenceStatus = z.infer<typeof ResidenceStatus>

export const personStatuses = {
  ACTIVE: ['在册', 'Active'],
  MOVED_OUT: ['迁出', 'Moved out'],
  DECEASED: ['死亡', 'Deceased'],
  MERGED: ['已合并', 'Merged'],
  SUSPECT_DUP: ['疑似重复', 'Suspected duplicate'],
  ARCHIVED: ['已归档', 'Archived'],
} as const
export const PersonStatus = codesOf(personStatuses)
export type PersonStatus = z.infer<typeof PersonStatus>

export const householdTypes = {
  FAMILY: ['家庭户', 'Family household'],
  COLLECTIVE: ['集体户', 'Collective household'],
  SINGLE: ['单人户', 'Single person'],
  TEMP: ['临时户', 'Temporary'],
} as const
export const HouseholdType = codesOf(householdTypes)
export type HouseholdType = z.infer<typeof HouseholdType>

export const datePrecisions = { DAY: ['日', 'Day'], MONTH: ['月', 'Month'], YEAR: ['年', 'Year'] } as const
export const DatePrecision = codesOf(datePrecisions)

export const evidences = {
  RESIDENCE_PERMIT: ['居住证', 'Residence permit'],
  SELF_REPORT: ['本人申报', 'Self-report'],
  FEED: ['部门共享', 'Department feed'],
} as const
export const Evidence = codesOf(evidences)

/** Where a fact came from. */
export const sources = {
  MANUAL: ['录入', 'Entered'],
  IMPORT: ['导入', 'Import'],
  API: ['接口', 'API'],
  FEED: ['部门共享', 'Feed'],
} as const
export const Source = codesOf(sources)
export type Source = z.infer<typeof Source>

export const birthOutcomes = {
  LIVE: ['活产', 'Live birth'],
  STILLBIRTH: ['死产', 'Stillbirth'],
  FETAL_DEATH: ['死胎', 'Fetal death'],
} as const
export const BirthOutcome = codesOf(birthOutcomes)
export type BirthOutcome = z.infer<typeof BirthOutcome>

/** Own list, mapped to CV02.10.003 (domain §3.0 DELIVERY). */
export const deliveries = {
  VAGINAL: ['阴道自然分娩', 'Vaginal'],
  VACUUM: ['胎头吸引', 'Vacuum'],
  FORCEPS: ['产钳', 'Forceps'],
  BREECH: ['臀位助产', 'Breech, assisted'],
  CAESAREAN: ['剖宫产', 'Caesarean'],
  OTHER: ['其他', 'Other'],
} as const
export const Delivery = codesOf(deliveries)
export type Delivery = z.infer<typeof Delivery>

/** Own list, mapped to CV02.01.102 (domain §3.0 BIRTH_PLACE). */
export const birthPlaces = {
  HOSPITAL: ['医院', 'Hospital'],
  MCH: ['妇幼保健机构', 'Maternal and child health institution'],
  TOWNSHIP_CENTRE: ['乡镇（街道）卫生院', 'Township health centre'],
  VILLAGE_CLINIC: ['村卫生室', 'Village clinic'],
  HOME: ['家中', 'Home'],
  EN_ROUTE: ['途中', 'On the way'],
  OTHER: ['其他', 'Other'],
} as const
export const BirthPlace = codesOf(birthPlaces)
export type BirthPlace = z.infer<typeof BirthPlace>

/** 出生医学证明 */
export const certificateTypes = {
  FIRST: ['首次签发', 'First issue'],
  EXCHANGED: ['换发', 'Exchanged'],
  REISSUED: ['补发', 'Reissued'],
  OUTSIDE: ['机构外签发', 'Born outside an institution'],
} as const
export const CertificateType = codesOf(certificateTypes)
export type CertificateType = z.infer<typeof CertificateType>

/** Registers that know of a birth (domain §7.3). */
export const birthRegisters = {
  H: ['医院分娩', 'Hospital delivery'],
  C: ['出生医学证明', 'Birth certificate'],
  R: ['户籍登记', 'Hukou registration'],
  V: ['预防接种', 'Vaccination'],
  P: ['孕产服务', 'Pregnancy register'],
  S: ['新生儿筛查', 'Newborn screening'],
} as const
export const BirthRegister = codesOf(birthRegisters)
export type BirthRegister = z.infer<typeof BirthRegister>

export const deathPlaces = {
  HOSPITAL: ['医疗卫生机构', 'Health institution'],
  EN_ROUTE: ['来院途中', 'On the way to hospital'],
  HOME: ['家中', 'Home'],
  CARE_HOME: ['养老服务机构', 'Care home'],
  OTHER: ['其他场所', 'Elsewhere'],
  UNKNOWN: ['不详', 'Not known'],
} as const
export const DeathPlace = codesOf(deathPlaces)
export type DeathPlace = z.infer<typeof DeathPlace>

export const maternalDeaths = {
  NO: ['否', 'No'],
  DIRECT: ['直接产科原因', 'Direct obstetric'],
  INDIRECT: ['间接产科原因', 'Indirect obstetric'],
} as const
export const MaternalDeath = codesOf(maternalDeaths)
export type MaternalDeath = z.infer<typeof MaternalDeath>

/** Whose word a death rests on. */
export const deathReporters = {
  HEALTH: ['卫生健康部门', 'Health institution'],
  POLICE: ['公安部门', 'Police'],
  CIVIL: ['民政部门', 'Civil affairs'],
  VILLAGE: ['村（居）委会', 'Village committee'],
} as const
export const DeathReporter = codesOf(deathReporters)
export type DeathReporter = z.infer<typeof DeathReporter>

/** 妊娠状态, domain §6.2. */
export const pregnancyStatuses = {
  REGISTERED: ['已建册', 'Registered'],
  ONGOING: ['孕期服务中', 'In care'],
  DELIVERED: ['已分娩', 'Delivered'],
  ENDED_LOSS: ['妊娠结束（未分娩）', 'Ended without a birth'],
  TRANSFERRED_OUT: ['已转出', 'Transferred out'],
  LOST: ['失去联系', 'Contact lost'],
} as const
export const PregnancyStatus = codesOf(pregnancyStatuses)
export type PregnancyStatus = z.infer<typeof PregnancyStatus>

export const expectedBases = {
  LMP: ['末次月经', 'Last menstruation'],
  ULTRASOUND: ['超声核定', 'Ultrasound'],
  ART: ['辅助生殖日期', 'Assisted reproduction'],
} as const
export const ExpectedBasis = codesOf(expectedBases)
export type ExpectedBasis = z.infer<typeof ExpectedBasis>

export const pregnancyChannels = {
  SELF: ['本人', 'Herself'],
  VILLAGE_AGENT: ['村级代办', 'Village agent'],
  STATION: ['服务站', 'Service station'],
  HOSPITAL: ['医院', 'Hospital'],
  FEED: ['部门共享', 'Department feed'],
} as const
export const PregnancyChannel = codesOf(pregnancyChannels)

export const conceptions = {
  NATURAL: ['自然受孕', 'Natural'],
  ART: ['辅助生殖', 'Assisted'],
} as const
export const Conception = codesOf(conceptions)

/** 妊娠风险分级; purple, an infectious disease, is kept apart because it is L4. */
export const riskColours = {
  GREEN: ['绿色（低风险）', 'Green: low risk'],
  YELLOW: ['黄色（一般风险）', 'Yellow: general risk'],
  ORANGE: ['橙色（较高风险）', 'Orange: higher risk'],
  RED: ['红色（高风险）', 'Red: high risk'],
} as const
export const RiskColour = codesOf(riskColours)
export type RiskColour = z.infer<typeof RiskColour>

/** Asked only if she wishes to answer; L4. */
export const pregnancyIntentions = {
  WANTED_NOW: ['正是想要的时候', 'Wanted now'],
  LATER: ['希望晚些', 'Wanted later'],
  NOT: ['没有打算', 'Not intended'],
  UNSURE: ['说不清', 'Unsure'],
  NOT_ASKED: ['未询问', 'Not asked'],
} as const
export const PregnancyIntention = codesOf(pregnancyIntentions)
export type PregnancyIntention = z.infer<typeof PregnancyIntention>

/** PREG_END, domain §3.0. */
export const pregnancyEnds = {
  P01: ['活产', 'Live birth'],
  P02: ['死胎', 'Fetal death'],
  P03: ['死产', 'Stillbirth'],
  P04: ['自然流产', 'Miscarriage'],
  P05: ['负压吸引或钳刮术', 'Aspiration or curettage'],
  P06: ['药物流产', 'Medical abortion'],
  P07: ['医学指征引产', 'Induction on medical grounds'],
  P08: ['异位妊娠', 'Ectopic pregnancy'],
  P09: ['葡萄胎', 'Molar pregnancy'],
  P10: ['其他', 'Other'],
  P98: ['失访', 'Lost to follow-up'],
  P99: ['迁出', 'Moved away'],
} as const
export const PregnancyEnd = codesOf(pregnancyEnds)
export type PregnancyEnd = z.infer<typeof PregnancyEnd>

export const urineProteins = {
  NEGATIVE: ['阴性（－）', 'Negative'],
  TRACE: ['微量（±）', 'Trace'],
  ONE: ['＋', '1+'],
  TWO: ['＋＋', '2+'],
  THREE: ['＋＋＋', '3+'],
  FOUR: ['＋＋＋＋', '4+'],
} as const
export const UrineProtein = codesOf(urineProteins)

/** 生育登记: why one registers. */
export const registrationPurposes = {
  PREGNANT: ['已怀孕', 'Pregnant'],
  PLANNING: ['计划怀孕', 'Planning a pregnancy'],
  BORN: ['已生育', 'Already born'],
} as const
export const RegistrationPurpose = codesOf(registrationPurposes)
export type RegistrationPurpose = z.infer<typeof RegistrationPurpose>

export const registrationChannels = {
  SELF_ONLINE: ['本人网上办理', 'Herself, online'],
  VILLAGE_AGENT: ['村（居）代办', 'Village agent'],
  STATION: ['服务站办理', 'Service station'],
  ONE_THING: ['出生一件事联办', 'One-stop birth service'],
} as const
export const RegistrationChannel = codesOf(registrationChannels)

/** Domain §6.1; a notification cannot be refused, voided or expire. */
export const registrationStatuses = {
  SUBMITTED: ['已提交', 'Submitted'],
  REGISTERED: ['已登记', 'Registered'],
  RETURNED_FOR_COMPLETION: ['待补充', 'To be completed'],
  WITHDRAWN: ['已撤回', 'Withdrawn'],
  LINKED_TO_BIRTH: ['已关联出生', 'Linked to a birth'],
} as const
export const RegistrationStatus = codesOf(registrationStatuses)
export type RegistrationStatus = z.infer<typeof RegistrationStatus>

/** All that a registration can lack. */
export const registrationGaps = {
  registrant: ['请确认登记人是谁', 'Say who registers'],
  authorisation: ['代办须有本人授权', 'The agent needs the registrant’s authorisation'],
  date: [
    '请填写末次月经、预产期或出生日期',
    'Give the last menstruation, the expected day or the day of birth',
  ],
} as const
export const RegistrationGap = codesOf(registrationGaps)
export type RegistrationGap = z.infer<typeof RegistrationGap>

/** What a registered family is offered; each may be declined without consequence (E3). */
export const registrationOffers = {
  PRECONCEPTION_BOOKING: ['免费孕前优生健康检查预约', 'Booking of a free preconception check'],
  ANTENATAL_BOOKING: ['建册与产前检查预约', 'Booking of antenatal care'],
  FOLIC_ACID: ['免费领取叶酸', 'Free folic acid'],
  HOSPITALS: ['附近助产机构', 'Maternity hospitals nearby'],
  CHILDCARE_SUBSIDY: ['出生后可申领育儿补贴', 'Childcare subsidy after the birth'],
  CHILDCARE_PLACES: ['附近托育机构', 'Childcare nearby'],
} as const
export const RegistrationOffer = codesOf(registrationOffers)
export type RegistrationOffer = z.infer<typeof RegistrationOffer>

export const childcareKinds = {
  COMMUNITY: ['社区托育', 'Community'],
  EMPLOYER: ['用人单位托育', 'Employer'],
  KINDERGARTEN: ['幼儿园托班', 'Kindergarten class'],
  INDEPENDENT: ['独立托育机构', 'Independent'],
  HOME: ['家庭托育点', 'Home-based'],
} as const
export const ChildcareKind = codesOf(childcareKinds)
export type ChildcareKind = z.infer<typeof ChildcareKind>

export const roomSites = {
  HOSPITAL: ['医疗机构', 'Hospital'],
  STATION: ['车站码头', 'Transport station'],
  MALL: ['商场', 'Shopping centre'],
  PARK: ['公园景区', 'Park'],
  WORKPLACE: ['用人单位', 'Workplace'],
  OFFICE: ['办事大厅', 'Public office'],
  OTHER: ['其他', 'Other'],
} as const
export const RoomSite = codesOf(roomSites)
export type RoomSite = z.infer<typeof RoomSite>

/** Marriage register (domain §3.1). */
export const marriageEvents = {
  MARRY: ['结婚', 'Marriage'],
  REMARRY: ['复婚', 'Remarriage to the former spouse'],
  DIVORCE: ['离婚', 'Divorce'],
  WIDOWED: ['丧偶', 'Widowhood'],
  ANNUL: ['婚姻撤销或无效', 'Annulment'],
} as const
export const MarriageEvent = codesOf(marriageEvents)
export type MarriageEvent = z.infer<typeof MarriageEvent>

export const marriageOrders = { FIRST: ['初婚', 'First marriage'], RE: ['再婚', 'Not the first'] } as const
export const MarriageOrder = codesOf(marriageOrders)
export type MarriageOrder = z.infer<typeof MarriageOrder>

export const moveKinds = {
  HUKOU_IN: ['户口迁入', 'Hukou moved in'],
  HUKOU_OUT: ['户口迁出', 'Hukou moved out'],
  FLOW_IN: ['流入', 'Came to live here'],
  FLOW_OUT: ['流出', 'Went to live elsewhere'],
  RETURN: ['返回', 'Returned'],
} as const
export const MoveKind = codesOf(moveKinds)
export type MoveKind = z.infer<typeof MoveKind>

export const moveReasons = {
  WORK: ['务工经商', 'Work'],
  STUDY: ['学习培训', 'Study'],
  MARRIAGE: ['婚姻嫁娶', 'Marriage'],
  FAMILY: ['随迁投靠', 'Family'],
  PENSION: ['养老', 'Retirement'],
  RELOCATION: ['拆迁搬家', 'Relocation'],
  MILITARY: ['参军退役', 'Military service'],
  OTHER: ['其他', 'Other'],
} as const
export const MoveReason = codesOf(moveReasons)
export type MoveReason = z.infer<typeof MoveReason>

/** How far a move goes: the least level that both places share is left. */
export const moveDistances = {
  VILLAGE: ['乡镇内跨村', 'Between villages of a township'],
  TOWNSHIP: ['县内跨乡镇', 'Between townships of a county'],
  COUNTY: ['市内跨县', 'Between counties of a prefecture'],
  CITY: ['省内跨市', 'Between prefectures of a province'],
  PROVINCE: ['跨省', 'Between provinces'],
  ABROAD: ['境外', 'Abroad'],
} as const
export const MoveDistance = codesOf(moveDistances)
export type MoveDistance = z.infer<typeof MoveDistance>

/** What the county at the other end said of a move. */
export const acknowledgements = {
  NONE: ['无需回执', 'Not needed'],
  SENT: ['待对方确认', 'Waiting for the other county'],
  CONFIRMED: ['对方已确认', 'Confirmed'],
  REFUSED: ['对方退回', 'Refused'],
} as const
export const Acknowledgement = codesOf(acknowledgements)
export type Acknowledgement = z.infer<typeof Acknowledgement>

export const parentageKinds = {
  ADOPTIVE: ['收养', 'Adoption'],
  STEP: ['继父母', 'Step-parent'],
  GUARDIAN: ['监护', 'Guardianship'],
} as const
export const ParentageKind = codesOf(parentageKinds)
export type ParentageKind = z.infer<typeof ParentageKind>

/** What a line of a person's event list tells. */
export const eventKinds = {
  BIRTH: ['出生', 'Birth'],
  DEATH: ['死亡', 'Death'],
  MARRIAGE: ['婚姻', 'Marriage'],
  MOVE: ['迁移流动', 'Move'],
  PARENTAGE: ['收养与监护', 'Adoption and guardianship'],
  RESIDENCE: ['居住', 'Residence'],
} as const
export const EventKind = codesOf(eventKinds)
export type EventKind = z.infer<typeof EventKind>

export const eventRoles = {
  CHILD: ['子女', 'Child'],
  MOTHER: ['母亲', 'Mother'],
  FATHER: ['父亲', 'Father'],
  SPOUSE: ['配偶', 'Spouse'],
  ADULT: ['收养或监护人', 'Adult'],
  SELF: ['本人', 'The person'],
} as const
export const EventRole = codesOf(eventRoles)
export type EventRole = z.infer<typeof EventRole>
