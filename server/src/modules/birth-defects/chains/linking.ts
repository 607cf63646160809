import type { ChainEvent, ChainItem, JoinGround, LinkReason } from '@youyu/shared/birth-defects/chain-values'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import * as queries from './queries.ts'

/** Her open chain, or a new one; a chain that no facility has becomes the asking one's. */
export async function openChain(
  tx: Transaction,
  access: Access,
  opening: queries.ChainOpening,
  at: Date,
): Promise<Id> {
  const chainId = await queries.openedChain(tx, access, newId(at.getTime()), opening, todayOf(at), at)
  if (!chainId) throw Refused.field('/womanId', 'not-found')
  return chainId
}

/** The chain that a record of this day belongs to, with the register's news in it; null where there is none. */
export async function chainFor(
  tx: Transaction,
  access: Access,
  subject: queries.ChainSubject,
  on: CivilDate,
  at: Date,
): Promise<queries.ChainFacts | null> {
  return await queries.findChain(tx, access, subject, on, todayOf(at), at)
}

export type LinkEvent = {
  chainId: Id
  item: ChainItem
  /** Of newborn screening and child follow-up. */
  childId?: Id | null | undefined
  event: Exclude<ChainEvent, 'INDICATED'>
  on: CivilDate
  reason?: LinkReason | null | undefined
  /** The record that says so: by it, it is taken back. */
  recordId: Id
  offerId?: Id | null | undefined
}

/** What was said and done of items, of one chain or of many: facts, links and counts in one statement. */
export async function recordLinks(
  tx: Transaction,
  access: Access,
  events: readonly LinkEvent[],
  at: Date,
): Promise<void> {
  if (events.length === 0) return
  const links = events.map((event) => ({ ...event, id: newId(at.getTime()) }))
  await queries.insertLinks(tx, access, links, todayOf(at), at)
}

/** Records were corrected or voided: what they said goes, and its links fall back to what else is known. */
export async function voidLinks(
  tx: Transaction,
  access: Access,
  records: Id | readonly Id[],
  reason: string,
  at: Date,
): Promise<void> {
  await queries.takeBackLinks(tx, access, [records].flat(), reason, todayOf(at), at)
}

export type Indication = {
  chainId: Id
  item: ChainItem
  childId?: Id | null | undefined
  /** Without them: the window of the schedule in force. */
  from?: CivilDate | null | undefined
  to?: CivilDate | null | undefined
  /** The day it was indicated; without it today. */
  on?: CivilDate | undefined
  recordId: Id
}

/** Makes items due that are only offered where something indicates them. */
export async function makeDue(
  tx: Transaction,
  access: Access,
  indications: Indication | readonly Indication[],
  at: Date,
): Promise<void> {
  const all = 'item' in indications ? [indications] : indications
  if (all.length === 0) return
  const links = all.map((one) => ({
    ...one,
    ...{ id: newId(at.getTime()), event: 'INDICATED' as const, on: one.on ?? todayOf(at) },
  }))
  await queries.insertLinks(tx, access, links, todayOf(at), at)
}

/** Lets a facility take part: by a referral that she agreed to, or by her consent. */
export async function joinChain(
  tx: Transaction,
  access: Access,
  { chainId, facilityId, ground, on }: { chainId: Id; facilityId: Id; ground: JoinGround; on?: CivilDate },
  at: Date,
): Promise<void> {
  const joining = { chainId, facilityId, ground, on: on ?? todayOf(at) }
  if (!(await queries.insertFacility(tx, access, joining, todayOf(at), at))) throw new Refused('not-found')
}
