import type {
  ClosedLedger,
  ClosedLedgerRow,
  NewClosedLedger,
  OldRow,
  Reconciled,
} from '@youyu/shared/subsidies/closed-ledgers'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'

export type LedgerRecord = Omit<ClosedLedger, 'differenceFen' | 'isMine' | 'madeAt' | 'closedAt'> & {
  madeAt: Date
  madeBy: Id
  closedAt: Date | null
}

const columns = `c.id, c.programme, c.title, c.document, c.from_on as "fromOn", c.to_on as "toOn", c.stated_fen as "statedFen", c.stated_people as "statedPeople",
  c.rows, c.people, c.settled_fen as "settledFen", c.unreachable_fen as "unreachableFen", c.state, c.made_at as "madeAt", c.made_by as "madeBy", c.closed_at as "closedAt", c.version,
  (select coalesce(sum(e.total_fen), 0)::bigint from ledger_entries e where e.county_code = $1 and e.ref_id = c.id and e.ref_type = 'closed-ledger' and e.kind in ('PAYMENT', 'DEPOSIT_REFUND')
    and not exists (select from ledger_entries x where x.county_code = $1 and x.reverses = e.id)) as "postedFen",
  (select coalesce(jsonb_agg(y order by y.year), '[]') from (
    select extract(year from r.period)::integer as year, count(*)::integer as rows, sum(r.amount_fen)::bigint as "amountFen"
    from closed_ledger_rows r where r.county_code = $1 and r.ledger_id = c.id group by 1) y) as "byYear"`

export async function selectLedgers(tx: Transaction, access: Access): Promise<LedgerRecord[]> {
  return await ask(
    tx,
    `select ${columns} from closed_ledgers c where c.county_code = $1 order by c.programme, c.from_on, c.id limit 500`,
    [access.county],
  )
}

export async function findLedger(tx: Transaction, access: Access, id: Id): Promise<LedgerRecord | undefined> {
  const text = `select ${columns} from closed_ledgers c where c.county_code = $1 and c.id = $2`
  return (await ask<LedgerRecord>(tx, text, [access.county, id]))[0]
}

export async function lockLedger(tx: Transaction, county: number, id: Id): Promise<void> {
  await ask(tx, 'select id from closed_ledgers where county_code = $1 and id = $2 for no key update', [
    county,
    id,
  ])
}

export async function insertLedger(
  tx: Transaction,
  access: Access,
  id: Id,
  body: NewClosedLedger,
  at: Date,
): Promise<void> {
  await insertRow(tx, 'closed_ledgers', {
    ...{ countyCode: access.county, id, ...body, statedPeople: body.statedPeople ?? null },
    ...{ rows: 0, people: 0, settledFen: 0, unreachableFen: 0, state: 'OPEN' },
    ...{ madeAt: at, madeBy: access.actorId, version: 1 },
  })
}

