import type { ExportColumn, ExportState, PersonExport } from '@youyu/shared/population/exports'

const HOUR = 3600_000
const EXPORT_HOURS = 72

export function expiryFrom(moment: Date): Date {
  return new Date(moment.getTime() + EXPORT_HOURS * HOUR)
}

/** Few rows under their masks need nobody's leave (domain §9.6). */
export function firstState({
  rows,
  unmasked,
  approvalRows,
}: {
  rows: number
  unmasked: readonly string[]
  approvalRows: number
}): ExportState {
  return rows <= approvalRows && unmasked.length === 0 ? 'approved' : 'awaiting-approval'
}

export type KeptExport = Omit<
  PersonExport,
  'requestedAt' | 'decidedAt' | 'expiresAt' | 'mayDownload' | 'mayDecide'
> & {
  divisionCode: string
  requestedById: string
  requestedAt: Date
  decidedAt: Date | null
  expiresAt: Date
}

export function stateOf(row: Pick<KeptExport, 'state' | 'expiresAt'>, now: Date): ExportState {
  const isOpen = row.state === 'approved' || row.state === 'awaiting-approval'
  return isOpen && row.expiresAt <= now ? 'expired' : row.state
}

/** `approvesIn`: the subtrees in which the reader may decide; null where she may not. */
export type Reader = { actorId: string; approvesIn: readonly string[] | null; now: Date }

export function shownExport(row: KeptExport, { actorId, approvesIn, now }: Reader): PersonExport {
  const { divisionCode, requestedById, requestedAt, decidedAt, expiresAt, ...rest } = row
  const state = stateOf(row, now)
  const isOwn = requestedById === actorId
  return {
    ...rest,
    state,
    requestedAt: requestedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
    expiresAt: expiresAt.toISOString(),
    mayDownload: isOwn && state === 'approved',
    mayDecide:
      !isOwn &&
      state === 'awaiting-approval' &&
      approvesIn !== null &&
      approvesIn.some((prefix) => divisionCode.startsWith(prefix)),
  }
}

/** Headers as the import reads them. */
export const columnNames: Record<ExportColumn, string> = {
  name: '姓名',
  sex: '性别',
  birthDate: '出生日期',
  idType: '证件类别',
  idNumber: '身份证号',
  ethnicity: '民族',
  education: '学历',
  maritalStatus: '婚姻状况',
  hukouDivision: '户籍地',
  hukouType: '户口性质',
  residenceDivision: '现居住地',
  residenceStatus: '居住状态',
  residenceSince: '居住起始日期',
  householdNumber: '户号',
  relationToHead: '与户主关系',
  phone: '电话',
  address: '住址',
}
export const WATERMARK_NAME = '导出标识'

/** Who took the file, on which day, by which export (the end of its id): on every row. */
export function watermarkOf(exportId: string, actorName: string, today: string): string {
  return `${actorName} ${today} ${exportId.slice(-12)}`
}

/** A cell that a spreadsheet would run as a formula begins with an apostrophe. */
export function neutralised(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
}

export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map((cell) => (cell === null ? '' : /[",\r\n]/.test(cell) || cell === '' ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`
}
