import type { Definition } from './rules-fields.ts'
import { nameBeside, numberOf } from './rules-fields-person.ts'

/** What documents say of people: certificates, disabilities, low income, pension schemes, qualifications … */
export const circumstanceFields: readonly Definition[] = [
  numberOf('990101196001310028', '残疾人身份证号|持证人身份证号|参保人身份证号'),
  nameBeside('人员姓名|持证人姓名|残疾人姓名|参保人姓名'),
  ['kind', '情形', 'Circumstance', '残疾', '情形类别|资格情形|类别|kind|circumstance kind', true],
  ['grade', '等级', 'Grade', '二级', '残疾等级|并发症等级|级别|level'],
  ['detail', '细目', 'Detail', '', '险种|参保险种|养老保险类型|类型|pension scheme|type'],
  [
    'from',
    '起始日期',
    'From',
    '2018-05-04',
    '开始日期|生效日期|发证日期|批准日期|参保日期|认定日期|start date|valid from',
    true,
  ],
  ['to', '截止日期', 'Until', '', '终止日期|失效日期|停保日期|注销日期|end date|valid to'],
  ['documentType', '材料名称', 'Document', '残疾人证', '证件名称|材料类型|凭证|document type'],
  [
    'documentNumber',
    '材料编号',
    'Document number',
    '',
    '证号|证书编号|残疾证号|低保证号|document no|certificate number',
  ],
]
