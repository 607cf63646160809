import type { z } from 'zod'
import type { ChainItem, LinkReason } from '@youyu/shared/birth-defects/chain-values'
import type {
  ChildFollowUp,
  ChildFollowUpRow,
  closeChildFollowUp,
  GivenConsent,
  listChildFollowUps,
  NewChildFollowUp,
  SettledVisit,
} from '@youyu/shared/birth-defects/child-follow-up'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, careTransaction } from '../../contraception/index.ts'
import { recordLinks, voidLinks, type LinkEvent } from '../chains/index.ts'
import { shownRow, shownWhole } from './follow-up-row.ts'
import { endPlans, openChildFollowUp, planAhead } from './planning.ts'
import * as queries from './queries.ts'
import { selectSupports } from './supports/queries.ts'

const ENTITY = 'child-follow-up'
type Asked = z.output<(typeof listChildFollowUps)['schema']['querystring']>

export async function listFollowUps(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<ChildFollowUpRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const today = todayOf(office.now())
  const rows = await reading(office.db, access, (tx) =>
    queries.selectFollowUps(tx, access, filter, today, after, limit + 1),
  )
  const page = pageOf(
    rows,
    limit,
    (row) => shownRow(row, today),
    (row) => [row.openedOn, row.id],
  )
  for (const { child } of page.items) office.views.note(access, careDeed(office, child.id, 'view', ENTITY))
  return page
}

export async function whole(office: Office, tx: Transaction, access: Access, id: Id): Promise<ChildFollowUp> {
  const [row, visits, supports] = await Promise.all([
    queries.findFollowUp(tx, access, id),
    queries.selectVisits(tx, access, id),
    selectSupports(tx, access, id),
  ])
  if (!row) throw new Refused('not-found')
  return shownWhole(office, access, row, { visits, supports }, todayOf(office.now()))
}

export async function readFollowUp(office: Office, access: Access, id: Id): Promise<ChildFollowUp> {
  return await transaction(office.db, access, async (tx) => {
    const found = await whole(office, tx, access, id)
    await record(tx, access, careDeed(office, found.child.id, 'view', ENTITY), office.now())
    return found
  })
}

export async function startFollowUp(
  office: Office,
  access: Access,
  { consent, ...opening }: NewChildFollowUp,
): Promise<ChildFollowUp> {
  const at = office.now()
  if (opening.on > todayOf(at)) throw Refused.field('/on', 'invalid-date')
  return await careTransaction(office, access, async (tx) => {
    if (await queries.findOfChild(tx, access, opening.childId)) throw new Refused('already-exists')
    const { chainId = null, caseId = null, childId, on } = opening
    const id = await openChildFollowUp(tx, access, { childId, on, chainId, caseId }, at)
    if (id === null) throw new Refused('already-exists')
    await record(tx, access, careDeed(office, childId, 'create', ENTITY), at)
    if (consent) await hear(tx, office, access, id, consent, '/consent')
    return await whole(office, tx, access, id)
  })
}

/** Locks what the facility follows, at the version that was seen. */
export async function locked(
  tx: Transaction,
  access: Access,
  id: Id,
  version?: number,
): Promise<queries.FollowUpRow> {
  if (!(await queries.lockFollowUp(tx, access, id))) throw new Refused('not-found')
  const row = await queries.findFollowUp(tx, access, id)
  if (!row) throw new Refused('not-found')
  if (version !== undefined) assertVersion(version, row.version)
  return row
}

export async function giveConsent(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  given: GivenConsent,
): Promise<ChildFollowUp> {
  return await transaction(office.db, access, async (tx) => {
    const row = await locked(tx, access, id, version)
    await hear(tx, office, access, id, given)
    const deed = careDeed(office, row.childId, 'change', ENTITY, { fields: ['consent'] })
    await record(tx, access, deed, office.now())
    return await whole(office, tx, access, id)
  })
}

async function hear(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  { consent, on, by }: GivenConsent,
  pointer = '',
): Promise<void> {
  const at = office.now()
  const row = (await queries.findFollowUp(tx, access, id))!
  if (on > todayOf(at) || on < row.bornOn || (row.consentOn !== null && on < row.consentOn))
    throw Refused.field(`${pointer}/on`, 'invalid-date')
  if (consent === 'WITHDRAWN' && row.consent !== 'GIVEN')
    throw Refused.field(`${pointer}/consent`, 'no-consent')
  if (row.closeReason === 'DECEASED') throw new Refused('conflict')
  const isGiven = consent === 'GIVEN'
  const closing = isGiven ? null : on
  await queries.updateFollowUp(
    tx,
    access,
    {
      ...row,
      ...{ consent, consentOn: on, consentBy: by },
      ...{ closedOn: closing, closeReason: isGiven ? null : 'DECLINED' },
    },
    at,
  )
  if (isGiven) await planAhead(tx, access, row, on, at)
  else await endPlans(tx, access, row, { on, event: 'DECLINED', reason: 'NOT_INTERESTED' }, at)
}

