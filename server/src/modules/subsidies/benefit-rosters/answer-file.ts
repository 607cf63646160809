import { parse } from 'csv-parse/sync'
import type { ErrorCode } from '@youyu/shared/errors'
import type { CivilDate } from '@youyu/shared/values'

export type Answer = {
  seq: number
  outcome: 'PAID' | 'NOT_PAID'
  paidOn: CivilDate | null
  reason: string | null
}
export type WrongRow = { row: number; field: string; code: ErrorCode }

const outcomes: Record<string, Answer['outcome']> = {
  PAID: 'PAID',
  NOT_PAID: 'NOT_PAID',
  已发放: 'PAID',
  未发放: 'NOT_PAID',
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)
}

/** The department's answer: every person once, paid on a day that has been or not paid for a reason. */
export function readAnswer(
  file: string,
  people: number,
  today: CivilDate,
): { answers: Answer[]; wrong: WrongRow[] } {
  let records: string[][]
  try {
    records = parse(file, { bom: true, skip_empty_lines: true, trim: true, relax_column_count: true })
  } catch {
    return { answers: [], wrong: [{ row: 0, field: 'file', code: 'invalid-value' }] }
  }
  const rows = /^\d+$/.test(records[0]?.[0] ?? '') ? records : records.slice(1)
  const seen = new Set<number>()
  const wrong: WrongRow[] = []
  const answers = rows.flatMap((cells, index): Answer[] => {
    const refuse = (field: string, code: ErrorCode): Answer[] => {
      wrong.push({ row: index + 1, field, code })
      return []
    }
    const [seqText = '', outcomeText = '', paidOn = '', reason = ''] = cells
    const seq = Number(seqText)
    if (!/^\d{1,7}$/.test(seqText) || seq < 1 || seq > people) return refuse('seq', 'not-found')
    if (seen.has(seq)) return refuse('seq', 'already-exists')
    seen.add(seq)
    const outcome = outcomes[outcomeText]
    if (!outcome) return refuse('outcome', 'invalid-value')
    if (outcome === 'NOT_PAID') {
      if (reason === '' || reason.length > 200) return refuse('reason', 'required')
      return [{ seq, outcome, paidOn: null, reason }]
    }
    if (!isSafe(paidOn) || paidOn > today) return refuse('paidOn', 'invalid-date')
    return [{ seq, outcome, paidOn, reason: null }]
  })
  if (wrong.length === 0 && seen.size < people)
    wrong.push({ row: rows.length, field: 'seq', code: 'required' })
  return { answers, wrong }
}

function isSafe(text: string): boolean {
  try {
    return isDay(text)
  } catch {
    return false
  }
}
