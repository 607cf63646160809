import type { HouseholdType } from './households.ts'

export type DivisionRow = {
  code: string
  name: string
  level: 1 | 2 | 3 | 4 | 5
  parentCode: string
  urbanRuralCode: string
}

/** Columns of the person import; an empty text is an unknown value. */
export const personColumns = {
  name: '姓名',
  sex: '性别',
  birthDate: '出生日期',
  idType: '证件类别',
  idNumber: '身份证号',
  ethnicity: '民族',
  education: '学历',
  maritalStatus: '婚姻状况',
  hukouDivision: '户籍地',
  hukouType: '户口性质',
  residenceDivision: '现居住地',
  residenceStatus: '居住状态',
  residenceSince: '居住起始日期',
  householdNumber: '户号',
  relationToHead: '与户主关系',
  phone: '电话',
  address: '住址',
} as const

export type PersonColumn = keyof typeof personColumns
export type PersonRow = { [column in PersonColumn]: string }

export const householdColumns = {
  householdNumber: '户号',
  type: '户类型',
  division: '所在地',
  headIdNumber: '户主身份证号',
  address: '住址',
} as const

export type HouseholdRow = {
  householdNumber: string
  type: HouseholdType
  division: string
  headIdNumber: string
  address: string
}

/** Columns of the event imports; people are named by their identity numbers. */
const birthColumns = {
  motherIdNumber: '母亲身份证号',
  fatherIdNumber: '父亲身份证号',
  childIdNumber: '儿童身份证号',
  childName: '儿童姓名',
  sex: '性别',
  birthDate: '出生日期',
  birthTime: '出生时间',
  outcome: '出生结局',
  orderOfMother: '孩次',
  plurality: '胎数',
  sequence: '胎次序号',
  gestation: '孕周',
  weight: '出生体重',
  length: '出生身长',
  apgar1: '1分钟评分',
  apgar5: '5分钟评分',
  apgar10: '10分钟评分',
  delivery: '分娩方式',
  place: '出生地点',
  facility: '助产机构代码',
  certificateNumber: '出生医学证明编号',
  certificateIssuedOn: '签发日期',
  hukouRegisteredOn: '落户日期',
  hepatitisBOn: '乙肝疫苗首针日期',
} as const

const deathColumns = {
  idNumber: '身份证号',
  name: '姓名',
  deathDate: '死亡日期',
  place: '死亡地点',
  cause: '根本死因',
  certificateNumber: '死亡证明编号',
  maternal: '孕产妇死亡',
  reporter: '报告来源',
} as const

const marriageColumns = {
  event: '婚姻事件',
  date: '登记日期',
  partyAIdNumber: '一方身份证号',
  partyBIdNumber: '另一方身份证号',
  partyBName: '另一方姓名',
  orderA: '一方婚次',
  orderB: '另一方婚次',
  certificateNumber: '证书编号',
} as const

const moveColumns = {
  idNumber: '身份证号',
  kind: '迁移类型',
  date: '迁移日期',
  fromDivision: '迁出地',
  toDivision: '迁入地',
  reason: '迁移原因',
  expectedReturn: '预计返回日期',
} as const

const methodColumns = {
  idNumber: '身份证号',
  name: '姓名',
  method: '避孕方法',
  deviceType: '节育器种类',
  startedOn: '开始日期',
  endedOn: '终止日期',
  endReason: '终止原因',
  facility: '服务机构代码',
} as const

export const eventColumns = {
  births: birthColumns,
  deaths: deathColumns,
  marriages: marriageColumns,
  moves: moveColumns,
  methods: methodColumns,
} as const

type RowOf<Columns> = { -readonly [column in keyof Columns]: string }
export type BirthRow = RowOf<typeof birthColumns>
export type DeathRow = RowOf<typeof deathColumns>
export type MarriageRow = RowOf<typeof marriageColumns>
export type MoveRow = RowOf<typeof moveColumns>
export type MethodRow = RowOf<typeof methodColumns>
export type EventRows = {
  births: BirthRow[]
  deaths: DeathRow[]
  marriages: MarriageRow[]
  moves: MoveRow[]
  methods: MethodRow[]
}

/** A household and its people, the head first and those who died last, with what befell them in ten years. */
export type GeneratedHousehold = { household: HouseholdRow; persons: PersonRow[] } & EventRows
