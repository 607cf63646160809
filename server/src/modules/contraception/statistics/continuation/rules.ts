import { Z95, type Estimate } from '../../../statistics/index.ts'

/** Uses that came to an end in a whole month of use; `reason` null: still in use when it was looked. */
export type Ended = { monthsUsed: number; reason: string | null; n: number }

export type TableRow = {
  month: number
  atRisk: number
  ended: number
  censored: number
  survival: number
  low: number | null
  high: number | null
}

export const CONTINUATION_METHOD = 'actuarial life table by whole months; Greenwood on log(−log S), 95 %'

/** Who moved, died or is not known of has not stopped: she is out of sight (domain §4.3, CON-08). */
const outOfSight = ['MOVED', 'DEATH', 'UNKNOWN']

export const isEnd = (reason: string | null) => reason !== null && !outOfSight.includes(reason)

/**
 * Continuation by months of use (Potter 1966): who goes out of sight within a month counts half of it at risk. Interval by
 * Greenwood's variance on the log(−log) scale, which stays between 0 and 1.
 */
export function continuationTable(uses: readonly Ended[], months = 60): TableRow[] {
  let atStart = uses.reduce((sum, { n }) => sum + n, 0)
  let survival = 1
  let variance = 0
  const rows: TableRow[] = []
  for (let month = 0; month < months && atStart > 0; month += 1) {
    const here = uses.filter(({ monthsUsed }) => monthsUsed === month)
    const sum = (those: readonly Ended[]) => those.reduce((total, { n }) => total + n, 0)
    const ended = sum(here.filter(({ reason }) => isEnd(reason)))
    const censored = sum(here) - ended
    const atRisk = atStart - censored / 2
    survival *= 1 - ended / atRisk
    if (ended > 0 && atRisk > ended) variance += ended / (atRisk * (atRisk - ended))
    rows.push({ month: month + 1, atRisk, ended, censored, survival, ...boundsOf(survival, variance) })
    atStart -= ended + censored
  }
  return rows
}

function boundsOf(survival: number, variance: number): { low: number | null; high: number | null } {
  if (survival <= 0 || survival >= 1 || variance === 0) return { low: null, high: null }
  const half = (Z95 * Math.sqrt(variance)) / Math.abs(Math.log(survival))
  return { low: survival ** Math.exp(half), high: survival ** Math.exp(-half) }
}

/** Still using after so many months, in percent; null where nobody was seen that long. */
export function continuationAt(rows: readonly TableRow[], month: number): Estimate {
  const row = rows.find((each) => each.month === month)
  const percent = (share: number | null) => (share === null ? null : 100 * share)
  if (!row) return { value: null, low: null, high: null, method: CONTINUATION_METHOD }
  return {
    value: 100 * row.survival,
    low: percent(row.low),
    high: percent(row.high),
    method: CONTINUATION_METHOD,
  }
}

/** Woman-years of use within the first months: ends and losses count half their month. */
export function womanYears(rows: readonly TableRow[], months = 12): number {
  return rows
    .filter(({ month }) => month <= months)
    .reduce((sum, { atRisk, ended }) => sum + (atRisk - ended / 2) / 12, 0)
}
