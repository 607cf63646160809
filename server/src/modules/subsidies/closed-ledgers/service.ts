import { maskName } from '@youyu/shared/population/masking'
import type {
  ClosedLedger,
  ClosedLedgerRow,
  NewClosedLedger,
  OldRow,
  Reconciled,
} from '@youyu/shared/subsidies/closed-ledgers'
import type { FenByTier } from '@youyu/shared/subsidies/shares'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import { covers, type Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { longCommand, reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { postLedger } from '../ledger/index.ts'
import * as queries from './queries.ts'
import { postingsOf, tierOf, wrongOf } from './rules.ts'

function shown(access: Access, { madeAt, madeBy, closedAt, ...ledger }: queries.LedgerRecord): ClosedLedger {
  return {
    ...ledger,
    differenceFen: ledger.statedFen - ledger.settledFen - ledger.unreachableFen,
    madeAt: madeAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    isMine: madeBy === access.actorId,
  }
}

export async function list({ db }: Office, access: Access): Promise<{ items: ClosedLedger[] }> {
  const rows = await reading(db, access, (tx) => queries.selectLedgers(tx, access))
  return { items: rows.map((row) => shown(access, row)) }
}

async function told(tx: Transaction, access: Access, id: Id): Promise<ClosedLedger> {
  const ledger = await queries.findLedger(tx, access, id)
  if (!ledger) throw new Refused('not-found')
  return shown(access, ledger)
}

export async function read({ db }: Office, access: Access, id: Id): Promise<ClosedLedger> {
  return await reading(db, access, (tx) => told(tx, access, id))
}

type PageAsked = { limit: number; cursor?: string | undefined; outcome?: string | undefined }

export async function listRows(
  { db }: Office,
  access: Access,
  id: Id,
  { limit, cursor, outcome }: PageAsked,
): Promise<Page<ClosedLedgerRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, async (tx) => {
    await told(tx, access, id)
    return await queries.selectRows(tx, access, id, outcome, after, limit + 1)
  })
  return pageOf(
    rows,
    limit,
    ({ code, place, ...rest }) => ({ ...rest, place: { code, name: place ?? code } }),
    (row) => [row.period, row.id],
  )
}

const deed = (action: 'create' | 'import' | 'change', entityId: Id, rows = 1) => ({
  ...{ action, entity: 'closed-ledger', entityId, rows },
})

export async function open(office: Office, access: Access, body: NewClosedLedger): Promise<ClosedLedger> {
  const at = office.now()
  if (body.toOn < body.fromOn) throw Refused.field('/toOn', 'ends-before-start')
  if (body.toOn > todayOf(at)) throw Refused.field('/toOn', 'invalid-date')
  return await transaction(office.db, access, async (tx) => {
    const id = newId(at.getTime())
    await queries.insertLedger(tx, access, id, body, at)
    await record(tx, access, deed('create', id), at)
    return await told(tx, access, id)
  })
}

async function openLedger(tx: Transaction, access: Access, id: Id): Promise<queries.LedgerRecord> {
  await queries.lockLedger(tx, access.county, id)
  const ledger = await queries.findLedger(tx, access, id)
  if (!ledger) throw new Refused('not-found')
  if (ledger.state === 'CLOSED') throw new Refused('already-settled')
  return ledger
}

/** Rows as the old list has them; names are kept enciphered, and shown in masks. */
export async function load(
  office: Office,
  access: Access,
  id: Id,
  rows: readonly OldRow[],
): Promise<ClosedLedger> {
  const at = office.now()
  return await longCommand(office.db, access, async (tx) => {
    const ledger = await openLedger(tx, access, id)
    await assertSound(tx, access, ledger, rows, todayOf(at))
    const sealed = rows.map(({ payee = null, ...row }) => {
      const rowId = newId(at.getTime())
      const cipher = payee && office.ciphers.benefit.encipher(payee, { county: access.county, id: rowId })
      const payeeMask = payee && maskName(payee)
      return { ...row, id: rowId, payeeMask, payeeCipher: cipher ? cipher.toString('base64') : null }
    })
    await queries.insertRows(tx, access, id, sealed, at)
    await record(tx, access, deed('import', id, rows.length), at)
    return await told(tx, access, id)
  })
}

