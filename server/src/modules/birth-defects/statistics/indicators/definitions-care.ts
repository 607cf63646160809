import type { Written } from '../../../population/index.ts'

const liveBirths = ['当期活产', 'Live births of the period'] as const
const counselled = ['自愿；先咨询后选择', 'Voluntary, after counselling'] as const

/** BDI-11 … BDI-19, BDI-26: pregnancy, birth and the newborn (domain §4.4). */
export const definitionsOfCare: Record<string, Written> = {
  'BDI-11': {
    name: ['早孕建册率', 'Early antenatal registration'],
    unit: '%',
    numerator: [
      '当期首次产检且孕周 < 13 周的妇女',
      'Women whose first antenatal visit came in the period, before 13 weeks',
    ],
    denominator: liveBirths,
    caveat: [
      '卫生健康年报口径：分母是活产数，两者不是同一批人',
      'As in the annual return: live births below, who are other women than those above',
    ],
  },
  'BDI-12': {
    name: ['产前检查率（≥1 次、≥5 次）', 'Antenatal coverage (≥ 1, ≥ 5 visits)'],
    unit: '%',
    numerator: [
      '当期分娩妇女中产检 ≥1 次（≥5 次）者',
      'Women delivering in the period with at least one (five) visits',
    ],
    denominator: [
      '当期分娩的妇女；分项另以当期妊娠结束的妇女（教科书）、活产（年报）为分母，分母口径见定义版本',
      'Women delivering in the period; further parts are of women whose pregnancy ended (textbook) and of live births (annual return): the definition version says which',
    ],
    components: [
      ['five', '≥5 次，分娩妇女', '≥ 5, of women delivering'],
      ['of-pregnant', '≥1 次，妊娠结束妇女', '≥ 1, of women whose pregnancy ended'],
      ['five-of-pregnant', '≥5 次，妊娠结束妇女', '≥ 5, of women whose pregnancy ended'],
      ['of-live-births', '≥1 次，活产', '≥ 1, of live births'],
      ['five-of-live-births', '≥5 次，活产', '≥ 5, of live births'],
    ],
  },
  'BDI-13': {
    name: ['孕中晚期监测', 'Mid and late monitoring'],
    unit: '次/孕',
    numerator: ['当期孕 13 周及以后的产检次数', 'Antenatal visits of the period at 13 weeks or later'],
    denominator: ['当期内处于孕 13 周及以后的妊娠', 'Pregnancies at 13 weeks or later during the period'],
    components: [
      ['mid', '孕 13—27+6 周', '13 to 27+6 weeks'],
      ['late', '孕 28 周及以后', '28 weeks and later'],
    ],
  },
  'BDI-14': {
    name: ['高危专案管理率', 'High-risk management'],
    unit: '%',
    numerator: ['其中有专案者', 'Of these, with a plan of care'],
    denominator: ['当期评为橙、红、紫色的妊娠', 'Pregnancies found orange, red or purple in the period'],
  },
  'BDI-15': {
    name: ['产前筛查率', 'Prenatal screening'],
    unit: '%',
    numerator: ['其中做过血清学筛查或无创产前检测者', 'Of these, screened by serum or NIPT'],
    denominator: ['当期满 20+6 周的孕妇', 'Women reaching 20+6 weeks in the period'],
    caveat: counselled,
  },
  'BDI-16': {
    name: ['产前诊断率', 'Prenatal diagnosis uptake'],
    unit: '%',
    numerator: ['其中做了产前诊断者', 'Of these, diagnosed'],
    denominator: [
      '当期筛查高风险或有指征的孕妇',
      'Women screened positive or with an indication in the period',
    ],
    caveat: counselled,
  },
  'BDI-17': {
    name: ['住院分娩率', 'Hospital delivery'],
    unit: '%',
    numerator: ['其中在机构内分娩', 'Of these, in institutions'],
    denominator: ['当期分娩', 'Deliveries of the period'],
  },
  'BDI-18': {
    name: ['新生儿疾病筛查率', 'Newborn screening'],
    unit: '%',
    numerator: ['其中已采足跟血筛查者（PKU、CH）', 'Of these, with a blood spot (PKU, CH)'],
    denominator: liveBirths,
    caveat: [
      '按出生月计；近月出生者的筛查尚在进行',
      'By month of birth; those just born are still being screened',
    ],
    components: [
      ['hearing', '听力筛查', 'Hearing'],
      ['cchd', '先天性心脏病筛查', 'Critical heart defects'],
    ],
  },
  'BDI-19': {
    name: ['召回率、确诊率、治疗率', 'Recall, confirmation, treatment'],
    unit: '%',
    numerator: ['其中 20 天内召回者', 'Of these, recalled within 20 days'],
    denominator: [
      '当期足跟血筛查可疑，且已满 20 天或已召回',
      'Blood spots found suspect in the period, recalled or with 20 days over',
    ],
    caveat: [
      '确诊与否均为结论，确诊率不是越高越好',
      'To be confirmed or not are both answers: higher is not better',
    ],
    components: [
      ['confirmed', '可疑中确诊', 'Confirmed, of suspects'],
      ['treated', '确诊后 1 个月内治疗', 'Treated within a month, of confirmed'],
    ],
  },
  'BDI-26': {
    name: ['产后访视率', 'Postnatal visits'],
    unit: '%',
    numerator: ['当期分娩、产后 28 天内访视的产妇', 'Mothers of the period visited within 28 days'],
    denominator: liveBirths,
    caveat: [
      '访视须本人同意；多胎使分母略大',
      'With her consent; multiple births make the denominator a little larger',
    ],
  },
}
