import type { ScreenFlag, ScreenKind, ScreenResult } from '@youyu/shared/birth-defects/prenatal-values'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { voidLinks, type LinkEvent } from '../chains/index.ts'
import type { FiledResults } from '../filing.ts'
import { voidCasesOf } from '../screen-positives/index.ts'
import { pregnancyOf } from './pregnancy.ts'
import { screens, selectWindows } from './queries.ts'
import { insertReported, selectReported, updateReported, type Reported } from './queries-laboratory.ts'
import { followUp, linksOf } from './recording.ts'
import { gestationOn } from './rules.ts'

type Answer = { analyte: string; flag: string | null }

/** The result of an order from the coded answers of its analytes; the laboratory has read its numbers itself. */
export function resultOf(
  kind: ScreenKind,
  answers: readonly Answer[],
): { result: ScreenResult; flagged: ScreenFlag[] } {
  const of = (...flags: string[]) => answers.filter(({ flag }) => flag !== null && flags.includes(flag))
  const name = ({ analyte }: Answer): ScreenFlag =>
    kind === 'OGTT'
      ? 'GLUCOSE'
      : analyte === 'T21' || analyte === 'T18' || analyte === 'T13' || analyte === 'NTD'
        ? analyte
        : 'OTHER'
  const high = of('HIGH', 'ABNORMAL')
  const critical = of('CRITICAL')
  const flagged = [...new Set([...high, ...critical].map(name))]
  if (high.length > 0) return { result: 'HIGH', flagged }
  if (critical.length > 0) return { result: 'CRITICAL', flagged }
  return { result: of('NO_CALL').length > 0 ? 'NO_CALL' : 'LOW', flagged }
}

const later = (one: CivilDate, other: CivilDate): CivilDate => (one > other ? one : other)

/** What a laboratory sent of serum, cell-free DNA and glucose becomes screens of the facility that ordered, all at once. Answers what is to be said of their chains. */
export async function applyPrenatalResults(
  tx: Transaction,
  _office: Office,
  access: Access,
  answered: FiledResults,
  at: Date,
): Promise<LinkEvent[]> {
  const [orders, windows] = await Promise.all([
    selectReported(tx, access, answered),
    selectWindows(tx, access, todayOf(at)),
  ])
  if (orders.length === 0) return []
  await findChains(tx, access, orders, at)
  const rows = orders.flatMap((order) => {
    const { result, flagged } = resultOf(order.kind, order.answers)
    if (order.standing && order.standing.result === result) return []
    const takenOn = order.standing?.takenOn ?? order.takenOn
    const gestationDays = order.expectedOn ? gestationOn(order.expectedOn, takenOn) : null
    const window = windows.find(({ kind }) => kind === order.kind)
    return [
      {
        ...order,
        id: newId(at.getTime()),
        ...{ chainId: order.chainId!, decision: 'AGREED' as const, result, flagged, takenOn, gestationDays },
        offeredOn: order.standing?.offeredOn ?? order.offeredOn,
        reportedOn: later(order.reportedOn, takenOn),
        inWindow:
          gestationDays === null || !window
            ? null
            : gestationDays >= window.fromDays && gestationDays <= window.toDays,
      },
    ]
  })
  // A result that changed takes the place of the former one; one still awaited is filled in.
  const former = rows.flatMap(({ standing }) => (standing?.result ? [standing.id] : []))
  await takeBack(tx, access, former, at)
  const [awaited, fresh] = [rows.filter(isAwaited), rows.filter((row) => !isAwaited(row))]
  await updateReported(
    tx,
    access,
    awaited.map((row) => ({ ...row, id: row.standing!.id })),
    at,
  )
  await insertReported(
    tx,
    access,
    fresh.map((row) => ({ ...row, replaces: row.standing?.id ?? null })),
    at,
  )
  const found = [...awaited.map((row) => ({ ...row, id: row.standing!.id })), ...fresh]
  const links = found.flatMap((row) => {
    const said = linksOf(row.id, row)
    if (!isAwaited(row)) return said
    return said.filter(
      ({ event }) => event === 'POSITIVE' || (event === 'DONE' && row.standing!.takenOn === null),
    )
  })
  await followUp(tx, access, found, at)
  return links
}

const isAwaited = ({ standing }: Pick<Reported, 'standing'>): boolean =>
  standing !== null && standing.result === null

/** Of all women who have none yet, asked together: one after the other within hers, side by side on the wire. */
async function findChains(
  tx: Transaction,
  access: Access,
  orders: readonly Reported[],
  at: Date,
): Promise<void> {
  const found = await Promise.allSettled(
    orders
      .filter(({ chainId }) => !chainId)
      .map(async (order) => {
        const { chain } = await pregnancyOf(tx, access, order, order.takenOn, at)
        order.chainId = chain.chainId
        order.expectedOn = chain.expectedOn
      }),
  )
  // Nothing of theirs may still be under way when the batch goes back to its mark.
  for (const outcome of found) if (outcome.status === 'rejected') throw outcome.reason
}

async function takeBack(tx: Transaction, access: Access, ids: readonly Id[], at: Date): Promise<void> {
  if (ids.length === 0) return
  const reason = '检验科更正结果'
  await screens.void(tx, access, ids, reason, at)
  await voidLinks(tx, access, ids, reason, at)
  await voidCasesOf(tx, access, ids, reason, at)
}
