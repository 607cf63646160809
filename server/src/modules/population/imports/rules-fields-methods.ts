import type { Definition } from './rules-fields.ts'
import { nameBeside, numberOf } from './rules-fields-person.ts'

/** An old register of methods in use (避孕节育台账): who used what, from when until when. */
export const methodFields: readonly Definition[] = [
  numberOf('990101199001310028', '育龄妇女身份证号|妇女身份证号'),
  nameBeside('育龄妇女姓名|妇女姓名'),
  [
    'method',
    '避孕方法',
    'Method',
    '宫内节育器',
    '避孕措施|避孕节育措施|现用避孕方法|落实措施|contraceptive method',
    true,
  ],
  ['deviceType', '节育器种类', 'Device type', 'TCU380A', '节育器类型|节育器型号|IUD种类|环型|device'],
  [
    'startedOn',
    '开始日期',
    'Started on',
    '2018-05-04',
    '避孕开始日期|放置日期|手术日期|落实日期|措施日期|start date',
    true,
  ],
  ['endedOn', '终止日期', 'Ended on', '', '避孕终止日期|取出日期|停用日期|end date'],
  ['endReason', '终止原因', 'Why it ended', '', '停用原因|取出原因|end reason'],
  [
    'facility',
    '服务机构代码',
    'Facility code',
    'DEMO-S',
    '手术机构代码|施术单位代码|机构代码|facility code',
    true,
  ],
]
