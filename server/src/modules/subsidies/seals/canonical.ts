import type { SealSubject } from './seals.ts'

const instantText = (column: string) =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
/** A day as a number, whatever way a session writes dates. */
const day = (column: string) => `${column} - date '2000-01-01'`

const entry = `json_build_array(e.number, e.id, e.kind, e.programme, e.year, ${day('e.occurred_on')}, e.total_fen, e.ref_type, e.ref_id, e.memo, e.reverses,
  ${instantText('e.recorded_at')}, e.recorded_by,
  (select json_agg(json_build_array(l.line, l.account, l.tier, l.debit_fen, l.credit_fen) order by l.line)
   from ledger_lines l where l.county_code = e.county_code and l.entry_id = e.id))::text`

/** Columns that are frozen with the roster; its state is not among them. No column here is free text. */
const item = `concat_ws('|', i.seq, i.id, coalesce(i.beneficiary_id, i.event_id), i.beneficiary_id is null, coalesce(i.reissue_of::text, '-'), i.payee_id,
  i.person_id, i.programme, coalesce(i.application_id::text, '-'), i.account_id, i.account_version, i.account_mask,
  coalesce(${day('i.from_month')}, 0), coalesce(${day('i.to_month')}, 0), i.months, i.amount_fen, i.central_fen, i.province_fen, i.city_fen, i.county_fen,
  i.township_fen, i.other_fen, i.division_code)`

const outcome = `json_build_array(o.seq, o.nth, o.file_no, o.code, o.bank_code, o.bank_reference, ${day('o.value_date')}, o.message)::text`

/** The rows under a seal as text, in their order: how they stand in a FROM, what each says, and what orders them. */
export const canonical: Record<SealSubject, { from: string; text: string; order: string; key: string }> = {
  ENTRIES: {
    from: 'ledger_entries e where e.county_code = $1 and e.number > $2 and e.number <= $3',
    text: entry,
    order: 'e.number',
    key: 'e.number',
  },
  ITEMS: {
    from: 'payment_items i where i.county_code = $1 and i.batch_id = $2',
    text: item,
    order: 'i.seq',
    key: 'i.seq',
  },
  OUTCOMES: {
    from: 'payment_outcomes o where o.county_code = $1 and o.batch_id = $2',
    text: outcome,
    order: 'o.seq, o.nth',
    key: 'o.seq',
  },
}
