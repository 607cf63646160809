import type {
  DecisionRow,
  DecisionTable,
  DecisionTableChange,
  DecisionTableKind,
  DecisionTableRow,
  NewDecisionTable,
} from '@youyu/shared/birth-defects/decision-support'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import * as queries from './queries.ts'
import { changesOf, revised, tableFaults } from './rules.ts'

const shown = ({ recordedAt, ...row }: queries.KeptTable, inForce: string | undefined): DecisionTableRow => ({
  ...row,
  isInForce: row.code === inForce,
  recordedAt: recordedAt.toISOString(),
})

export async function listTables(
  { db, now }: Office,
  access: Access,
  kind: DecisionTableKind | undefined,
): Promise<{ items: DecisionTableRow[] }> {
  const today = todayOf(now())
  return await reading(db, access, async (tx) => {
    const [tables, risk, advice] = await Promise.all([
      queries.selectTables(tx, access, kind),
      queries.findInForce(tx, access, 'RISK', today),
      queries.findInForce(tx, access, 'ADVICE', today),
    ])
    const items = tables.map((each) => shown(each, (each.kind === 'RISK' ? risk : advice)?.code))
    return { items }
  })
}

export async function tableOn(
  { db, now }: Office,
  access: Access,
  kind: DecisionTableKind,
  on: CivilDate | undefined,
): Promise<DecisionTable> {
  return await reading(db, access, async (tx) => {
    const found = await queries.findInForce(tx, access, kind, on ?? todayOf(now()))
    if (!found) throw new Refused('not-found')
    return { ...shown(found, found.code), rows: await queries.selectRows(tx, found.code) }
  })
}

export async function readTable({ db, now }: Office, access: Access, code: string): Promise<DecisionTable> {
  return await reading(db, access, async (tx) => {
    const found = await queries.findTable(tx, access, code)
    if (!found) throw new Refused('not-found')
    const [inForce, rows] = await Promise.all([
      queries.findInForce(tx, access, found.kind, todayOf(now())),
      queries.selectRows(tx, code),
    ])
    return { ...shown(found, inForce?.code), rows }
  })
}

export async function rehearsePublication(
  { db, now }: Office,
  access: Access,
  body: NewDecisionTable,
): Promise<{ changes: DecisionTableChange[] }> {
  return await reading(db, access, async (tx) => {
    const { before, after } = await revision(tx, access, body, todayOf(now()))
    return { changes: changesOf(before, after) }
  })
}

export async function publish(
  office: Office,
  access: Access,
  body: NewDecisionTable,
): Promise<DecisionTableRow> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const { standing, after } = await revision(tx, access, body, todayOf(at))
    const versions = await queries.selectTables(tx, access, standing.kind)
    const own = versions.filter(({ county }) => county === access.county).length
    const code = `${standing.kind}-${access.county}-${own + 1}`
    await queries.insertTable(tx, access, code, body, at)
    await queries.insertRows(tx, code, after)
    const { reason } = body
    await record(tx, access, { action: 'change', entity: 'decision-table', fields: [code], reason }, at)
    const inForce = await queries.findInForce(tx, access, standing.kind, todayOf(at))
    return shown((await queries.findTable(tx, access, code))!, inForce?.code)
  })
}

async function revision(tx: Transaction, access: Access, body: NewDecisionTable, today: CivilDate) {
  if (access.county === 0) throw new Refused('out-of-area')
  const standing = await queries.findTable(tx, access, body.basedOn)
  if (!standing) throw Refused.field('/basedOn', 'not-found')
  const before = await queries.selectRows(tx, standing.code)
  const faults = tableFaults(standing.kind, before, body, today)
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  return { standing, before, after: revised(before, body) }
}

export type AskedTable = { code: string; rows: readonly DecisionRow[] }

/** The version that a contact of the day is judged by. */
export async function tableInForce(
  tx: Transaction,
  access: Access,
  kind: DecisionTableKind,
  on: CivilDate,
): Promise<AskedTable> {
  const found = await queries.findInForce(tx, access, kind, on)
  if (!found) throw new Refused('not-found')
  return { code: found.code, rows: await rowsOf(tx, found.code) }
}

/** The rows of a version, however old. */
export async function rowsOf(tx: Transaction, code: string): Promise<readonly DecisionRow[]> {
  return await queries.selectRows(tx, code)
}
