import type { Definition } from './rules-fields.ts'

/** Whose number a row of a register has: her identity number, as the register may call it as well. */
export const numberOf = (example: string, alsoCalled: string): Definition => [
  'idNumber',
  '身份证号',
  'Identity number',
  example,
  `身份证号码|公民身份号码|证件号码|证件号|${alsoCalled}|id card|id no|person id number`,
  true,
]

/** Her name, to look at beside the number. */
export const nameBeside = (alsoCalled: string): Definition => [
  'name',
  '姓名',
  'Name',
  '李四',
  `${alsoCalled}|full name`,
]
