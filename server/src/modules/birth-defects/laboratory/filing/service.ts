import type { ErrorCode } from '@youyu/shared/errors'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { isTransient, isUnreachable, meaningOf, serverErrorIn } from '../../../../database/failures.ts'
import { sending } from '../../../../database/statements.ts'
import { failureShown } from '../../../../logging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { recordLinks, type LinkEvent } from '../../chains/index.ts'
import { filingFor, type FiledResults } from '../../filing.ts'
import { applyBloodSpotResults } from '../../newborn-screens/index.ts'
import { applyPrenatalResults } from '../../prenatal-screens/index.ts'
import { applyTorchResults } from '../../torch/index.ts'
import * as queries from './queries.ts'

type Apply = (
  tx: Transaction,
  office: Office,
  access: Access,
  results: FiledResults,
  at: Date,
) => Promise<LinkEvent[]>

/** Who reads the answers of a panel. */
const readers: { panels: readonly string[]; apply: Apply }[] = [
  { panels: ['TORCH', 'PRECONCEPTION'], apply: applyTorchResults },
  { panels: ['SERUM', 'NIPT', 'OGTT'], apply: applyPrenatalResults },
  { panels: ['BLOOD_SPOT'], apply: applyBloodSpotResults },
]
/** Panels whose answers go into a record; all others are read under their orders. */
export const panelsRead = readers.flatMap(({ panels }) => panels)

export type Held = { barcode: string; code: ErrorCode }

/** Into the records of those who ordered, each facility's own; answers what those records could not take. */
export async function fileBatch(
  tx: Transaction,
  office: Office,
  access: Access,
  batchId: Id,
  filed: readonly { facility: Id; panels: readonly string[] }[],
  at: Date,
): Promise<Held[]> {
  const held: Held[] = []
  for (const { facility, panels } of filed)
    await filingFor(tx, access, facility, async (theirs) => {
      held.push(...(await fileOrHold({ tx, office, access: theirs, panels, at }, { batchId })))
    })
  return held
}

/** Once more what the record could not take of one order of my facility; answers whether it is in the record now. */
export async function fileOrder(
  tx: Transaction,
  office: Office,
  access: Access,
  orderId: Id,
  at: Date,
): Promise<boolean> {
  if (!(await queries.lockHeld(tx, access, orderId))) return true
  const filing = { tx, office, access, panels: panelsRead, at }
  return (await fileOrHold(filing, { orderIds: [orderId] })).length === 0
}

type Filing = { tx: Transaction; office: Office; access: Access; panels: readonly string[]; at: Date }

/**
 * One woman's record is no reason to turn back the answers of all the others. Nearly always all records take everything,
 * so everything is tried together; what fails is halved until the order is found whose record cannot take its answers,
 * and those are held under it, with the reason.
 */
async function fileOrHold(filing: Filing, results: FiledResults): Promise<Held[]> {
  const { tx, office, access, panels, at } = filing
  const failure = await failureOf(filing, results)
  if (failure === null) return []

  const orders = await queries.answeredOrders(tx, access, results, panels)
  if (orders.length > 1) {
    const middle = Math.ceil(orders.length / 2)
    const held: Held[] = []
    for (const half of [orders.slice(0, middle), orders.slice(middle)])
      held.push(...(await fileOrHold(filing, { orderIds: half.map(({ id }) => id) })))
    return held
  }
  // Nobody's record is in the way, so there is nothing to hold and nobody to tell: the fault is ours.
  if (orders.length === 0) {
    office.log.error({ failure: failureShown(failure.error) }, 'results of no order could not be filed')
    throw new Refused('internal')
  }
  const code = reasonOf(failure.error)
  for (const { id } of orders) {
    await queries.holdResults(tx, access, id, code, todayOf(at))
    office.log.warn({ failure: failureShown(failure.error), orderId: id, code }, 'results could not be filed')
  }
  return orders.map(({ barcode }) => ({ barcode, code }))
}

/** Files all of it or nothing; nothing of it is under way any more when it fails. */
async function failureOf(
  { tx, office, access, panels, at }: Filing,
  results: FiledResults,
): Promise<{ error: unknown } | null> {
  const marked = sending(queries.mark(tx))
  const released = sending(queries.releaseResults(tx, access, results))
  try {
    const theirs = readers.filter(({ panels: read }) => read.some((panel) => panels.includes(panel)))
    const said = await allOf(theirs.map(({ apply }) => apply(tx, office, access, results, at)))
    // Last, and of all panels together: the counts of chains are shared by everybody who posts, and held until the commit.
    await recordLinks(tx, access, said.flat(), at)
    await Promise.all([marked, released])
    return null
  } catch (error) {
    if (isTransient(error) || isUnreachable(error)) throw error
    await queries.backToMark(tx)
    return { error }
  }
}

/** Waits for all of them even when one fails. A failure of the connection or of the moment is told before any other. */
async function allOf<Answer>(under: readonly Promise<Answer>[]): Promise<Answer[]> {
  const outcomes = await Promise.allSettled(under)
  const failures = outcomes.flatMap((each): unknown[] => (each.status === 'rejected' ? [each.reason] : []))
  if (failures.length > 0)
    throw (
      failures.find((error) => isTransient(error) || isUnreachable(error)) ??
      failures.find(isFirst) ??
      failures[0]
    )
  return outcomes.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
}

/** Not only refused because another statement of the transaction had failed before it. */
const isFirst = (error: unknown) => serverErrorIn(error)?.code !== '25P02'

/** In a word that the people of both facilities can act on. */
function reasonOf(error: unknown): ErrorCode {
  if (error instanceof Refused) return error.details.errors?.[0]?.code ?? error.code
  const { constraint } = serverErrorIn(error) ?? {}
  return constraint ? meaningOf(constraint) : 'unfiled-result'
}
