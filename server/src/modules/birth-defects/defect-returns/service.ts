import { stringify } from 'csv-stringify/sync'
import { writeXlsx } from 'hucre/xlsx'
import type { DefectReturn, ReturnFigures } from '@youyu/shared/birth-defects/defect-returns'
import { dayAfter, daysOfQuarter } from '@youyu/shared/birth-defects/reporting-periods'
import type { Access } from '../../../access/access.ts'
import { record, type Deed } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { transaction } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { selectDeadlines } from '../defect-categories/index.ts'
import * as queries from './queries.ts'
import { changesSince, linesOf, perinatalLines, type Line } from './rules.ts'

export type Asked = { scope: queries.Scope; quarter: string }

const deedOf = (action: Deed['action'], { scope, quarter }: Asked): Deed => ({
  ...{ action, entity: 'defect-return', fields: [scope, quarter], purpose: 'SURVEILLANCE' },
})

async function figuresOf(
  tx: Transaction,
  access: Access,
  scope: queries.Scope,
  period: queries.Period,
): Promise<ReturnFigures> {
  const [cells, beside, perinatals] = await Promise.all([
    queries.countCells(tx, access, scope, period),
    queries.countBeside(tx, access, scope, period),
    queries.countPerinatals(tx, access, scope, period),
  ])
  return { cells, perinatals, ...beside }
}

const numbersOf = (quarter: string) => ({
  year: Number(quarter.slice(0, 4)),
  quarter: Number(quarter.slice(5)),
})

async function told(
  tx: Transaction,
  office: Office,
  access: Access,
  { scope, quarter }: Asked,
): Promise<DefectReturn> {
  const today = todayOf(office.now())
  const period = daysOfQuarter(quarter)
  const [figures, filed, deadlines, facilities] = await Promise.all([
    figuresOf(tx, access, scope, period),
    queries.findFiled(tx, access, scope, numbersOf(quarter)),
    selectDeadlines(tx, today),
    scope === 'COUNTY' ? queries.selectFacilities(tx, access, period) : [],
  ])
  const dueOn = dayAfter(period.to, deadlines[scope === 'COUNTY' ? 'COUNTY_RETURN' : 'FACILITY_RETURN'].days)
  return {
    ...{ scope, quarter, ...period, dueOn, figures, facilities },
    isLate: (filed?.filedOn ?? today) > dueOn,
    filed: filed
      ? {
          ...{ id: filed.id, on: filed.filedOn, at: filed.filedAt.toISOString() },
          ...{ by: filed.by, figures: filed.figures },
        }
      : null,
    changes: filed ? changesSince(filed.figures, figures) : [],
  }
}

export async function readReturn(office: Office, access: Access, asked: Asked): Promise<DefectReturn> {
  return await transaction(office.db, access, async (tx) => {
    await record(tx, access, deedOf('view', asked), office.now())
    return await told(tx, office, access, asked)
  })
}

/** 上报: frozen as it stands; what changes afterwards is listed, never written over. */
export async function fileReturn(office: Office, access: Access, asked: Asked): Promise<DefectReturn> {
  const at = office.now()
  const { scope, quarter } = asked
  const { from, to } = daysOfQuarter(quarter)
  if (to >= todayOf(at)) throw new Refused('quarter-not-over')
  return await transaction(office.db, access, async (tx) => {
    const place = await queries.findPlace(tx, access)
    if (!place) throw new Refused('no-facility')
    const figures = await figuresOf(tx, access, scope, { from, to })
    const all = figures.cells.find(
      (cell) => cell.window === 'HOSPITAL_28W_7D' && cell.category === 'ALL' && cell.dimension === 'ALL',
    )
    const { year, quarter: number } = numbersOf(quarter)
    await queries.insertReturn(tx, access, {
      ...{ id: newId(at.getTime()), facilityDivision: place.divisionCode, scope, reportingYear: year },
      ...{ quarter: number, periodFrom: from, periodTo: to, figures: JSON.stringify(figures) },
      dueOn: dayAfter(to, await daysAllowed(tx, scope, todayOf(at))),
      ...{ cards: all?.cases ?? 0, filedOn: todayOf(at), filedAt: at },
    })
    await record(tx, access, deedOf('create', asked), at)
    return await told(tx, office, access, asked)
  })
}

async function daysAllowed(tx: Transaction, scope: queries.Scope, today: string): Promise<number> {
  const deadlines = await selectDeadlines(tx, today)
  return deadlines[scope === 'COUNTY' ? 'COUNTY_RETURN' : 'FACILITY_RETURN'].days
}

export type ReturnFile = { name: string; contentType: string; content: Buffer }
const BYTE_ORDER_MARK = '\uFEFF'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What was filed; before that, what would be. */
export async function returnFile(
  office: Office,
  access: Access,
  { format, ...asked }: Asked & { format: 'xlsx' | 'csv' },
): Promise<ReturnFile> {
  const { figures, filed } = await transaction(office.db, access, async (tx) => {
    await record(tx, access, deedOf('export', asked), office.now())
    return await told(tx, office, access, asked)
  })
  const going = filed?.figures ?? figures
  const name = `出生缺陷季报-${asked.quarter}${filed ? '' : '-未上报'}.${format}`
  const [defects, births] = [linesOf(going), perinatalLines(going)]
  if (format === 'csv') {
    const rows = [defects.head, ...defects.lines, [], births.head, ...births.lines]
    const content = Buffer.from(BYTE_ORDER_MARK + stringify(rows))
    return { name, contentType: 'text/csv; charset=utf-8', content }
  }
  const sheet = (title: string, { head, lines }: { head: string[]; lines: Line[] }) => ({
    name: title,
    columns: head.map((_, place) => ({ width: place < 2 ? 30 : 11 })),
    rows: [head, ...lines],
    freezePane: { rows: 1 },
  })
  const book = await writeXlsx({ sheets: [sheet('出生缺陷', defects), sheet('围产儿', births)] })
  return { name, contentType: XLSX, content: Buffer.from(book) }
}
