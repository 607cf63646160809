import { procedureTypes } from '@youyu/shared/contraception/care-value-sets'
import { EpisodeMethod } from '@youyu/shared/contraception/episodes'
import { methodNames } from '@youyu/shared/contraception/methods'
import type { CareIndicatorCode } from '@youyu/shared/contraception/statistics'
import type { Written } from '../../../population/index.ts'

type Components = NonNullable<Written['components']>

const methods: Components = EpisodeMethod.options.map((method) => [method, ...methodNames[method]] as const)
const procedures: Components = Object.entries(procedureTypes)
  .filter(([type]) => type < 'P10')
  .map(([type, [zh, en]]) => [type, zh, en] as const)

const inUse = ['期末在用避孕措施者', 'Everybody with a method in use at the period’s end'] as const
const mixOnly = ['只作描述，不设目标，不排名', 'Describes only: never a target, never a ranking'] as const

export const written: Record<CareIndicatorCode, Written> = {
  'CON-01': {
    name: ['避孕率（综合避孕率）', 'Contraceptive prevalence'],
    unit: '%',
    numerator: [
      '期末 15–49 岁在婚、正在使用任何避孕方法者（含伴侣绝育）',
      'In union, 15–49, using any method at the end (a partner’s sterilisation counts)',
    ],
    denominator: [
      '登记在册的 15–49 岁在婚妇女，按期末月份最近一次统计',
      'Women of 15–49 in union by the register, as last counted in the period’s last month',
    ],
    caveat: [
      '分子的在婚状态以登记该措施时为准；登记不保留婚姻状况历史，未统计过的月份没有分母；仅含在本系统记录的使用者，抽样调查可作对照',
      'Union in the numerator is as of recording; the register keeps no history of marital status, so months in which nobody counted have no denominator; only users on record here, to be compared with a survey',
    ],
  },
  'CON-02': {
    name: ['避孕构成', 'Method mix'],
    unit: '%',
    numerator: ['使用该方法者', 'Users of the method'],
    denominator: inUse,
    caveat: mixOnly,
    targetForbidden: true,
    components: [
      ['sterilisation', '绝育（男、女）', 'Sterilisation, female and male'],
      ['iud', '宫内节育器', 'Intrauterine devices'],
      ['implant', '皮下埋植', 'Implants'],
      ['injection', '避孕针', 'Injections'],
      ['pill', '口服避孕药', 'Pills'],
      ['condom', '避孕套', 'Condoms'],
      ['spermicide', '外用药', 'Spermicide'],
      ['natural', '自然方法及其他', 'Natural methods and others'],
      ['users', '使用者', 'Users'],
      ...methods,
    ],
  },
  'CON-03': {
    name: ['长效可逆措施比例（WHO）', 'LARC share (WHO)'],
    unit: '%',
    numerator: ['使用宫内节育器或皮下埋植者', 'Users of intrauterine devices and implants'],
    denominator: ['使用现代方法者', 'Users of modern methods'],
    caveat: mixOnly,
    targetForbidden: true,
  },
  'CON-04': {
    name: ['长效避孕措施比例（国内口径）', 'Long-acting share (Chinese definition)'],
    unit: '%',
    numerator: [
      '绝育、宫内节育器、皮下埋植使用者',
      'Users of sterilisation, intrauterine devices and implants',
    ],
    denominator: inUse,
    caveat: [
      '只作描述，不设目标；分母是全部使用者，不是当期手术例数（报告中 89.6 % 一类数字须写明分母）',
      'Describes only, never a target; the denominator is all users and not the procedures of a period (a printed 89.6 % must name its own)',
    ],
    targetForbidden: true,
  },
  'CON-05': {
    name: ['现代方法需求满足率', 'Demand satisfied with modern methods'],
    unit: '%',
    numerator: ['使用现代方法者', 'Users of modern methods'],
    denominator: [
      '使用者＋未满足需求（期内知情选定方法而 30 天内未开始者）',
      'Users + unmet need (chosen in the period and not begun within thirty days)',
    ],
    caveat: [
      '从未来过的人的未满足需求不在登记内，须由调查得出；本值为上限，不公布',
      'The unmet need of those who never came is in no register and takes a survey: this is an upper bound and is not published',
    ],
  },
  'CON-06': {
    name: ['避孕服务及时提供率', 'Timely offer rate'],
    unit: '%',
    numerator: [
      '产后 42 天内、流产当日、要求后 7 天内得到咨询者',
      'Counselled within 42 days of a birth, on the day of an abortion, within 7 days of asking',
    ],
    denominator: ['同期应得到且未表示不再联系者', 'Those of the period who were due and had not opted out'],
    caveat: [
      '说的是提供，不是采用；时限未到者不计',
      'Of the offer, not of its uptake; who is not due yet is left out',
    ],
    components: [
      ['postpartum', '产后', 'After a birth'],
      ['postabortion', '流产后（仅县级）', 'After an abortion (counties only)'],
      ['request', '要求咨询', 'On request'],
    ],
  },
  'CON-07': {
    name: ['避孕服务到位率', 'Need met'],
    unit: '%',
    numerator: ['表达的需求在 30 天内满足', 'Expressed needs met within thirty days'],
    denominator: [
      '期内表达的需求（选定方法、要求药具、要求预约）；本人取消、迁出、死亡不计',
      'Needs expressed in the period (a method chosen, supplies or an appointment asked for); without declined, moved and died',
    ],
    components: [
      ['method', '选定的方法', 'A method chosen'],
      ['supply', '药具', 'Supplies'],
      ['appointment', '预约（含取出）', 'Appointments (removals among them)'],
    ],
  },
  'CON-08': {
    name: ['避孕失败率（Pearl 指数）', 'Failures per 100 woman-years (Pearl)'],
    unit: '/百人年',
    numerator: ['期内因避孕失败结束的使用', 'Uses that ended by failure in the period'],
    denominator: ['期内使用人年', 'Woman-years of use in the period'],
    caveat: [
      '仅县级；12 个月续用率的生命表另列；例数少时只看区间',
      'Of whole counties; the life table of continuation stands apart; where few, read the interval',
    ],
    components: methods,
  },
  'CON-09': {
    name: ['知情选择率', 'Informed-choice rate'],
    unit: '%',
    numerator: ['开始前有知情选择记录', 'Begun after an informed choice'],
    denominator: ['期内开始的方法（双重保护不计）', 'Methods begun in the period (dual use left out)'],
    caveat: [
      '目标可为 100 %；旧册导入的无知情选择，如实计入',
      'May be a target of 100 %; methods from old registers have none and count as such',
    ],
    components: [
      ['long-acting', '长效方法', 'Long-acting methods'],
      ['other', '其他方法', 'Other methods'],
    ],
  },
  'CON-10': {
    name: ['咨询质量（三项都告知）', 'Counselling quality (three of three told)'],
    unit: '%',
    numerator: [
      '讲解 3 种以上方法、说明副作用、说明随访',
      'Three or more methods explained, side effects told, follow-up told',
    ],
    denominator: ['期内知情选择记录', 'Informed choices of the period'],
    caveat: [
      '服务方自记；离场调查另作',
      'As recorded by those who counsel; an exit survey says what was heard',
    ],
    components: [
      ['three-methods', '讲解 3 种以上', 'Three methods or more'],
      ['side-effects', '说明副作用', 'Side effects'],
      ['follow-up', '说明随访', 'Follow-up'],
    ],
  },
  'CON-11': {
    name: ['随访率', 'Follow-up rate'],
    unit: '%',
    numerator: ['已完成的到期随访', 'Due follow-ups that were done'],
    denominator: ['到期随访，减去本人不要、迁出、取消', 'Due follow-ups, less declined, moved and cancelled'],
    caveat: ['本人不要的另列，不算未完成', 'Declines are shown apart: they are no failure'],
    components: [['declined', '本人不要', 'Declined']],
  },
  'CON-12': {
    name: ['要求取出 7 天内完成率', 'Removal on request within 7 days'],
    unit: '%',
    numerator: ['要求后 7 天内取出', 'Taken out within 7 days of the request'],
    denominator: [
      '期内取出要求（医学暂缓、本人取消不计）',
      'Requests of the period (without medical deferrals and cancelled ones)',
    ],
    caveat: ['保障指标：取出不设任何条件', 'A safeguard: a removal has no conditions'],
    components: [['deferred', '医学暂缓', 'Deferred for a medical reason']],
  },
  'CON-13': {
    name: ['手术并发症率', 'Complication rate'],
    unit: '‰',
    numerator: ['期内发生的并发症（流产手术另列）', 'Complications of the period (of abortions apart)'],
    denominator: ['期内同类手术', 'Procedures of the kind in the period'],
    caveat: [
      '例数少，读区间；并发症按发生日、手术按手术日统计',
      'Events are few: read the interval; complications by onset, procedures by their day',
    ],
    components: [...procedures, ['abortion', '流产手术（仅县级）', 'Abortions (counties only)']],
  },
  'CON-14': {
    name: ['节育手术例数', 'Procedures'],
    unit: '例',
    numerator: ['期内完成的手术（流产手术另列）', 'Procedures done in the period (abortions apart)'],
    caveat: ['流产手术只有县级合计，不设目标', 'Of abortions a county’s sum only, never a target'],
    targetForbidden: true,
    components: [...procedures, ['abortion', '流产手术（仅县级）', 'Abortions (counties only)']],
  },
  'CON-15': {
    name: ['流产与活产比', 'Abortions per live birth'],
    unit: '比',
    numerator: ['本县机构报告的流产手术', 'Abortions reported by the county’s facilities'],
    denominator: ['期内活产（常住）', 'Live births of residents in the period'],
    caveat: [
      '仅县级汇总，不设目标；外出就医者不在内',
      'A county’s aggregate, never a target; who went elsewhere is not in it',
    ],
    targetForbidden: true,
  },
  'CON-16': {
    name: ['健康检查覆盖率', 'Check-up coverage'],
    unit: '%',
    numerator: ['周期内至少参加一次者', 'Came at least once in their cycle'],
    denominator: [
      '周期始于期内的应邀者，减去本人不要',
      'Invited in a cycle that began in the period, less those who said no',
    ],
    caveat: ['两种分母都列出', 'Printed with both denominators'],
    components: [
      ['of-all', '占全部应邀者', 'Of all invited'],
      ['opted-out', '本人不要', 'Said no'],
    ],
  },
  'CON-17': {
    name: ['查体计划执行率', 'Plan execution'],
    unit: '%',
    numerator: ['在首次公布日期举行的场次', 'Sessions held on the day first published'],
    denominator: ['期内公布的场次', 'Sessions published for the period'],
    components: [
      ['held', '已举行（含改期）', 'Held, moved ones included'],
      ['capacity', '名额使用率', 'Capacity used'],
    ],
  },
  'CON-18': {
    name: ['查出率与治疗率', 'Detection and treatment'],
    unit: '%',
    numerator: ['有异常发现的检查', 'Check-ups with a finding'],
    denominator: ['期内检查人次', 'Check-ups of the period'],
    caveat: ['仅县级；一次检查可有多种发现', 'Of whole counties; a check-up may have several findings'],
    components: [
      ['rti', '生殖道感染', 'Reproductive tract infection'],
      ['gyn', '妇科疾病', 'Gynaecological disease'],
      ['treated', '已治疗（占查出）', 'Treated, of those found'],
      ['rti-treated', '生殖道感染已治疗', 'Reproductive tract infection treated'],
    ],
  },
  'CON-19': {
    name: ['“两癌”筛查率', 'Two-cancer screening coverage'],
    unit: '%',
    numerator: [
      '期末前三年内宫颈与乳腺都筛查过的 35–64 岁妇女',
      'Women of 35–64 with both screenings in the three years before the end',
    ],
    denominator: ['期末 35–64 岁妇女', 'Women of 35–64 at the end'],
    components: [
      ['cervix', '宫颈', 'Cervix'],
      ['breast', '乳腺', 'Breast'],
    ],
  },
  'CON-20': {
    name: ['药具断供率', 'Stock-out rate'],
    unit: '%',
    numerator: ['发放点缺货日（按品种）', 'Days without stock, by outlet and item'],
    denominator: [
      '发放点应有货日（自首次到货起）',
      'Days on which there should have been some, from the first delivery on',
    ],
  },
  'CON-21': {
    name: ['药具可及率', 'Free-supply reach'],
    unit: '%',
    numerator: ['现有全部免费品种的发放点', 'Outlets that have every free item now'],
    denominator: ['现有发放点', 'Outlets now'],
  },
  'CON-22': {
    name: ['应服务销号率', 'Due-service closing rate'],
    unit: '%',
    numerator: [
      '当月结束的应服务（含本人不要）',
      'Due services closed within the month, declined ones among them',
    ],
    denominator: ['月初结转＋当月新增', 'Carried forward + opened'],
    caveat: ['只含已结账月份；本人不要也是结束', 'Closed months only; a decline closes like anything else'],
    components: [
      ['done', '完成', 'Done'],
      ['declined', '本人不要', 'Declined'],
      ['moved', '迁出', 'Moved'],
      ['not_needed', '不再需要', 'No longer needed'],
      ['unreachable', '联系不上', 'Not reached'],
      ['died', '死亡', 'Died'],
      ['expired', '过期', 'Expired'],
    ],
  },
  'CON-23': {
    name: ['不孕不育个案完整率', 'Infertility cases with a complete file'],
    unit: '%',
    numerator: ['资料完整的个案', 'Cases with a complete file'],
    denominator: ['期内建档个案', 'Cases opened in the period'],
    caveat: ['仅县级', 'Of whole counties'],
  },
  'CON-24': {
    name: ['男性健康服务', 'Male participation'],
    unit: '%',
    numerator: ['男性接诊人次', 'Visits of men'],
    denominator: ['全部接诊人次', 'All visits'],
    components: [['vasectomy-counselling', '讲解过男性绝育的咨询', 'Counselling that explained vasectomy']],
  },
}
