import { windowNames } from '@youyu/shared/birth-defects/defect-card-values'
import { nationalCategories } from '@youyu/shared/birth-defects/surveillance'
import type { Written } from '../../../population/index.ts'
import { categoryName } from '../categories.ts'

const windows = Object.entries(windowNames).map(([key, [zh, en]]) => [key, zh, en] as const)
const monitored = [
  '监测值，不得设为目标；上升可能说明发现得更全；县级年度数小，看区间，宜 3—5 年合并',
  'A monitored value and never a target; a rise may mean better detection; a county’s year is small: read the interval, pool three to five years',
] as const
const perinatals = [
  '围产儿：活产加 28 周及以后的死胎死产',
  'Perinatals: live births and fetal deaths of 28 weeks and later',
] as const

/** BDI-20 … BDI-25: defects, their cards and their families (domain §4.4). */
export const definitionsOfDefects: Record<string, Written> = {
  'BDI-20': {
    name: ['出生缺陷发生率', 'Defect prevalence'],
    unit: '/万',
    numerator: [
      '监测期内的出生缺陷病例；主值为医院监测（孕 28 周至产后 7 天），其余监测期见分项',
      'Cases inside the window; the main value is hospital-based (28 weeks to day 7), the parts name the other windows',
    ],
    denominator: perinatals,
    caveat: monitored,
    targetForbidden: true,
    components: [['per-mille', '医院监测，以 ‰ 表示', 'Hospital-based, in ‰'], ...windows.slice(1)],
  },
  'BDI-21': {
    name: ['分类出生缺陷发生率（含神经管缺陷）', 'Category-specific prevalence (neural tube defects)'],
    unit: '/万',
    numerator: [
      '该类病例（医院监测：孕 28 周至产后 7 天）；主值为神经管缺陷（01+02+03），一例多种者各计一次',
      'Cases of the category (hospital-based, 28 weeks to day 7); the main value is neural tube defects (01+02+03); a case of several categories counts in each',
    ],
    denominator: perinatals,
    caveat: monitored,
    targetForbidden: true,
    components: nationalCategories.map((key) => [key, ...categoryName(key)] as const),
  },
  'BDI-22': {
    name: ['报告卡及时率、完整率', 'Timeliness and completeness of cards'],
    unit: '%',
    numerator: ['其中诊断后 7 天内报告者', 'Of these, submitted within 7 days of the diagnosis'],
    denominator: ['当期诊断、已报告的卡', 'Cards of diagnoses of the period'],
    components: [['complete', '各项填写完整', 'With every element filled in']],
  },
  'BDI-23': {
    name: ['漏报率', 'Under-reporting'],
    unit: '%',
    numerator: ['查漏发现而未报告的病例', 'Cases of the logs that nobody had reported'],
    denominator: [
      '已报告加漏报（已结束的季度查漏）',
      'Reported and missed, in quarters whose audit is closed',
    ],
    caveat: ['只含已查的机构和日志', 'Only of facilities and logs that were gone through'],
  },
  'BDI-24': {
    name: ['缺陷儿随访率', 'Follow-up of children with defects'],
    unit: '%',
    numerator: ['其中按期完成', 'Of these, done in their window'],
    denominator: [
      '当期到期的随访（死亡、谢绝除外）',
      'Follow-ups due in the period, without deaths and refusals',
    ],
    components: [['declined', '谢绝', 'Declined']],
  },
  'BDI-25': {
    name: ['病残儿家庭建档率', 'Family files'],
    unit: '%',
    numerator: ['其中已建档', 'Of these, with a file'],
    denominator: ['期末已知的病残儿家庭', 'Families known at the period’s end'],
    caveat: ['家庭同意后方建档', 'A file is opened once the family agrees'],
  },
}
