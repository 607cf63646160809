import type { SurveillanceWindow } from '@youyu/shared/birth-defects/defect-card-values'
import type { DefectPrevalence } from '@youyu/shared/birth-defects/surveillance'
import type { CivilDate } from '@youyu/shared/values'
import type { Cusum } from '../../../statistics/index.ts'
import type { trendOver } from './rules-years.ts'

export type Words = { zh: string; en: string }

const one = (value: number) => (Math.round(value * 10) / 10).toFixed(1)
const two = (value: number) => value.toFixed(2)
const percent = (share: number) => `${Math.round(share * 100)} %`
const chance = (p: number) => (p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`)

const days: Record<SurveillanceWindow, number> = {
  HOSPITAL_28W_7D: 7,
  POPULATION_28W_42D: 42,
  EXTENDED: 366,
}

/** Born until this day, everybody's window is over. */
function settledUntil(window: SurveillanceWindow, today: CivilDate): CivilDate {
  return new Date(Date.parse(today) - (days[window] + 1) * 86_400_000).toISOString().slice(0, 10)
}

/** What the rate is of, and what it must not be read as. */
export function readingWords(window: SurveillanceWindow, today: CivilDate): Words {
  const until = settledUntil(window, today)
  const of = {
    HOSPITAL_28W_7D: [
      '本县机构内出生的围产儿，不论现住地',
      'perinatals born in facilities of the county, wherever they live',
    ],
    POPULATION_28W_42D: [
      '本县常住妇女的围产儿，不论在何处出生',
      'perinatals of residents of the county, wherever born',
    ],
    EXTENDED: [
      '本县常住妇女的围产儿；分子含 28 周前终止的妊娠，故不是其中一部分',
      'perinatals of residents of the county; the cases include pregnancies ended before 28 weeks and are not part of them',
    ],
  }[window] as [string, string]
  return {
    zh: `分母为${of[0]}。${until} 之后出生者观察期未满，病例可能增加。发生率是监测值：上升可能说明发现得更全，不得设为目标，也不用于排名。`,
    en: `The denominator is ${of[1]}. For whoever was born after ${until} the window is not over and cases may be added. Prevalence is watched, never a target or a ranking: a rise may mean better detection.`,
  }
}

export function trendWords({ test, yearly, from, to }: NonNullable<ReturnType<typeof trendOver>>): Words {
  const change =
    yearly &&
    `${one((yearly.ratio - 1) * 100)} %（95 % ${one((yearly.low - 1) * 100)}～${one((yearly.high - 1) * 100)} %）`
  const changeEn =
    yearly &&
    `${one((yearly.ratio - 1) * 100)} % (95 % ${one((yearly.low - 1) * 100)} to ${one((yearly.high - 1) * 100)} %)`
  const [z, p] = [test.z === null ? '—' : two(test.z), test.p === null ? 'p = —' : chance(test.p)]
  return {
    zh: `${from}—${to} 年：z = ${z}，${p}，${test.isSignificant ? '趋势有统计学意义，但不说明原因' : '趋势无统计学意义，不能据此说上升或下降'}${change ? `；平均每年变化 ${change}` : ''}。`,
    en: `${from}–${to}: z = ${z}, ${p}, ${test.isSignificant ? 'a significant trend, which does not say why' : 'not a significant trend; do not speak of a rise or fall'}${changeEn ? `; on average ${changeEn} a year` : ''}.`,
  }
}

export function comparisonWords(
  before: { key: string; prevalence: Pick<DefectPrevalence, 'perMille'> },
  now: { key: string; prevalence: Pick<DefectPrevalence, 'perMille'> },
  { z, isSignificant }: { z: number | null; isSignificant: boolean },
): Words {
  const perMille = ({ prevalence }: typeof now) =>
    prevalence.perMille === null ? '—' : two(prevalence.perMille)
  const figures = `${before.key} ${perMille(before)} ‰ → ${now.key} ${perMille(now)} ‰`
  const score = z === null ? '—' : two(z)
  return {
    zh: `${figures}：z = ${score}，${isSignificant ? '变化有统计学意义' : '变化无统计学意义，不能据此说上升或下降'}。`,
    en: `${figures}: z = ${score}, ${isSignificant ? 'a significant change' : 'not a significant change; do not speak of a rise or fall'}.`,
  }
}

export function cusumWords(
  cusum: Cusum | null,
  ground: 'GIVEN' | 'THREE_YEARS_BEFORE' | 'SAME_MONTHS',
): Words {
  if (!cusum)
    return {
      zh: '没有可比的平常水平（病例或围产儿为 0），不能作累积和图。',
      en: 'There is no usual level to compare with (no cases or no births): no CUSUM.',
    }
  const { design, points, falseAlarmChance } = cusum
  const alarms = points.filter(({ isAlarm }) => isAlarm).length
  const own = ground === 'SAME_MONTHS'
  return {
    zh: `${alarms === 0 ? '没有报警。' : `报警 ${alarms} 次。`}参考值 k = ${two(design.reference)}、限值 h = ${two(design.limit)} 例：若发生率不变，平均 ${Math.round(design.inControl)} 个月一次虚警，这 ${points.length} 个月内至少一次虚警的概率为 ${percent(falseAlarmChance)}；若升到 ${design.multiple} 倍，平均 ${one(design.outOfControl)} 个月报警。${own ? '平常水平取自同一时期，灵敏度偏低。' : ''}`,
    en: `${alarms === 0 ? 'No alarm. ' : `${alarms} alarm(s). `}Reference k = ${two(design.reference)}, limit h = ${two(design.limit)} cases: while nothing changes, a false alarm every ${Math.round(design.inControl)} months on average, and a chance of ${percent(falseAlarmChance)} of at least one in these ${points.length} months; at ${design.multiple} times the rate an alarm after ${one(design.outOfControl)} months on average.${own ? ' The usual level is that of the same months, which makes it less sensitive.' : ''}`,
  }
}

export function scanWords(
  cluster: {
    from: string
    to: string
    cases: number
    expected: number
    p: number
    isSignificant: boolean
  } | null,
  replicates: number,
): Words {
  if (!cluster)
    return {
      zh: '没有哪一段时间的病例多于应有数。',
      en: 'No stretch of time holds more cases than its share.',
    }
  const { from, to, cases, expected, p, isSignificant } = cluster
  const [first, last] = [from.slice(0, 7), to.slice(0, 7)]
  return {
    zh: `病例最集中的一段是 ${first} 至 ${last}：${cases} 例，按围产儿数应有 ${one(expected)} 例。随机重排 ${replicates} 次，${chance(p)}：${isSignificant ? '单凭偶然不易出现这样的聚集' : '这样的聚集偶然也常出现，不算聚集'}。`,
    en: `Cases are densest from ${first} to ${last}: ${cases}, where births would bring ${one(expected)}. Over ${replicates} random rearrangements, ${chance(p)}: ${isSignificant ? 'chance alone seldom gathers them so' : 'chance alone gathers them so often enough: no cluster'}.`,
  }
}

/** What an alarm means, and what it does not. */
export const alarmMeaning: Words = {
  zh: '报警的意思是：病例多于平常，值得查看。先核对是否因报告更全、诊断改变、重卡或转诊所致，再查病例的共同点。报警不说明原因，不说明任何机构或个人有过错，也不能预测；没有报警也不等于没有问题。同时看许多类别时，偶然报警会更多。',
  en: 'An alarm means that there are more cases than usual, worth looking at. First ask whether reporting became fuller, diagnosis changed, cards are double or mothers were referred; then what the cases share. It does not say why, blames no facility or person and foretells nothing; and no alarm does not mean that all is well. Whoever watches many categories at once sees more alarms by chance.',
}

export const funnelWords: Words = {
  zh: '各机构与全县水平相比；漏斗之内的差别可由偶然解释，不排名次。接收转诊的机构病例本来就多，界外只提示查看，不作评价。',
  en: 'Facilities around the county’s own value: inside the funnel chance explains the differences, and there is no ranking. Whoever takes referrals has more cases; outside means worth a look and no judgement.',
}
