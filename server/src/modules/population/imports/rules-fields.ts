import type { ImportField, ImportKind } from '@youyu/shared/population/imports'
import { circumstanceFields } from './rules-fields-circumstances.ts'
import { eventFields } from './rules-fields-events.ts'
import { methodFields } from './rules-fields-methods.ts'

export type Definition = readonly [
  key: string,
  zh: string,
  en: string,
  example: string,
  aliases: string,
  required?: boolean,
]

function fieldsFrom(definitions: readonly Definition[]): ImportField[] {
  return definitions.map(([key, zh, en, example, aliases, required = false]) => ({
    key,
    zh,
    en,
    aliases: aliases.split('|').filter(Boolean),
    required,
    example,
  }))
}

/** The fields of each kind, what their headers may be called, and an example for the template. */
export const importFields: Record<ImportKind, ImportField[]> = {
  persons: fieldsFrom([
    ['name', '姓名', 'Name', '张三', '名字|人员姓名|公民姓名|full name|person name', true],
    ['sex', '性别', 'Sex', '男', 'gender|性别代码', true],
    [
      'birthDate',
      '出生日期',
      'Birth date',
      '1990-01-31',
      '出生年月日|出生年月|生日|date of birth|dob|birthday',
      true,
    ],
    ['idType', '证件类别', 'Identity document type', '01', '证件类型|证件种类|document type'],
    [
      'idNumber',
      '身份证号',
      'Identity number',
      '990101199001310011',
      '身份证号码|公民身份号码|公民身份证号码|身份证|证件号码|证件号|id card|id no|identity card number|national id',
    ],
    ['ethnicity', '民族', 'Ethnicity', '汉族', '民族代码|ethnic|ethnic group|nationality'],
    ['education', '学历', 'Education', '本科', '文化程度|受教育程度|education level'],
    ['maritalStatus', '婚姻状况', 'Marital status', '初婚', '婚姻|婚姻状态|婚况|marital'],
    [
      'hukouDivision',
      '户籍地',
      'Hukou division',
      '371121001001',
      '户籍地代码|户籍地区划|户籍地区划代码|户籍所在地|户籍区划|户籍地址代码|hukou|hukou code|registered division',
      true,
    ],
    ['hukouType', '户口性质', 'Hukou type', '1', '户籍性质|户口类别|户口类型|户别'],
    [
      'residenceDivision',
      '现居住地',
      'Residence division',
      '371121001001',
      '现居住地代码|居住地|居住地代码|居住地区划|现居住地区划|现居住地区划代码|常住地|现住地|residence|residence code',
    ],
    ['residenceStatus', '居住状态', 'Residence status', '1', '居住状况|人户状态|人户情况|居住类型'],
    [
      'residenceSince',
      '居住起始日期',
      'Residing since',
      '2015-06-01',
      '居住起始|起始居住日期|居住开始日期|现居住起始日期|resident since|residence from',
    ],
    [
      'householdNumber',
      '户号',
      'Household number',
      '3711210000001',
      '户编号|户口号|户籍编号|家庭编号|household no|household',
    ],
    [
      'relationToHead',
      '与户主关系',
      'Relation to head',
      '户主',
      '户主关系|与户主关系代码|关系|relation|relationship',
    ],
    [
      'phone',
      '电话',
      'Phone',
      '13800000000',
      '联系电话|手机|手机号|手机号码|电话号码|移动电话|mobile|telephone|phone number',
    ],
    [
      'address',
      '住址',
      'Address',
      '五莲县洪凝街道1号',
      '地址|详细地址|家庭住址|现住址|居住地址|现居住地址|home address',
    ],
  ]),
  households: fieldsFrom([
    [
      'householdNumber',
      '户号',
      'Household number',
      '3711210000001',
      '户编号|户口号|户籍编号|家庭编号|household no|number',
      true,
    ],
    ['type', '户类型', 'Household type', '家庭户', '户类别|户别|户口类别|household type'],
    [
      'division',
      '所在地',
      'Division',
      '371121001001',
      '区划|区划代码|所在区划|所在地区划|所在地代码|户籍地|division code',
      true,
    ],
    [
      'headIdNumber',
      '户主身份证号',
      'Identity number of the head',
      '990101199001310011',
      '户主证件号码|户主身份证|户主公民身份号码|head id',
    ],
    ['address', '住址', 'Address', '五莲县洪凝街道1号', '地址|详细地址|户籍地址|家庭住址'],
  ]),
  divisions: fieldsFrom([
    ['code', '代码', 'Code', '371121001001', '区划代码|行政区划代码|统计用区划代码|division code', true],
    ['name', '名称', 'Name', '洪凝社区居委会', '区划名称|行政区划名称|division name', true],
    ['level', '级别', 'Level', '5', '层级|等级'],
    [
      'parentCode',
      '上级代码',
      'Parent code',
      '371121001000',
      '上级区划代码|父级代码|上级区划|parent|parent code',
    ],
    [
      'urbanRural',
      '城乡分类代码',
      'Urban–rural code',
      '111',
      '城乡分类|城乡代码|urban rural code|urban_rural_code',
    ],
  ]),
  births: fieldsFrom(eventFields.births),
  deaths: fieldsFrom(eventFields.deaths),
  marriages: fieldsFrom(eventFields.marriages),
  moves: fieldsFrom(eventFields.moves),
  methods: fieldsFrom(methodFields),
  circumstances: fieldsFrom(circumstanceFields),
}