async function assertSound(
  tx: Transaction,
  access: Access,
  ledger: queries.LedgerRecord,
  rows: readonly OldRow[],
  today: CivilDate,
): Promise<void> {
  const places = await queries.knownPlaces(
    tx,
    rows.map(({ division }) => division),
  )
  const references = rows.map(({ reference }) => reference)
  const known = await queries.knownReferences(tx, access.county, ledger.id, references)
  const seen = new Set<string>()
  const errors = rows.flatMap((row, index) => {
    const isTwice = known.has(row.reference) || seen.has(row.reference)
    seen.add(row.reference)
    const wrong =
      wrongOf(row, ledger) ??
      (isTwice ? { field: 'reference', code: 'already-exists' as const } : null) ??
      (places.has(row.division) ? null : { field: 'division', code: 'unknown-division' as const }) ??
      (covers(access.prefixes, row.division) ? null : { field: 'division', code: 'out-of-area' as const }) ??
      ((row.settledOn ?? '') > today ? { field: 'settledOn', code: 'invalid-date' as const } : null)
    return wrong ? [{ pointer: `/rows/${index}/${wrong.field}`, code: wrong.code }] : []
  })
  if (errors.length > 0) throw new Refused('rows-wrong', { errors: errors.slice(0, 100) })
}

/**
 * 结账: by somebody else than who loaded it, once the rows come to what the document says. Year by year it goes onto the
 * county's ledger as it went then.
 */
export async function close(office: Office, access: Access, id: Id): Promise<ClosedLedger> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const ledger = await openLedger(tx, access, id)
    if (ledger.madeBy === access.actorId) throw new Refused('maker-is-checker')
    const differs = ledger.settledFen + ledger.unreachableFen !== ledger.statedFen
    if (differs || (ledger.statedPeople !== null && ledger.statedPeople !== ledger.people))
      throw new Refused('does-not-reconcile')
    if (ledger.rows === 0) throw new Refused('nothing-to-settle')
    await queries.closeLedger(tx, access, id, at)
    await record(tx, access, deed('change', id), at)
    for (const [year, settled] of byYear(await queries.sumSettled(tx, access.county, id)))
      for (const { kind, lines } of postingsOf(ledger.programme, settled.byTier)) {
        const reference = { refType: 'closed-ledger', refId: id, memo: ledger.title }
        const posting = { kind, programme: ledger.programme, year, on: settled.lastOn, ...reference, lines }
        await postLedger(tx, access, posting, at)
      }
    return await told(tx, access, id)
  })
}

type OfYear = { byTier: Partial<FenByTier>; lastOn: string }

function byYear(sums: readonly queries.Settled[]): Map<number, OfYear> {
  const years = new Map<number, OfYear>()
  for (const { year, payer, fen, lastOn } of sums) {
    const tier = tierOf(payer)
    const { byTier, lastOn: last } = years.get(year) ?? { byTier: {}, lastOn }
    const sum = { ...byTier, [tier]: (byTier[tier] ?? 0) + fen }
    years.set(year, { byTier: sum, lastOn: last > lastOn ? last : lastOn })
  }
  return years
}

/** 对账: what was listed and paid beside what the county's ledger says of it. */
export async function reconcile(
  { db }: Office,
  access: Access,
): Promise<{ items: Reconciled[]; differences: number }> {
  const rows = await reading(db, access, (tx) => queries.compare(tx, access.county))
  const items = rows.map((row) => ({ ...row, differenceFen: row.listedFen - row.ledgerFen }))
  return { items, differences: items.filter(({ differenceFen }) => differenceFen !== 0).length }
}
