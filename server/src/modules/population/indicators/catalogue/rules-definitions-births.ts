import type { IndicatorCode } from '@youyu/shared/population/indicators'
import { motherGroups, motherYears, type Written } from './rules-definition.ts'

const liveBirths = [
  '期内活产，按母亲常住地（或户籍地）和出生日期统计，迟报计入出生当月',
  'Live births in the period by the mother’s residence (or hukou) and the date of birth, however late reported',
] as const
const meanPopulation = [
  '平均人口＝（期初＋期末）÷2',
  'Mean population = (at the start + at the end) ÷ 2',
] as const
const notAnnual = [
  '不满一年的期间率与年率不可比；年化值单列并注明',
  'A rate of less than a year is not comparable with an annual one; the annualised value stands apart, labelled',
] as const

export const birthDefinitions: Record<IndicatorCode, Written> = {
  'POP-01': {
    name: ['出生人数', 'Births'],
    unit: 'count',
    numerator: liveBirths,
    caveat: [
      '近月数字会因迟报而增加，见出生修订表',
      'Recent months grow as late reports come in; see birth revisions',
    ],
    targetForbidden: true,
    components: [
      ['male', '男', 'Male'],
      ['female', '女', 'Female'],
    ],
  },
  'POP-02': {
    name: ['出生率', 'Crude birth rate'],
    unit: '‰',
    numerator: liveBirths,
    denominator: meanPopulation,
    caveat: notAnnual,
    targetForbidden: true,
    isRate: true,
  },
  'POP-03': {
    name: ['死亡率', 'Crude death rate'],
    unit: '‰',
    numerator: ['期内死亡', 'Deaths in the period'],
    denominator: meanPopulation,
    caveat: notAnnual,
    targetForbidden: true,
    isRate: true,
  },
  'POP-04': {
    name: ['自然增长率', 'Natural growth rate'],
    unit: '‰',
    numerator: ['期内出生减死亡', 'Births less deaths in the period'],
    denominator: meanPopulation,
    caveat: notAnnual,
    targetForbidden: true,
    isRate: true,
  },
  'POP-05': {
    name: ['出生人口性别比', 'Sex ratio at birth'],
    unit: '女=100',
    numerator: ['期内男性活产', 'Male live births in the period'],
    denominator: ['期内女性活产', 'Female live births in the period'],
    caveat: [
      '正常值 103–107；±5 需约 7 200 例、±10 需约 1 900 例出生才能分辨；分孩次需更多',
      'Normal 103–107; ±5 points need about 7,200 births, ±10 about 1,900; by birth order more',
    ],
    targetForbidden: true,
    components: [
      ['order-1', '一孩', 'First births'],
      ['order-2', '二孩', 'Second births'],
      ['order-3', '三孩及以上', 'Third and later births'],
    ],
  },
  'POP-06': {
    name: ['助产机构出生人口性别比', 'Sex ratio at birth by institution'],
    unit: '女=100',
    numerator: [
      '本区域持助产许可机构内的男性活产',
      'Male live births in institutions of the area licensed for midwifery',
    ],
    denominator: ['同上，女性', 'The same, female'],
    caveat: [
      '按发生地统计，与按居住地统计的出生不同，两者并列；许可以当前登记为准；两处居所均在县外者仅在可见时计入',
      'By place of occurrence, unlike births by residence: both are reported; licences as registered now; mothers from outside the county count where their record is visible',
    ],
    targetForbidden: true,
  },
  'POP-07': {
    name: ['出生性别比月度波动', 'Monthly swing of the sex ratio at birth'],
    unit: 'z',
    numerator: [
      '期末月与上月性别比对数之差的绝对值',
      'Absolute difference of the logs of the ratio, last month of the period and the month before',
    ],
    denominator: ['两月标准误之合', 'Combined standard error of the two months'],
    caveat: [
      '大于 2 只提示核查报告数据，不是追责',
      'Above 2 asks for a review of the reporting; it is no blame',
    ],
    targetForbidden: true,
  },
  'POP-08': {
    name: ['一般生育率', 'General fertility rate'],
    unit: '‰',
    numerator: liveBirths,
    denominator: ['15–49 岁平均妇女', 'Mean women aged 15–49'],
    caveat: notAnnual,
    isRate: true,
  },
  'POP-09': {
    name: ['年龄别生育率', 'Age-specific fertility rate'],
    unit: '‰',
    numerator: ['该年龄妇女的活产', 'Live births to women of the age'],
    denominator: ['该年龄平均妇女', 'Mean women of the age'],
    caveat: [
      '县以下只按五岁组；母亲年龄不明者不计入',
      'Below the county in five-year groups only; births with unknown age of the mother are left out',
    ],
    isRate: true,
    components: [...motherGroups, ...motherYears].map(({ key }) => [key, `${key} 岁`, `Age ${key}`]),
  },
  'POP-10': {
    name: ['总和生育率', 'Total fertility rate'],
    unit: '孩/妇女',
    numerator: ['15–49 岁妇女的活产', 'Live births to women aged 15–49'],
    denominator: ['15–49 岁平均妇女（各年龄率之和）', 'Mean women aged 15–49 (sum of rates by age)'],
    caveat: [
      '县以下为截至期末的三年合并（人年）；不满一年的期间未年化',
      'Below the county pooled over the three years to the end of the period (woman-years); shorter periods are not annualised',
    ],
    isRate: true,
  },
  'POP-11': {
    name: ['孩次构成', 'Births by order'],
    unit: '%',
    numerator: ['该孩次活产', 'Live births of the order'],
    denominator: ['孩次已知的活产', 'Live births of known order'],
    caveat: [
      '“孩次不明”的分母为全部活产；孩次只作描述',
      'The share of unknown order is of all live births; order only describes',
    ],
    components: [
      ['order-1', '一孩', 'First'],
      ['order-2', '二孩', 'Second'],
      ['order-3', '三孩', 'Third'],
      ['order-4', '四孩及以上', 'Fourth and later'],
      ['unknown', '孩次不明', 'Order unknown'],
    ],
  },
  'POP-12': {
    name: ['青少年生育率', 'Adolescent fertility rate'],
    unit: '‰',
    numerator: ['15–19 岁妇女的活产', 'Live births to women aged 15–19'],
    denominator: ['15–19 岁平均妇女', 'Mean women aged 15–19'],
    caveat: ['用于健康服务', 'For health services'],
    isRate: true,
  },
}
