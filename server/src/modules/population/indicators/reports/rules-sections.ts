import type { IndicatorCode, IndicatorValue, SituationReport } from '@youyu/shared/population/indicators'
import { compared, pick, type Figures } from './rules-figures.ts'
import { quality } from './rules-quality.ts'
import { figure, signed, stated, type Sentence } from './rules-words.ts'

type Section = SituationReport['sections'][number]

const FEWEST_PUBLISHED = 5

export const reportCodes = {
  population: ['POP-04', 'POP-20', 'POP-21'],
  births: ['POP-01', 'POP-02', 'POP-05', 'POP-11'],
  deaths: ['POP-03', 'POP-23'],
  moves: [],
  marriages: ['POP-13', 'POP-16'],
  timeliness: ['POP-24', 'POP-25'],
  quality: ['POP-07'],
} satisfies Record<string, IndicatorCode[]>

export function sectionsOf(figures: Figures): Section[] {
  return [
    section('population', ['人口', 'Population'], population(figures), figures),
    section('births', ['出生与出生性别比', 'Births and sex ratio at birth'], births(figures), figures),
    section('deaths', ['死亡', 'Deaths'], deaths(figures), figures),
    section('moves', ['迁移流动', 'Moves'], moves(figures), figures),
    section('marriages', ['婚姻', 'Marriages'], marriages(figures), figures),
    section('timeliness', ['登记及时性', 'Timeliness of registration'], timeliness(figures), figures),
    section('quality', ['数据质量', 'Quality of the figures'], quality(figures), figures),
  ]
}

function section(
  key: keyof typeof reportCodes,
  [zh, en]: Sentence,
  sentences: readonly Sentence[],
  { now }: Figures,
): Section {
  return {
    key,
    zh: { title: zh, sentences: sentences.map(([chinese]) => chinese) },
    en: { title: en, sentences: sentences.map(([, english]) => english) },
    values: reportCodes[key].flatMap((code) => now.get(code) ?? []),
  }
}

function population(figures: Figures): Sentence[] {
  const { opening, closing, isPublication } = figures
  const [zh, en] =
    figures.population === 'hukou' ? ['户籍人口', 'Registered population'] : ['常住人口', 'Residents']
  const size: Sentence[] =
    closing === null
      ? [[`期末在人口账簿起始日之前，无${zh}数。`, 'The book of people does not reach back to this period.']]
      : opening === null || isPublication
        ? [[`期末${zh} ${figure(closing)} 人。`, `${en} at the end of the period: ${figure(closing)}.`]]
        : [
            [
              `期末${zh} ${figure(closing)} 人，期初 ${figure(opening)} 人，期内变动 ${signed(closing - opening)} 人。`,
              `${en} at the end of the period: ${figure(closing)}; at its start ${figure(opening)}, a change of ${signed(closing - opening)}.`,
            ],
          ]
  const now: Sentence = ['按当前登记状况，人户分离率', 'As registered now, hukou–residence separation']
  return [
    ...size,
    ...compared(figures, ['自然增长率', 'Natural growth'], 'POP-04'),
    ...periodRates(figures),
    ...stated(now, pick(figures.now, 'POP-20')),
    ...stated(
      ['按当前登记状况，流动人口占比', 'As registered now, the share of the floating population'],
      pick(figures.now, 'POP-21'),
    ),
  ]
}

function periodRates({ months }: Figures): Sentence[] {
  return months === 12
    ? []
    : [
        [
          `本期为 ${months} 个月，各率为期间率，未年化，不可与年率直接比较。`,
          `The period has ${months} month(s): rates are those of the period, not annualised and not comparable with annual ones.`,
        ],
      ]
}

function births(figures: Figures): Sentence[] {
  const born = pick(figures.now, 'POP-01')
  const [male, female] = ['male', 'female'].map((sex) => pick(figures.now, 'POP-01', sex)?.value ?? null)
  const earlier = pick(figures.before, 'POP-01')?.value ?? null
  const bySex = typeof male === 'number' && typeof female === 'number'
  const counted: Sentence[] =
    born?.value === null || born === undefined
      ? stated(['期内活产', 'Live births in the period'], born)
      : [
          [
            `期内活产 ${figure(born.value)} 人${bySex ? `（男 ${figure(male)}，女 ${figure(female)}）` : ''}${earlier === null ? '' : `，上年同期 ${figure(earlier)} 人，相差 ${signed(born.value - earlier)} 人`}。`,
            `${figure(born.value)} live births in the period${bySex ? ` (${figure(male)} boys, ${figure(female)} girls)` : ''}${earlier === null ? '' : `, ${figure(earlier)} a year earlier, a difference of ${signed(born.value - earlier)}`}.`,
          ],
        ]
  return [
    ...counted,
    ...compared(figures, ['出生率', 'Birth rate'], 'POP-02'),
    ...compared(figures, ['出生人口性别比', 'Sex ratio at birth'], 'POP-05'),
    ...usualRatio(pick(figures.now, 'POP-05')),
    [
      '近月出生数会因迟报而增加，以各月修订表为准。',
      'Births of recent months still grow as late reports come in; see the table of revisions.',
    ],
  ]
}

