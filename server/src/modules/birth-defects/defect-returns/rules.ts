import { defectCategories } from '@youyu/shared/birth-defects/defect-categories'
import { windowNames } from '@youyu/shared/birth-defects/defect-card-values'
import {
  returnDimensions,
  returnItems,
  type DefectReturn,
  type ReturnCell,
  type ReturnDimension,
  type ReturnFigures,
} from '@youyu/shared/birth-defects/defect-returns'

const keyOf = ({ window, category, dimension, item }: ReturnCell) =>
  `${window} ${category} ${dimension} ${item}`

/** Cells that are not what they were when the return was filed. */
export function changesSince(filed: ReturnFigures, now: ReturnFigures): DefectReturn['changes'] {
  const before = new Map(filed.cells.map((cell) => [keyOf(cell), cell]))
  const after = new Map(now.cells.map((cell) => [keyOf(cell), cell]))
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key)?.cases ?? 0, after.get(key)?.cases ?? 0]
    const { cases: _, ...cell } = (after.get(key) ?? before.get(key))!
    return was === is ? [] : [{ ...cell, filed: was, now: is }]
  })
}

const categoryRows: readonly (readonly [code: string, name: string])[] = [
  ['ALL', '出生缺陷合计（例）'],
  ...Object.entries(defectCategories)
    .sort(([left], [right]) => left.localeCompare(right))
    .map(([code, [zh]]) => [code, `${code} ${zh}`] as const),
  ['FUNCTIONAL', '代谢、听力等（另列）'],
]
const columnsOf: readonly (readonly [ReturnDimension, keyof typeof returnItems])[] = [
  ['ALL', 'ALL'],
  ...(['1', '2', '3', 'NONE'] as const).map((item) => ['SEX', item] as const),
  ...(['URBAN', 'RURAL', 'UNKNOWN'] as const).map((item) => ['RESIDENCE', item] as const),
  ...(['UNDER_20', '20_24', '25_29', '30_34', '35_PLUS', 'UNKNOWN'] as const).map(
    (item) => ['AGE', item] as const,
  ),
]

export type Line = (string | number)[]

/** The return as it goes out: every category in every window, noughts written. */
export function linesOf({ cells }: ReturnFigures): { head: string[]; lines: Line[] } {
  const found = new Map(cells.map((cell) => [keyOf(cell), cell.cases]))
  const head = [
    '监测期',
    '类别',
    ...columnsOf.map(([dimension, item]) =>
      dimension === 'ALL' ? '合计' : `${returnDimensions[dimension][0]}：${returnItems[item][0]}`,
    ),
  ]
  const lines = Object.entries(windowNames).flatMap(([window, [zh]]) =>
    categoryRows.map(([category, name]) => [
      `${zh}（${window}）`,
      name,
      ...columnsOf.map(([dimension, item]) => found.get(`${window} ${category} ${dimension} ${item}`) ?? 0),
    ]),
  )
  return { head, lines }
}

/** Births of 28 weeks or more, live and dead. */
export function perinatalLines({ perinatals }: ReturnFigures): { head: string[]; lines: Line[] } {
  const head = ['分组', '项目', '活产', '死胎死产', '围产儿数']
  const lines = perinatals.map(({ dimension, item, live, dead }) => [
    returnDimensions[dimension][0],
    returnItems[item as keyof typeof returnItems]?.[0] ?? item,
    ...[live, dead, live + dead],
  ])
  return { head, lines }
}
