import { torchAgents } from '@youyu/shared/birth-defects/torch'
import type { Written } from '../../../population/index.ts'

const voluntary = ['自愿、免费；谢绝不影响任何事项', 'Voluntary and free; declining changes nothing'] as const
const agents = Object.entries(torchAgents).map(([key, [zh, en]]) => [key, zh, en] as const)
const ofCountyOnly = '阳性和随访只有县级合计'
const ofCountyOnlyEn = 'Positives and their follow-up are told of whole counties only'

/** BDI-01 … BDI-10: before pregnancy and in its beginning (domain §4.4). */
export const definitionsBefore: Record<string, Written> = {
  'BDI-01': {
    name: ['婚前医学检查率', 'Premarital check rate'],
    unit: '%',
    numerator: ['当期接受婚前医学检查的人', 'Persons given a premarital check in the period'],
    denominator: ['当期办理结婚登记的人', 'Persons registering marriage in the period'],
    caveat: [
      `${voluntary[0]}；检查可早于登记，故一期内可超过 100 %`,
      `${voluntary[1]}; a check may come before its registration, so that a period can exceed 100 %`,
    ],
  },
  'BDI-02': {
    name: ['孕前优生健康检查率', 'Preconception check coverage'],
    unit: '%',
    numerator: ['当期接受孕前优生健康检查的夫妇', 'Couples given a preconception check in the period'],
    denominator: [
      '目标夫妇：当期结婚登记的夫妇，加当期登记计划怀孕的妇女（每人每月计一次）',
      'Target couples: those registering marriage in the period and women who registered a planned pregnancy, each once a month',
    ],
    caveat: voluntary,
  },
  'BDI-03': {
    name: ['孕前检查高风险检出率及干预率', 'High-risk share and advice given'],
    unit: '%',
    numerator: ['风险评估为高风险的夫妇', 'Couples assessed as of high risk'],
    denominator: ['接受孕前优生健康检查的夫妇', 'Couples given a preconception check'],
    components: [['advised', '高风险者获得咨询建议', 'Of high risk and given advice']],
  },
  'BDI-04': {
    name: ['病毒监测率（TORCH）', 'TORCH coverage'],
    unit: '%',
    numerator: ['其中已检测的妇女', 'Of these, women tested'],
    denominator: [
      '当期应监测的妇女：孕前，或孕 13 周前',
      'Women due in the period: before pregnancy, or before 13 weeks of it',
    ],
    caveat: ['只报覆盖，阳性结果不分乡镇', 'Coverage only: results are not told by township'],
  },
  'BDI-05': {
    name: ['TORCH 阳性率', 'TORCH positivity'],
    unit: '%',
    numerator: ['有任一需处理阳性的检测', 'Tests with any actionable positive'],
    denominator: ['检测人次', 'Tests'],
    caveat: [`人次不等于人；${ofCountyOnly}`, `Tests are not persons; ${ofCountyOnlyEn.toLowerCase()}`],
    components: agents,
  },
  'BDI-06': {
    name: ['阳性随访率', 'Follow-up of positives'],
    unit: '%',
    numerator: ['发现后 60 天内结案的阳性', 'Positives closed within 60 days of being found'],
    denominator: [
      '当期发现、已满 60 天或已结案的阳性',
      'Positives found in the period whose 60 days are over, or which are closed',
    ],
    caveat: [ofCountyOnly, ofCountyOnlyEn],
  },
  'BDI-07': {
    name: ['叶酸服用率', 'Folic-acid intake'],
    unit: '%',
    numerator: ['其中新开始服用的妇女', 'Of these, women who began to take it'],
    denominator: ['当期新进入应服用期的妇女', 'Women newly due in the period'],
    caveat: ['2011 年项目目标 90 %，供参照', 'The programme of 2011 had a goal of 90 %, for reference'],
  },
  'BDI-08': {
    name: ['叶酸服用依从率', 'Folic-acid adherence'],
    unit: '%',
    numerator: [
      '其中孕前即开始、至孕早期末服用天数 ≥ 80 % 者',
      'Of these, begun before pregnancy and taken on at least 80 % of the days to the end of the first trimester',
    ],
    denominator: [
      '当期新进入孕中期、服用过低剂量叶酸的妇女',
      'Women newly in mid-pregnancy who took low-dose folic acid',
    ],
    caveat: ['2011 年项目目标 70 %，供参照', 'The programme of 2011 had a goal of 70 %, for reference'],
  },
  'BDI-09': {
    name: ['叶酸知晓率', 'Folic-acid awareness'],
    unit: '%',
    numerator: ['知晓者', 'Aware'],
    denominator: ['受访者', 'Asked'],
    caveat: [
      '由抽样调查得出（应不少于产妇的 10 %）；未录入调查的时期没有数值',
      'From surveys of at least 10 % of mothers; a period without one has no value',
    ],
  },
  'BDI-10': {
    name: ['应补充妇女人均盒数', 'Boxes per due woman'],
    unit: '盒',
    numerator: ['当期发放叶酸盒数', 'Boxes of folic acid issued in the period'],
    denominator: ['当期新进入应服用期的妇女', 'Women newly due in the period'],
    caveat: ['比值，不作区间', 'A ratio, without an interval'],
  },
}
