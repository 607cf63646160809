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
      held.push(...(await fileAt(tx, office, theirs, { batchId }, panels, at)))
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
  return (await fileAt(tx, office, access, { orderIds: [orderId] }, panelsRead, at)).length === 0
}

/**
 * One woman's record is no reason to turn back the answers of all the others: what it cannot take is held under its order,
 * with the reason. Nearly always all records take everything, so all panels are tried together first. Chains hear of all panels
 * together and last: their counts are shared by everybody who posts, and are held until the commit.
 */
async function fileAt(
  tx: Transaction,
  office: Office,
  access: Access,
  results: FiledResults,
  panels: readonly string[],
  at: Date,
): Promise<Held[]> {
  const filing = [tx, office, access, results, panels, at] as const
  const ways = [
    () => allTogether(...filing),
    async () => {
      const said: LinkEvent[] = []
      const held = await eachPanel(...filing, (links) => said.push(...links))
      await recordLinks(tx, access, said, at)
      return held
    },
  ]
  for (const way of ways) {
    const marked = sending(queries.mark(tx, 'facility'))
    const released = sending(queries.releaseResults(tx, access, results))
    try {
      const held = await way()
      await Promise.all([marked, released])
      return held
    } catch (error) {
      if (isTransient(error) || isUnreachable(error)) throw error
      await queries.backToMark(tx, 'facility')
    }
  }
  await queries.releaseResults(tx, access, results)
  return await eachPanel(...filing, (links) => recordLinks(tx, access, links, at))
}

/** Nothing of it is under way any more when it fails. */
async function allTogether(
  tx: Transaction,
  office: Office,
  access: Access,
  results: FiledResults,
  panels: readonly string[],
  at: Date,
): Promise<Held[]> {
  const theirs = readers.filter(({ panels: read }) => read.some((panel) => panels.includes(panel)))
  const outcomes = await Promise.allSettled(theirs.map(({ apply }) => apply(tx, office, access, results, at)))
  const failures = outcomes.flatMap((outcome): unknown[] =>
    outcome.status === 'rejected' ? [outcome.reason] : [],
  )
  if (failures.length > 0)
    throw failures.find((error) => isTransient(error) || isUnreachable(error)) ?? failures[0]
  const said = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []))
  await recordLinks(tx, access, said, at)
  return []
}

type Say = (links: LinkEvent[]) => unknown

async function eachPanel(
  tx: Transaction,
  office: Office,
  access: Access,
  results: FiledResults,
  panels: readonly string[],
  at: Date,
  say: Say,
): Promise<Held[]> {
  const held: Held[] = []
  for (const { panels: read, apply } of readers) {
    const theirs = read.filter((panel) => panels.includes(panel))
    if (theirs.length === 0) continue
    const marked = sending(queries.mark(tx, 'panel'))
    try {
      const links = await apply(tx, office, access, results, at)
      await marked
      await say(links)
    } catch (error) {
      if (isTransient(error) || isUnreachable(error)) throw error
      await queries.backToMark(tx, 'panel')
      held.push(...(await eachOrder(tx, office, access, results, theirs, apply, at, say)))
    }
  }
  return held
}

/** Order by order, to find whose record it is that cannot take its answers. */
async function eachOrder(
  tx: Transaction,
  office: Office,
  access: Access,
  results: FiledResults,
  panels: readonly string[],
  apply: Apply,
  at: Date,
  say: Say,
): Promise<Held[]> {
  const held: Held[] = []
  for (const { id, barcode } of await queries.answeredOrders(tx, access, results, panels)) {
    await queries.mark(tx, 'sample')
    try {
      await say(await apply(tx, office, access, { orderIds: [id] }, at))
    } catch (error) {
      if (isTransient(error) || isUnreachable(error)) throw error
      await queries.backToMark(tx, 'sample')
      const code = reasonOf(error)
      await queries.holdResults(tx, access, id, code, todayOf(at))
      office.log.warn({ failure: failureShown(error), orderId: id, code }, 'results could not be filed')
      held.push({ barcode, code })
    }
  }
  return held
}

/** In a word that the people of both facilities can act on. */
function reasonOf(error: unknown): ErrorCode {
  if (error instanceof Refused) return error.details.errors?.[0]?.code ?? error.code
  const { constraint } = serverErrorIn(error) ?? {}
  return constraint ? meaningOf(constraint) : 'unfiled-result'
}
