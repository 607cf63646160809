import type { z } from 'zod'
import { maskDate, maskName } from '@youyu/shared/population/masking'
import type {
  FileProposals,
  Proposal,
  ProposalRow,
  declineProposal,
  listProposals,
} from '@youyu/shared/subsidies/proposals'
import { prefixOf, type CivilDate, type Id, type Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { longCommand, reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { fileApplications } from '../applications/index.ts'
import * as queries from './queries.ts'

/** A batch that one person still answers for. */
const MOST_AT_ONCE = 5000

type Person = { id: Id; name: string; birth: string }
const named = (id: Id, name: string, birth: CivilDate, isOpen: boolean): Person => ({
  ...{ id, name: isOpen ? name : maskName(name), birth: isOpen ? birth : maskDate(birth) },
})

/** Lists are masked whatever the reader's clearance: who is entitled to what tells of families and children. */
function shownRow(row: queries.ProposalRecord, isOpen = false): ProposalRow {
  const { subjectId, subjectName, subjectBirth, payeeId, payeeName, payeeBirth } = row
  const { id, programme, cycle, level, asOf, state, basis, missing, yearFen, settledOn, applicationId } = row
  return {
    ...{ id, programme, cycle, level, asOf, state, basis, missing, yearFen, settledOn, applicationId },
    programmeName: [row.nameZh ?? programme, row.nameEn ?? programme],
    subject: named(subjectId, subjectName, subjectBirth, isOpen),
    payee: payeeId && payeeName && payeeBirth ? named(payeeId, payeeName, payeeBirth, isOpen) : null,
    division: { code: row.divisionCode, name: row.divisionName ?? row.divisionCode },
    proposedAt: row.proposedAt.toISOString(),
  }
}
const shown = (row: queries.ProposalRecord): Proposal => ({
  ...shownRow(row, true),
  note: row.note,
  versionId: row.versionId,
})

type Listing = z.output<(typeof listProposals)['schema']['querystring']>

export async function proposalsOf(
  { db }: Office,
  access: Access,
  { limit, cursor, division, ...filter }: Listing,
): Promise<Page<ProposalRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    queries.selectProposals(tx, access, {
      ...filter,
      division: division && prefixOf(division),
      after: after ? [...after] : undefined,
      limit: limit + 1,
    }),
  )
  return pageOf(
    rows,
    limit,
    (row) => shownRow(row),
    (row) => [row.divisionCode, row.id],
  )
}

async function proposalOf(tx: Transaction, access: Access, id: Id): Promise<queries.ProposalRecord> {
  const [row] = await queries.selectProposals(tx, access, { ids: [id], limit: 1 })
  if (!row) throw new Refused('not-found')
  return row
}

/** With her name: the look is recorded. */
export async function readProposal({ db, now }: Office, access: Access, id: Id): Promise<Proposal> {
  const at = now()
  return await transaction(db, access, async (tx) => {
    const row = await proposalOf(tx, access, id)
    const { divisionCode: division } = row
    await record(
      tx,
      access,
      { action: 'view', entity: 'benefit-proposal', entityId: id, division, fields: ['name', 'birthDate'] },
      at,
    )
    return shown(row)
  })
}

type Decline = z.output<(typeof declineProposal)['schema']['body']>

/** Nobody asks her again in this cycle; no rule and no report reads it. */
export async function decline(
  { db, now }: Office,
  access: Access,
  id: Id,
  { on, note }: Decline,
): Promise<Proposal> {
  const at = now()
  const day = on ?? todayOf(at)
  if (day > todayOf(at)) throw Refused.field('/on', 'invalid-date')
  return await settled(
    db,
    access,
    id,
    { from: 'PROPOSED', state: 'DECLINED', on: day, note: note ?? null },
    at,
  )
}

export async function reopen({ db, now }: Office, access: Access, id: Id): Promise<Proposal> {
  return await settled(db, access, id, { from: 'DECLINED', state: 'PROPOSED', on: null, note: null }, now())
}

async function settled(
  db: Office['db'],
  access: Access,
  id: Id,
  {
    from,
    ...next
  }: { from: string; state: 'PROPOSED' | 'DECLINED'; on: CivilDate | null; note: string | null },
  at: Date,
): Promise<Proposal> {
  return await transaction(db, access, async (tx) => {
    const state = await queries.lockProposal(tx, access, id)
    if (!state) throw new Refused('not-found')
    if (state !== from) throw new Refused('already-decided')
    await queries.settleProposal(tx, access, id, next)
    const row = await proposalOf(tx, access, id)
    const deed = { action: 'change' as const, entity: 'benefit-proposal', entityId: id, fields: ['state'] }
    await record(tx, access, { ...deed, division: row.divisionCode }, at)
    return shown(row)
  })
}

/**
 * Files applications for proposed people who agreed. Whose payee nobody knows, and who has asked meanwhile, is left out and
 * stays on the list.
 */
export async function file(
  office: Office,
  access: Access,
  { division, ...filter }: z.output<typeof FileProposals>,
): Promise<{ filed: number; left: number }> {
  const at = office.now()
  const on = todayOf(at)
  return await longCommand(office.db, access, async (tx) => {
    const asked = { ...filter, division: division && prefixOf(division) }
    const open = await queries.lockOpenProposals(tx, access, asked, MOST_AT_ONCE)
    const ready = open.filter(({ payeeId }) => payeeId !== null)
    let filed = 0
    for (const [programme, rows] of Map.groupBy(ready, (row) => row.programme)) {
      const bySubject = new Map(rows.map((row) => [row.subjectId, row.id]))
      const done = await fileApplications(tx, office, access, {
        ...{ programme, channel: 'AUTO_PROPOSED', on, at },
        rows: rows.map(({ subjectId, payeeId, level, missing, basis }) => ({
          ...{ subjectId, applicantId: payeeId!, payeeId: payeeId!, level, isMet: basis === 'MET' },
          missing: missing as never,
        })),
      })
      await queries.noteFiled(
        tx,
        access,
        done.map(({ id, subjectId }) => ({ applicationId: id, proposalId: bySubject.get(subjectId)! })),
        on,
      )
      filed += done.length
    }
    await record(
      tx,
      access,
      { action: 'change', entity: 'benefit-proposal', rows: filed, fields: ['state'] },
      at,
    )
    return { filed, left: open.length - filed }
  })
}
