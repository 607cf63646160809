import { LabFlag, labFlags } from '@youyu/shared/birth-defects/lab-codes'

/** What is typed quickly: a sign, a code, its name, or a number. */
const short: Record<string, LabFlag> = {
  '+': 'POS',
  '＋': 'POS',
  '-': 'NEG',
  '－': 'NEG',
  '−': 'NEG',
  '±': 'GREY',
  h: 'HIGH',
  l: 'LOW',
  n: 'NORMAL',
  a: 'ABNORMAL',
}

export type CellValue = { flag: LabFlag } | { number: number } | { wrong: true } | null

/** Reads a cell of the batch table; null where nothing was typed. */
export function readCell(typed: string, allowed: readonly string[], hasNumber: boolean): CellValue {
  const text = typed.normalize('NFKC').trim()
  if (text === '') return null
  if (hasNumber && /^[<>]?\d+(\.\d+)?$/.test(text)) {
    return /^\d/.test(text) ? { number: Number(text) } : { wrong: true }
  }
  const flag = short[text.toLowerCase()] ?? flagNamed(text)
  // On panels of normal and abnormal a minus is normal.
  const meant = flag && !allowed.includes(flag) ? (twins[flag] ?? flag) : flag
  return meant && allowed.includes(meant) ? { flag: meant } : { wrong: true }
}

const twins: Partial<Record<LabFlag, LabFlag>> = {
  NEG: 'NORMAL',
  POS: 'ABNORMAL',
  NORMAL: 'NEG',
  ABNORMAL: 'POS',
}

function flagNamed(text: string): LabFlag | undefined {
  const code = LabFlag.safeParse(text.toUpperCase())
  if (code.success) return code.data
  return LabFlag.options.find((each) =>
    labFlags[each].some((name) => name.toLowerCase() === text.toLowerCase()),
  )
}
