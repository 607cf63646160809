import { z } from 'zod'

/** A national code table: code → [Chinese, English]. */
type CodeTable = Record<string, readonly [string, string]>

function codes<const Table extends CodeTable>(table: Table) {
  return z.enum(Object.keys(table) as [keyof Table & string, ...(keyof Table & string)[]])
}

/** GB/T 2261.1-2003. */
export const sexes = {
  '0': ['未知', 'Unknown'],
  '1': ['男', 'Male'],
  '2': ['女', 'Female'],
  '9': ['未说明', 'Not stated'],
} as const
export const Sex = codes(sexes)
export type Sex = z.infer<typeof Sex>

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
export const MaritalStatus = codes(maritalStatuses)
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
export const IdType = codes(idTypes)
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
export const Relation = codes(relations)
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
export const Education = codes(educations)
export type Education = z.infer<typeof Education>

/** Own list, domain §3.0 HUKOU_TYPE. */
export const hukouTypes = {
  '1': ['农业', 'Agricultural'],
  '2': ['非农业', 'Non-agricultural'],
  '3': ['居民（统一）', 'Resident (unified)'],
  '4': ['集体', 'Collective'],
  '9': ['未知', 'Unknown'],
} as const
export const HukouType = codes(hukouTypes)
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
export const ResidenceStatus = codes(residenceStatuses)
export type ResidenceStatus = z.infer<typeof ResidenceStatus>

export const personStatuses = {
  ACTIVE: ['在册', 'Active'],
  MOVED_OUT: ['迁出', 'Moved out'],
  DECEASED: ['死亡', 'Deceased'],
  MERGED: ['已合并', 'Merged'],
  SUSPECT_DUP: ['疑似重复', 'Suspected duplicate'],
  ARCHIVED: ['已归档', 'Archived'],
} as const
export const PersonStatus = codes(personStatuses)
export type PersonStatus = z.infer<typeof PersonStatus>

export const householdTypes = {
  FAMILY: ['家庭户', 'Family household'],
  COLLECTIVE: ['集体户', 'Collective household'],
  SINGLE: ['单人户', 'Single person'],
  TEMP: ['临时户', 'Temporary'],
} as const
export const HouseholdType = codes(householdTypes)
export type HouseholdType = z.infer<typeof HouseholdType>

export const datePrecisions = { DAY: ['日', 'Day'], MONTH: ['月', 'Month'], YEAR: ['年', 'Year'] } as const
export const DatePrecision = codes(datePrecisions)

export const evidences = {
  RESIDENCE_PERMIT: ['居住证', 'Residence permit'],
  SELF_REPORT: ['本人申报', 'Self-report'],
  FEED: ['部门共享', 'Department feed'],
} as const
export const Evidence = codes(evidences)

/** Where a fact came from. */
export const sources = {
  MANUAL: ['录入', 'Entered'],
  IMPORT: ['导入', 'Import'],
  API: ['接口', 'API'],
  FEED: ['部门共享', 'Feed'],
} as const
export const Source = codes(sources)
export type Source = z.infer<typeof Source>
