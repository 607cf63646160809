import type { MatchState } from '@youyu/shared/subsidies/claims'

type Step = 'judge' | 'notify' | 'resolve'
/** Possible → suspected → both told → resolved; only what a human looked at is dismissed (domain §6.6). */
export const steps: Record<Step, { from: readonly MatchState[] }> = {
  judge: { from: ['POSSIBLE', 'SUSPECTED'] },
  notify: { from: ['SUSPECTED'] },
  resolve: { from: ['NOTIFIED'] },
}

export type ListRow = {
  number: Buffer
  programme: string
  county: number
  from: string | null
  to: string | null
}
const headers: Record<string, 'idNumber' | 'key' | 'programme' | 'county' | 'from' | 'to'> = {
  id_number: 'idNumber',
  身份证号: 'idNumber',
  公民身份号码: 'idNumber',
  key: 'key',
  programme: 'programme',
  项目: 'programme',
  county: 'county',
  县代码: 'county',
  from: 'from',
  起始月: 'from',
  to: 'to',
  截止月: 'to',
}

export function columnsOf(header: readonly string[]) {
  const columns = header.map((name) => headers[name.trim().toLowerCase()] ?? null)
  const has = (name: string) => columns.some((column) => column === name)
  return has('programme') && has('county') && (has('idNumber') || has('key')) ? columns : null
}

/** A row of a national list; null where it cannot be used. The number is hashed here and goes no further. */
export function listRow(
  cells: readonly string[],
  columns: NonNullable<ReturnType<typeof columnsOf>>,
  keyOf: (idNumber: string) => Buffer,
): ListRow | null {
  const cell = (name: string) => cells[columns.findIndex((column) => column === name)]?.trim() ?? ''
  const month = (text: string) => /^(\d{4})-?(\d{2})/.exec(text)?.slice(1).join('-')
  const idNumber = cell('idNumber').toUpperCase()
  const key = cell('key').toLowerCase()
  const number = /^[0-9a-f]{64}$/.test(key)
    ? Buffer.from(key, 'hex')
    : /^\d{17}[\dX]$/.test(idNumber)
      ? keyOf(idNumber)
      : null
  const programme = cell('programme').toUpperCase()
  const county = Number(cell('county').slice(0, 6))
  const [from, to] = [month(cell('from')), month(cell('to'))]
  const isMonth = (text: string | undefined) => text === undefined || /-(0[1-9]|1[0-2])$/.test(text)
  if (number === null || !/^[A-Z][A-Z0-9]{1,9}$/.test(programme) || !(county >= 110000 && county <= 999999))
    return null
  if (!isMonth(from) || !isMonth(to)) return null
  return { number, programme, county, from: from ? `${from}-01` : null, to: to ? `${to}-01` : null }
}
