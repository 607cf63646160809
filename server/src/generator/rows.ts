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

/** A household and its members, the head first. */
export type GeneratedHousehold = { household: HouseholdRow; persons: PersonRow[] }
