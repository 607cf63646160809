import type { IndicatorValue } from '@youyu/shared/population/indicators'
import { pick, type Figures } from './rules-figures.ts'
import { figure, type Sentence } from './rules-words.ts'

/** How far the figures of a report may be trusted: closed months, the book, late reports, the last month's ratio. */
export function quality(figures: Figures): Sentence[] {
  const { closedUntil, residuals, lateBirths, lateDeaths, isPublication } = figures
  const closed: Sentence = closedUntil
    ? [
        `月结到 ${closedUntil.slice(0, 7)}；以后的月份仍可变动。`,
        `Months are closed up to ${closedUntil.slice(0, 7)}; later ones may still change.`,
      ]
    : ['尚未月结，各月数字仍可变动。', 'No month is closed yet: all figures may still change.']
  if (isPublication) return [closed]
  const balance: Sentence =
    residuals === 0
      ? [
          '期末账簿与人口逐村核对相符。',
          'At the end of the period the book agrees with the people of every village.',
        ]
      : [
          `期末有 ${figure(residuals)} 个村账簿与人口不符，待核对。`,
          `At the end of the period the book of ${figure(residuals)} village(s) differs from its people; to be checked.`,
        ]
  return [
    closed,
    balance,
    [
      `期内出生 ${figure(lateBirths.facts)} 条中 ${figure(lateBirths.late)} 条、死亡 ${figure(lateDeaths.facts)} 条中 ${figure(lateDeaths.late)} 条在当月结束后首次登记；迟报按发生日期计入。`,
      `${figure(lateBirths.late)} of ${figure(lateBirths.facts)} birth records and ${figure(lateDeaths.late)} of ${figure(lateDeaths.facts)} death records came after the end of their month; late facts count on the day they happened.`,
    ],
    ...swing(pick(figures.now, 'POP-07')),
  ]
}

const SWING_ASKS = 2

function swing(value: IndicatorValue | undefined): Sentence[] {
  if (!value || value.value === null) return []
  const z = figure(value.value, 'z')
  return value.value > SWING_ASKS && value.stability === 'STABLE'
    ? [
        [
          `期末月出生性别比与上月相差较大（z = ${z}），提示核查报告数据，不是追责。`,
          `The sex ratio at birth of the last month differs from the month before (z = ${z}): review the reporting; this is no blame.`,
        ],
      ]
    : [
        [
          `期末月出生性别比与上月相比，变动在随机波动范围内（z = ${z}）。`,
          `The sex ratio at birth of the last month is within random variation of the month before (z = ${z}).`,
        ],
      ]
}