type Closing = z.output<(typeof closeChildFollowUp)['schema']['body']>
const endings: Record<Closing['reason'], { event: LinkEvent['event']; reason: LinkReason }> = {
  COMPLETED: { event: 'NOT_APPLICABLE', reason: 'ENDED' },
  DECLINED: { event: 'DECLINED', reason: 'NOT_INTERESTED' },
  LOST: { event: 'MISSED', reason: 'NOT_REACHED' },
  DECEASED: { event: 'NOT_APPLICABLE', reason: 'DIED' },
  MOVED: { event: 'NOT_APPLICABLE', reason: 'LEFT' },
}

export async function closeFollowUp(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  { reason, on }: Closing,
): Promise<ChildFollowUp> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const row = await locked(tx, access, id, version)
    if (row.closedOn !== null) throw new Refused('conflict')
    if (on > todayOf(at) || on < row.openedOn) throw Refused.field('/on', 'invalid-date')
    await queries.updateFollowUp(tx, access, { ...row, closedOn: on, closeReason: reason }, at)
    await endPlans(tx, access, row, { on, ...endings[reason] }, at)
    await record(tx, access, careDeed(office, row.childId, 'change', ENTITY, { fields: ['closing'] }), at)
    return await whole(office, tx, access, id)
  })
}

const eventOf: Record<SettledVisit['state'], { event: LinkEvent['event']; reason: LinkReason | null }> = {
  DONE: { event: 'DONE', reason: null },
  DECLINED: { event: 'DECLINED', reason: 'NOT_SAID' },
  LOST: { event: 'MISSED', reason: 'NOT_REACHED' },
  DECEASED: { event: 'NOT_APPLICABLE', reason: 'DIED' },
}

/** What became of a visit; said again it is corrected, and the chain says what is true now. */
export async function settleVisit(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  { endsContact = false, note, ...settled }: SettledVisit,
): Promise<ChildFollowUp> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const visit = await queries.findVisit(tx, access, id)
    if (!visit) throw new Refused('not-found')
    const row = await locked(tx, access, visit.followUpId)
    assertVersion(version, visit.version)
    const { state, on } = settled
    if (row.consent !== 'GIVEN' || visit.state === 'CANCELLED') throw new Refused('no-consent')
    if (on > todayOf(at) || on < visit.dueFrom) throw Refused.field('/on', 'invalid-date')
    if (state === 'DONE' && !settled.outcome) throw Refused.field('/outcome', 'required')
    const cell = { county: access.county, id }
    await queries.updateVisit(
      tx,
      access,
      {
        ...visit,
        ...{ state, settledOn: on, mode: settled.mode ?? null, reason: settled.reason ?? null },
        outcome: state === 'DECEASED' ? 'DIED' : state === 'DONE' ? (settled.outcome ?? null) : null,
        isOnTreatment: settled.isOnTreatment ?? null,
        isOnRehabilitation: settled.isOnRehabilitation ?? null,
        noteCipher: note === undefined ? null : office.ciphers.clinical.encipher(note, cell),
      },
      at,
    )
    await tellChain(tx, access, row, visit, { ...eventOf[state], on }, at)
    await endAfter(tx, access, row, visit, { state, on, endsContact, outcome: settled.outcome }, at)
    await record(tx, access, careDeed(office, row.childId, 'change', 'child-visit'), at)
    return await whole(office, tx, access, row.id)
  })
}

async function tellChain(
  tx: Transaction,
  access: Access,
  { chainId, childId }: queries.FollowUpRow,
  visit: queries.VisitRow,
  { event, reason, on }: { event: LinkEvent['event']; reason: LinkReason | null; on: CivilDate },
  at: Date,
): Promise<void> {
  if (chainId === null) return
  if (visit.state !== 'PLANNED') await voidLinks(tx, access, visit.id, 'corrected', at)
  const link = { chainId, childId, item: visit.item as ChainItem, event, on, reason, recordId: visit.id }
  await recordLinks(tx, access, [link], at)
}

/** A death, the last visit, or the wish to be left in peace closes the follow-up. */
async function endAfter(
  tx: Transaction,
  access: Access,
  row: queries.FollowUpRow,
  visit: queries.VisitRow,
  said: { state: SettledVisit['state']; on: CivilDate; endsContact: boolean; outcome: string | undefined },
  at: Date,
): Promise<void> {
  const { on, endsContact } = said
  const isDead = said.state === 'DECEASED' || said.outcome === 'DIED'
  const isLast = visit.item === 'CHILD_7Y' && said.state === 'DONE'
  if (!isDead && !endsContact && !isLast) return
  const closeReason = isDead ? 'DECEASED' : endsContact ? 'DECLINED' : 'COMPLETED'
  const consent = closeReason === 'DECLINED' ? { consent: 'WITHDRAWN', consentOn: on } : {}
  await queries.updateFollowUp(tx, access, { ...row, ...consent, closedOn: on, closeReason }, at)
  await endPlans(tx, access, row, { on, ...endings[closeReason] }, at)
}
