import { tierNames, tiers } from '@youyu/shared/subsidies/shares'
import type { Written } from '../../population/index.ts'

/** SUB-01 … SUB-16: benefits and their money (domain §4.5). */
export const written: Record<string, Written> = {
  'SUB-01': {
    name: ['应享尽享率', 'Coverage'],
    unit: '%',
    numerator: ['其中已在享受的人数', 'Of these, drawing the benefit'],
    denominator: [
      '期末前最近一次规则运行中符合条件的人数',
      'Who met the rules in the latest run before the period’s end',
    ],
    caveat: [
      '分母是按登记信息的估计；须由人认定的条件不在其中',
      'The denominator is what the register tells; what only a person can establish is not in it',
    ],
    components: [
      ['P01', '农村奖励扶助', 'Rural reward'],
      ['P02', '特别扶助', 'Special assistance'],
      ['P04', '育儿补贴', 'Childcare subsidy'],
    ],
  },
  'SUB-02': {
    name: ['发放及时率', 'Timeliness'],
    unit: '%',
    numerator: ['其中在计划发放日或之前入账的笔数', 'Of these, paid on or before their day'],
    denominator: [
      '计划发放日在当期的已送银行笔数',
      'Items sent to the bank whose pay day lies in the period',
    ],
  },
  'SUB-03': {
    name: ['发放足额率', 'Fullness'],
    unit: '%',
    numerator: ['为当期月份已兑付的金额（元）', 'Paid for months of the period (yuan)'],
    denominator: ['当期应享月份的金额（元）', 'Entitled for months of the period (yuan)'],
    caveat: [
      '按月计发的项目；一次性和按次的不在其中',
      'Programmes by month; not what is paid once or by event',
    ],
  },
  'SUB-04': {
    name: ['发放准确率', 'Accuracy'],
    unit: '%',
    numerator: ['其中符合条件且未重复的笔数', 'Of these, entitled and not paid twice'],
    denominator: ['当期批次中抽样复核的笔数', 'Items of the period that were drawn and looked at again'],
    caveat: [
      '以随机抽样复核的结论为准，未复核的笔数不计入',
      'By what a re-check of items drawn by chance found; items not looked at do not count',
    ],
  },
  'SUB-05': {
    name: ['退票率', 'Failure rate'],
    unit: '%',
    numerator: ['其中银行未能入账的笔数', 'Of these, refused by the bank'],
    denominator: ['当期已回盘的笔数', 'Items the bank has answered'],
  },
  'SUB-06': {
    name: ['欠发', 'Arrears'],
    unit: 'yuan',
    numerator: [
      '当期应享而未列入发放的月份金额',
      'Months of the period that are owed and in no live payment',
    ],
    components: [['months', '月份数', 'Months']],
    caveat: ['月份到期即计，含在途批次之外的全部', 'A month counts from its first day on'],
  },
  'SUB-07': {
    name: ['办理时限', 'Processing time'],
    unit: 'days',
    numerator: ['从申请到决定的日数：中位数', 'Days from filing to decision: the median'],
    denominator: ['当期作出决定的申请', 'Applications decided in the period'],
    components: [
      ['p90', '第 90 百分位', '90th percentile'],
      [
        'in-time',
        '规定总时限内办结比例（育儿补贴 30 个工作日）',
        'Decided within the limit (childcare 30 working days)',
      ],
    ],
  },
  'SUB-08': {
    name: ['公示异议成立率', 'Notice objections upheld'],
    unit: '%',
    numerator: ['其中成立的', 'Of these, upheld'],
    denominator: ['当期收到的异议', 'Objections received in the period'],
  },
  'SUB-09': {
    name: ['年审完成率', 'Annual verification done'],
    unit: '%',
    numerator: ['其中已完成的', 'Of these, done'],
    denominator: ['当期到期的年审', 'Verifications due in the period'],
  },
  'SUB-10': {
    name: ['多发收回率', 'Overpayment recovery'],
    unit: '%',
    numerator: ['其中已收回的金额（元）', 'Of this, come back (yuan)'],
    denominator: ['当期发现的多发金额（元）', 'Overpayments identified in the period (yuan)'],
    caveat: [
      '收回须先有书面决定，不抵扣其他款项',
      'Nothing comes back before a written decision; nothing is netted',
    ],
  },
  'SUB-11': {
    name: ['双岗联系人覆盖率', 'Dual-contact coverage'],
    unit: '%',
    numerator: [
      '其中乡镇、村两级联系人都在岗的',
      'Of these, with a contact of the township and one of the village',
    ],
    denominator: ['期末建档的特殊家庭', 'Special families with an open file at the period’s end'],
  },
  'SUB-12': {
    name: ['就医绿色通道、家庭医生覆盖率', 'Green channel and family doctor'],
    unit: '%',
    numerator: ['其中有就医绿色通道的', 'Of these, with a green channel'],
    denominator: ['期末建档特殊家庭的成员', 'Members of special families at the period’s end'],
    components: [['doctor', '家庭医生签约', 'Family doctor']],
  },
  'SUB-13': {
    name: ['参保率、人均保费', 'Insured share and premium per head'],
    unit: '%',
    numerator: ['其中期末在保的', 'Of these, insured at the period’s end'],
    denominator: ['期末建档特殊家庭的成员', 'Members of special families at the period’s end'],
    components: [['premium', '人均保费（元）', 'Premium per head (yuan)']],
  },
  'SUB-14': {
    name: ['经费到位率', 'Funds in place'],
    unit: '%',
    numerator: ['至期末已到位的金额（元）', 'Arrived by the period’s end (yuan)'],
    denominator: ['期末所在年度的预算（元）', 'Budget of the year the period ends in (yuan)'],
    components: tiers.map((tier) => [tier, ...tierNames[tier]] as const),
  },
  'SUB-15': {
    name: ['投入增长与财政经常性收入增长之差', 'Fund growth less revenue growth'],
    unit: 'pp',
    numerator: ['本年预算较上年的增长', 'Growth of the budgets over the year before'],
    denominator: ['财政经常性收入较上年的增长', 'Growth of the recurrent revenue'],
    caveat: ['两年的预算和收入都登记后才有数值', 'Known once budgets and revenue of both years are entered'],
  },
  'SUB-16': {
    name: ['审计发现挤占挪用', 'Diversion found by audits'],
    unit: 'yuan',
    numerator: ['当期审计发现的挤占挪用金额', 'Diverted, as found by audits in the period'],
    components: [['open', '其中未整改', 'Of it, not put right']],
  },
}