const USUAL = { low: 103, high: 107 }

/** Whether the interval leaves the usual range open. */
function usualRatio(ratio: IndicatorValue | undefined): Sentence[] {
  if (!ratio || ratio.low === null || ratio.high === null) return []
  if (ratio.stability === 'UNSTABLE')
    return [
      [
        '出生数少于 500，性别比只作描述，不作水平判断。',
        'With fewer than 500 births the ratio describes; it does not tell a level.',
      ],
    ]
  if (ratio.low <= USUAL.high && ratio.high >= USUAL.low)
    return [
      [
        '区间与通常范围 103–107 相交，不能判定偏离。',
        'The interval meets the usual range of 103–107: no departure can be told.',
      ],
    ]
  return [
    [
      '区间在通常范围 103–107 之外；先核查报告数据，再作解释。',
      'The interval lies outside the usual range of 103–107: check the reporting first, then explain.',
    ],
  ]
}

function deaths(figures: Figures): Sentence[] {
  const early: [string, Sentence][] = [
    ['infant', ['婴儿死亡率', 'Infant mortality']],
    ['under-5', ['5 岁以下儿童死亡率', 'Under-five mortality']],
    ['maternal', ['孕产妇死亡率', 'Maternal mortality']],
  ]
  return [
    ...compared(figures, ['死亡率', 'Death rate'], 'POP-03'),
    ...early.flatMap(([component, words]) => earlyDeaths(figures, component, words)),
  ]
}

/** A rate of no deaths among few births says nothing: only that there were none. */
function earlyDeaths(figures: Figures, component: string, [zh, en]: Sentence): Sentence[] {
  const value = pick(figures.now, 'POP-23', component)
  return value?.numerator === 0
    ? [[`${zh}：期内没有这类死亡记录。`, `${en}: no such death recorded in the period.`]]
    : compared(figures, [zh, en], 'POP-23', component)
}

/** Flows go out only where no range of months hides a small one, and where births and deaths do too: they add up. */
function mayTellMoves({ isPublication, isCounty, moves, now }: Figures): boolean {
  if (!isPublication) return true
  const isSmall = moves.some(({ movesIn, movesOut }) => Math.min(movesIn, movesOut) < FEWEST_PUBLISHED)
  const isHeld = (['POP-01', 'POP-03'] as const).some((code) => pick(now, code)?.suppressed !== null)
  return isCounty && !isSmall && !isHeld
}

function moves(figures: Figures): Sentence[] {
  if (!mayTellMoves(figures))
    return [['迁移人数按小数规则不公布。', 'Moves: withheld by the small-number rule.']]
  const sum = (of: 'movesIn' | 'movesOut') => figures.moves.reduce((total, month) => total + month[of], 0)
  const [movesIn, movesOut] = [sum('movesIn'), sum('movesOut')]
  return [
    [
      `按村计，期内迁入 ${figure(movesIn)} 人次，迁出 ${figure(movesOut)} 人次，净 ${signed(movesIn - movesOut)}；含区域内村与村之间的迁移。`,
      `By village, ${figure(movesIn)} moves in and ${figure(movesOut)} moves out, net ${signed(movesIn - movesOut)}; moves between villages of the area are among both.`,
    ],
  ]
}

function marriages(figures: Figures): Sentence[] {
  return [
    ...compared(figures, ['女性初婚人数', 'First marriages of women'], 'POP-13'),
    ...stated(['平均初婚年龄', 'Mean age at first marriage'], pick(figures.now, 'POP-16')),
    ['婚龄只作描述，不设目标。', 'Age at marriage describes; it is never a target.'],
  ]
}

function timeliness(figures: Figures): Sentence[] {
  return [
    ...compared(
      figures,
      ['出生后 30 日内完成户口登记的比例', 'Births with hukou registration within 30 days'],
      'POP-24',
    ),
    ...compared(
      figures,
      ['机构内分娩已签发出生医学证明的比例', 'Births in institutions with a certificate'],
      'POP-25',
    ),
  ]
}
