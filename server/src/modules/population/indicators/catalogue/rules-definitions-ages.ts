import type { IndicatorCode } from '@youyu/shared/population/indicators'
import type { Written } from './rules-definition.ts'

const firstMarriages = ['期内初婚女性', 'Women marrying for the first time in the period'] as const
const asOfNow = ['按当前登记状况，不回溯历史', 'By what is registered now; its history is not kept'] as const
const describes = ['只作描述，不得设为目标', 'Describes only; never a target'] as const
const liveBirths = ['期内活产', 'Live births in the period'] as const

export const ageDefinitions: Record<IndicatorCode, Written> = {
  'POP-13': {
    name: ['女性初婚人数', 'First marriages of women'],
    unit: 'count',
    numerator: firstMarriages,
    caveat: [
      '按婚姻登记所记当事人所在地；户籍口径与常住口径相同',
      'By the place recorded with the marriage; the same for residence and hukou',
    ],
  },
  'POP-14': {
    name: ['晚婚率', 'Late-marriage rate'],
    unit: '%',
    numerator: ['23 岁及以上初婚女性', 'Women first marrying at 23 or older'],
    denominator: firstMarriages,
    caveat: describes,
    targetForbidden: true,
  },
  'POP-15': {
    name: ['晚育率', 'Late-birth rate'],
    unit: '%',
    numerator: ['母亲 24 岁及以上的一孩', 'First births of mothers at 24 or older'],
    denominator: ['母亲年龄已知的一孩', 'First births with known age of the mother'],
    caveat: describes,
    targetForbidden: true,
  },
  'POP-16': {
    name: ['平均初婚年龄', 'Mean age at first marriage'],
    unit: '岁',
    numerator: firstMarriages,
    caveat: [
      '直接平均＝周岁均值＋0.5；SMAM 由当前婚姻状况计算，不回溯历史，婚姻状况不明者不计',
      'Direct mean = mean of completed years + 0.5; SMAM from marital status as registered now, the unknown left out',
    ],
    components: [['smam', '单身法平均初婚年龄', 'Singulate mean age at marriage']],
  },
  'POP-17': {
    name: ['平均初育年龄', 'Mean age at first birth'],
    unit: '岁',
    numerator: ['母亲年龄已知的一孩', 'First births with known age of the mother'],
    caveat: ['周岁均值＋0.5', 'Mean of completed years + 0.5'],
  },
  'POP-18': {
    name: ['平均生育年龄', 'Mean age at childbearing'],
    unit: '岁',
    numerator: ['15–49 岁妇女的活产', 'Live births to women aged 15–49'],
    denominator: ['15–49 岁平均妇女', 'Mean women aged 15–49'],
    caveat: ['县以下按五岁组', 'Below the county by five-year groups'],
  },
  'POP-19': {
    name: ['已婚育龄妇女', 'Married women of reproductive age'],
    unit: '%',
    numerator: ['15–49 岁现已婚妇女', 'Women aged 15–49 now married'],
    denominator: ['当前总人口', 'Total population now'],
    caveat: asOfNow,
    components: [['count', '人数', 'Number']],
  },
  'POP-20': {
    name: ['人户分离率', 'Hukou–residence separation'],
    unit: '%',
    numerator: [
      '常住口径：流入（居住状态 3、4）；户籍口径：外出六个月以上（2）',
      'Residence: in-flow (status 3, 4); hukou: registered and away six months (2)',
    ],
    denominator: ['当前常住（或户籍）人口', 'Residents (or registered) now'],
    caveat: asOfNow,
  },
  'POP-21': {
    name: ['流动人口占比', 'Floating population share'],
    unit: '%',
    numerator: ['流入满六个月且户籍在他处者', 'In-flow of six months and more, registered elsewhere'],
    denominator: ['当前常住人口', 'Residents now'],
    caveat: [
      '按当前登记状况，不回溯历史；户籍口径下为本地户籍在外流入他处者占户籍人口',
      'By what is registered now; with hukou: those registered here who are in-flow elsewhere, of the registered',
    ],
  },
  'POP-22': {
    name: ['流动人口服务到位率', 'Migrant service contact'],
    unit: '%',
    numerator: [
      '其中期末前有生育登记或产前检查的分娩',
      'Of these, deliveries with a birth registration or an antenatal visit by the end of the period',
    ],
    denominator: ['母亲现为流入人口的期内分娩', 'Deliveries in the period of mothers who are now in-flow'],
    caveat: [
      '目标人群以期内分娩的流入妇女为限；其他服务尚无来源；没有这类分娩时为空',
      'Target group limited to in-flow women who gave birth; other services have no source yet; null without such deliveries',
    ],
  },
  'POP-23': {
    name: ['婴儿、新生儿、五岁以下、围产儿死亡率与孕产妇死亡率', 'Early and maternal mortality'],
    unit: '‰',
    numerator: ['期内该类死亡', 'Deaths of the kind in the period'],
    denominator: [
      '期内活产（围产：加 28 周及以上胎儿死亡）',
      'Live births (perinatal: with fetal deaths from 28 weeks)',
    ],
    caveat: [
      '县内例数多不足 20，看区间不看点值；孕产妇死亡率单位为 /10万',
      'Mostly fewer than 20 in a county: read the interval; maternal mortality is per 100,000',
    ],
    components: [
      ['infant', '婴儿死亡率', 'Infant mortality'],
      ['neonatal', '新生儿死亡率', 'Neonatal mortality'],
      ['under-5', '五岁以下儿童死亡率', 'Under-5 mortality'],
      ['perinatal', '围产儿死亡率', 'Perinatal mortality'],
      ['maternal', '孕产妇死亡率（/10万）', 'Maternal mortality (per 100,000)'],
    ],
  },
  'POP-24': {
    name: ['出生登记及时率', 'Timeliness of birth registration'],
    unit: '%',
    numerator: ['出生后 30 日内登记户口的活产', 'Live births registered in the hukou within 30 days'],
    denominator: liveBirths,
    caveat: [
      '不足 30 日的出生尚在期限内，近月偏低',
      'Births of the last thirty days still have time: the latest month reads low',
    ],
  },
  'POP-25': {
    name: ['出生医学证明签发率', 'Birth certificate issue rate'],
    unit: '%',
    numerator: ['机构内活产已签发出生医学证明', 'Live births in institutions with a certificate'],
    denominator: [
      '医院、妇幼机构、乡镇卫生院内活产',
      'Live births in hospitals, MCH institutions and township centres',
    ],
  },
  'POP-26': {
    name: ['未登记出生估计', 'Unregistered births (estimate)'],
    unit: 'count',
    numerator: [
      '户口登记（R）与医院分娩（H）双源 Chapman 估计',
      'Chapman estimate from hukou (R) and hospital (H)',
    ],
    denominator: ['户口已登记的活产', 'Live births known to the hukou register'],
    caveat: [
      '假定两源独立；只估计总数，不指向任何人',
      'Assumes independent registers; estimates a total and points at nobody',
    ],
  },
  'POP-27': {
    name: ['每千人口托位数', 'Childcare places per 1,000'],
    unit: '个/千人',
    numerator: ['期末在办托育机构托位', 'Places of childcare institutions open at the end'],
    denominator: ['期末人口', 'Population at the end'],
    caveat: ['国家目标：2025 年 4.5 个', 'National target: 4.5 by 2025'],
  },
  'POP-28': {
    name: ['三岁以下入托率', 'Under-3 enrolment'],
    unit: '%',
    numerator: ['期末在托的三岁以下儿童', 'Children under three enrolled at the end'],
    denominator: ['期末三岁以下儿童', 'Children under three at the end'],
    caveat: [
      '按儿童当前居住地；只含本区域可见机构',
      'By the child’s present place; institutions visible to the area only',
    ],
  },
  'POP-29': {
    name: ['母婴设施配置率', 'Mother–infant room coverage'],
    unit: '%',
    numerator: ['应配置场所中已达标者', 'Sites required that meet the standard'],
    denominator: ['应配置场所', 'Sites required'],
    caveat: asOfNow,
  },
}
