import type { FinanceStatement } from '@youyu/shared/subsidies/finance-statements'
import { tierNames } from '@youyu/shared/subsidies/shares'
import type { Sheet } from '../../population/index.ts'

/** Yuan with two decimals, from fen, without a float in between. */
export function yuanOf(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

const columns = [
  ['项目', 10],
  ['级次', 8],
  ['预算（元）', 16],
  ['期初可用（元）', 16],
  ['本期到位（元）', 16],
  ['结转（元）', 14],
  ['本期批准（元）', 16],
  ['本期兑付（元）', 16],
  ['退回（元）', 14],
  ['收回（元）', 14],
  ['期末可用（元）', 16],
  ['期末应付（元）', 16],
] as const

type Amounts = FinanceStatement['total']
const cells = (amounts: Amounts) =>
  [
    amounts.budgetFen,
    amounts.openingFen,
    amounts.receivedFen,
    amounts.carriedFen,
    amounts.committedFen,
    amounts.paidFen,
    amounts.returnedFen,
    amounts.recoveredFen,
    amounts.closingFen,
    amounts.payableFen,
  ].map(yuanOf)

/** The statement as a table; its last line says under which seal it was made. */
export function sheetOf({ rows, total, lastNumber, seal }: FinanceStatement): Sheet {
  const under = seal
    ? `台账第 ${lastNumber} 号，封存 ${seal.sequence}，${seal.root}`
    : `台账第 ${lastNumber} 号`
  return {
    name: '对账单',
    columns: columns.map(([header, width]) => ({ header, width })),
    rows: [
      ...rows.map((row) => [row.programme, tierNames[row.tier][0], ...cells(row)]),
      ['合计', '', ...cells(total)],
      [under],
    ],
  }
}