export type RowRecord = Omit<ClosedLedgerRow, 'place'> & { code: DivisionCode; place: string | null }
export async function selectRows(
  tx: Transaction,
  access: Access,
  id: Id,
  outcome: string | undefined,
  after: readonly [string, string] | null,
  limit: number,
): Promise<RowRecord[]> {
  const bound = new Bound()
  const conditions = [`r.county_code = ${bound.bind(access.county)}`, `r.ledger_id = ${bound.bind(id)}`]
  if (outcome) conditions.push(`r.outcome = ${bound.bind(outcome)}`)
  if (after)
    conditions.push(`(r.period, r.id) > (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select r.id, r.reference, r.division_code as code, d.name as place, r.period, r.people, r.amount_fen as "amountFen", r.payer, r.outcome,
      r.settled_on as "settledOn", r.payee_mask as payee
    from closed_ledger_rows r left join divisions d on d.code = r.division_code and d.valid_to is null
    where ${conditions.join(' and ')} order by r.period, r.id limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export type SealedRow = Omit<OldRow, 'payee'> & {
  id: Id
  payeeMask: string | null
  payeeCipher: string | null
}

export async function insertRows(
  tx: Transaction,
  access: Access,
  ledgerId: Id,
  rows: readonly SealedRow[],
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `insert into closed_ledger_rows (county_code, id, ledger_id, reference, division_code, period, people, amount_fen, payer, outcome, settled_on, payee_mask, payee_cipher, recorded_at, recorded_by)
     select $1, r.id, $2, r.reference, r.division, r.period, coalesce(r.people, 1), r."amountFen", r.payer, r.outcome, r."settledOn", r."payeeMask", decode(r."payeeCipher", 'base64'), $3, $4
     from jsonb_to_recordset($5::jsonb) as r (id uuid, reference text, division text, period date, people integer, "amountFen" bigint, payer text, outcome text, "settledOn" date, "payeeMask" text, "payeeCipher" text)`,
    [access.county, ledgerId, at, access.actorId, JSON.stringify(rows)],
  )
  await ask(
    tx,
    `update closed_ledgers c set rows = s.rows, people = s.people, settled_fen = s.settled, unreachable_fen = s.unreachable, version = c.version + 1
     from (select count(*)::integer as rows, sum(people)::integer as people, coalesce(sum(amount_fen) filter (where outcome in ('PAID', 'REFUNDED')), 0)::bigint as settled,
         coalesce(sum(amount_fen) filter (where outcome = 'UNREACHABLE'), 0)::bigint as unreachable
       from closed_ledger_rows where county_code = $1 and ledger_id = $2) s
     where c.county_code = $1 and c.id = $2`,
    [access.county, ledgerId],
  )
}

export async function knownPlaces(tx: Transaction, codes: readonly string[]): Promise<Set<string>> {
  const rows = await ask<{ code: string }>(tx, 'select distinct code from divisions where code = any($1)', [
    [...new Set(codes)],
  ])
  return new Set(rows.map(({ code }) => code))
}

export async function knownReferences(
  tx: Transaction,
  county: number,
  ledgerId: Id,
  references: readonly string[],
): Promise<Set<string>> {
  const text =
    'select reference from closed_ledger_rows where county_code = $1 and ledger_id = $2 and reference = any($3)'
  return new Set(
    (await ask<{ reference: string }>(tx, text, [county, ledgerId, references])).map(
      ({ reference }) => reference,
    ),
  )
}

export type Settled = { year: number; payer: OldRow['payer']; fen: number; lastOn: CivilDate }
/** What was paid or given back, by the year whose money it was and who paid. */
export async function sumSettled(tx: Transaction, county: number, ledgerId: Id): Promise<Settled[]> {
  return await ask(
    tx,
    `select extract(year from settled_on)::integer as year, payer, sum(amount_fen)::bigint as fen, max(settled_on) as "lastOn"
     from closed_ledger_rows where county_code = $1 and ledger_id = $2 and settled_on is not null and amount_fen > 0 group by 1, 2 order by 1, 2`,
    [county, ledgerId],
  )
}

export async function closeLedger(tx: Transaction, access: Access, id: Id, at: Date): Promise<void> {
  await ask(
    tx,
    `update closed_ledgers set state = 'CLOSED', closed_at = $3, closed_by = $4, version = version + 1 where county_code = $1 and id = $2`,
    [access.county, id, at, access.actorId],
  )
}

type Compared = Omit<Reconciled, 'differenceFen'>
/** Both lists beside what the county's ledger has for them. */
export async function compare(tx: Transaction, county: number): Promise<Compared[]> {
  return await ask(
    tx,
    `with posted as (
       select e.programme, e.year::integer as year, e.ref_type, sum(e.total_fen)::bigint as fen from ledger_entries e
       where e.county_code = $1 and e.kind in ('PAYMENT', 'DEPOSIT_REFUND') and e.ref_type in ('benefit-settlement', 'closed-ledger')
         and not exists (select from ledger_entries x where x.county_code = $1 and x.reverses = e.id)
       group by 1, 2, 3
     ), listed as (
       select s.programme, s.year, 'SETTLEMENTS' as source, count(*)::integer as count, sum(s.amount_fen)::bigint as fen
       from benefit_settlements s where s.county_code = $1 and s.state = 'PAID' group by 1, 2
       union all
       select c.programme, extract(year from r.settled_on)::integer, 'HISTORY', count(*)::integer, sum(r.amount_fen)::bigint
       from closed_ledgers c join closed_ledger_rows r on r.county_code = $1 and r.ledger_id = c.id and r.settled_on is not null
       where c.county_code = $1 and c.state = 'CLOSED' group by 1, 2
     )
     select coalesce(l.programme, p.programme) as programme, coalesce(l.year, p.year) as year,
       coalesce(l.source, case p.ref_type when 'closed-ledger' then 'HISTORY' else 'SETTLEMENTS' end) as source,
       coalesce(l.count, 0) as count, coalesce(l.fen, 0)::bigint as "listedFen", coalesce(p.fen, 0)::bigint as "ledgerFen"
     from listed l full join posted p on p.programme = l.programme and p.year = l.year
       and p.ref_type = case l.source when 'HISTORY' then 'closed-ledger' else 'benefit-settlement' end
     order by 1, 2, 3`,
    [county],
  )
}
