import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Asking } from '../../../../database/connect.ts'
import { columnsOf, relationOf, type Shape } from '../../../../database/column-arrays.ts'
import { ask, pageLimit } from '../../../../database/statements.ts'

export type Channel = 'FORM' | 'API' | 'FHIR'

export type BatchRow = {
  id: Id
  reference: string
  channel: Channel
  contentHash: Buffer
  rows: number
  accepted: number
  duplicates: number
  problems: readonly { row: number; code: string }[]
  /** What the records of those who ordered could not take. */
  held: readonly { barcode: string; code: string }[]
  postedAt: Date
}
const columns = `b.id, b.reference, b.channel, b.content_hash as "contentHash", b.rows, b.accepted, b.duplicates, b.problems, b.posted_at as "postedAt",
  coalesce((select jsonb_agg(distinct jsonb_build_object('barcode', o.barcode, 'code', r.held_code))
    from lab_results r join lab_orders o on o.county_code = r.county_code and o.id = r.order_id
    where r.county_code = b.county_code and r.batch_id = b.id and r.held_code is not null and r.voided_at is null), '[]') as held`

export async function findBatch(
  tx: Asking,
  { county, facility }: Access,
  reference: string,
): Promise<BatchRow | undefined> {
  const text = `select ${columns} from lab_batches b where b.county_code = $1 and b.facility_id = $2 and b.reference = $3`
  return (await ask<BatchRow>(tx, text, [county, facility, reference]))[0]
}

export async function selectBatches(
  tx: Asking,
  { county, facility }: Access,
  after: Id | null,
  limit: number,
): Promise<BatchRow[]> {
  const text = `select ${columns} from lab_batches b where b.county_code = $1 and b.facility_id = $2 and ($3::uuid is null or b.id < $3)
    order by b.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, [county, facility, after])
}

/** Claims the laboratory's number of the batch; of two at once the second waits here, and finds it taken. */
export async function claimBatch(
  tx: Asking,
  { county, facility, actorId }: Access,
  batch: Pick<BatchRow, 'id' | 'reference' | 'channel' | 'contentHash' | 'rows'>,
  at: Date,
): Promise<void> {
  const text = `insert into lab_batches (county_code, id, facility_id, reference, channel, content_hash, rows, accepted, duplicates, problems, posted_at, posted_by)
  values ($1, $2, $3, $4, $5, $6, $7, 0, 0, '[]', $8, $9) on conflict (county_code, facility_id, reference) do nothing`
  const { id, reference, channel, contentHash, rows } = batch
  await ask(tx, text, [county, id, facility, reference, channel, contentHash, rows, at, actorId])
}

/** In one order, so that two batches about the same samples wait for each other and see each other's answers. */
export async function lockOrders(
  tx: Asking,
  { county, facility }: Access,
  barcodes: readonly string[],
): Promise<void> {
  const text = `select id from lab_orders where county_code = $1 and lab_id = $2 and barcode = any($3::text[]) order by id for no key update`
  await ask(tx, text, [county, facility, barcodes])
}

/** A row on its way into the database; the words and the number are enciphered already. */
export type SealedRow = {
  id: Id
  barcode: string
  analyte: string
  flag: string | undefined
  number: number | undefined
  unit: string | undefined
  value: Buffer | undefined
  digest: Buffer
  on: CivilDate
  correction: string | undefined
  /** What was wrong before the database was asked. */
  wrong: string | undefined
}

export type Posted = {
  accepted: number
  duplicates: number
  problems: readonly { row: number; code: string }[]
  /** Whose records the answers belong to, and of which panels. */
  filed: { facility: Id; panels: string[] }[]
}

/** A row with the place of its barcode among those of the batch, and whether the batch has answered the same before. */
const given: Shape = {
  ...{
    id: 'uuid',
    sample: 'integer',
    analyte: 'text',
    flag: 'text',
    number: 'text',
    unit: 'text',
    value: 'bytea',
    digest: 'bytea',
  },
  ...{ on: 'date', correction: 'text', wrong: 'text', repeats: 'text' },
}

/**
 * One statement for the batch: rows are matched to their orders, judged, and those that stand are written, their
 * predecessors voided first where they correct them, their orders brought forward and the batch filled in. Does nothing where
 * the batch was not claimed by us.
 */
const POST = `with given as materialized (
  select n.* from ${relationOf(given, 11)} where exists (select from lab_batches b where b.county_code = $1 and b.id = $3)
), orders as materialized (
  select b.sample, o.id, o.client_id, o.chain_id, o.facility_id, o.division_code, o.panel_code, o.state, o.collected_on
  from unnest($4::text[]) with ordinality as b (barcode, sample)
  join lab_orders o on o.county_code = $1 and o.barcode = b.barcode collate "C" and o.lab_id = $2 and o.voided_at is null
), standing as materialized (
  select s.order_id, s.analyte_code, s.id, s.digest, s.revision
  from orders o join lab_results s on s.county_code = $1 and s.order_id = o.id and s.voided_at is null
), matched as (
  select g.*, o.id as order_id, o.client_id, o.chain_id, o.facility_id, o.division_code, o.panel_code, o.state, o.collected_on,
    a.flags, a.has_number, a.unit as own_unit,
    -- Asked only of a number that says no flag: the newest set of the laboratory, and without one the default.
    coalesce(g.flag, case when g.number is not null then (
      select c.flag from (
        select own.flag, own.range, own.ordinal from lab_cut_offs own
        where own.county_code = $1 and own.facility_id = $2 and own.panel_code = o.panel_code and own.analyte_code = g.analyte
          and own.valid_from = (select max(l.valid_from) from lab_cut_offs l where l.county_code = $1 and l.facility_id = $2
            and l.panel_code = o.panel_code and l.analyte_code = g.analyte and l.valid_from <= g."on")
        union all
        select d.flag, d.range, d.ordinal from lab_ranges d
        where d.panel_code = o.panel_code and d.analyte_code = g.analyte and not exists (select from lab_cut_offs l
          where l.county_code = $1 and l.facility_id = $2 and l.panel_code = o.panel_code and l.analyte_code = g.analyte and l.valid_from <= g."on")
      ) c where c.range @> g.number::numeric order by c.ordinal limit 1) end) as told,
    s.id as standing_id, s.digest as standing_digest, s.revision
  from given g
  left join orders o on o.sample = g.sample
  left join lab_analytes a on a.panel_code = o.panel_code and a.code = g.analyte
  left join standing s on s.order_id = o.id and s.analyte_code = g.analyte
), judged as materialized (
  select *, case
    when wrong is not null then wrong
    when order_id is null then 'unknown-barcode'
    when flags is null then 'unknown-analyte'
    when "on" > $6::date or "on" < collected_on then 'invalid-date'
    when unit is not null and (own_unit is null or lower(unit) <> lower(own_unit)) then 'unit-differs'
    when number is not null and not has_number then 'number-not-expected'
    when flag is not null and flag <> all(flags) then 'flag-not-allowed'
    when repeats = 'duplicate' or standing_digest = digest then 'duplicate'
    when repeats is not null then repeats
    when state in ('CANCELLED', 'REJECTED') then 'order-closed'
    when told is null then 'flag-required'
    when standing_id is not null and correction is null then 'result-differs'
  end as code
  from matched
), voided as (
  update lab_results r set voided_at = $7, voided_by = $8, void_reason = t.correction
  from judged t
  -- By their ids: a plan made while the table was empty would otherwise read all of it for every batch.
  where t.code is null and t.standing_id is not null and r.county_code = $1 and r.id = t.standing_id
    and r.id = any(array(select c.standing_id from judged c where c.code is null and c.standing_id is not null))
  returning r.id
), written as (
  insert into lab_results (county_code, id, batch_id, order_id, client_id, chain_id, facility_id, lab_id, division_code, panel_code, analyte_code, flag,
    is_derived, value_cipher, digest, measured_on, state, revision, recorded_at, recorded_by, source, replaces)
  select $1, t.id, $3, t.order_id, t.client_id, t.chain_id, t.facility_id, $2, t.division_code, t.panel_code, t.analyte, t.told, t.flag is null,
    t.value, t.digest, t."on", case when t.panel_code = any($9::text[]) then 'APPLIED' else 'POSTED' end, coalesce(t.revision, 0) + 1, $7, $8, $5, t.standing_id
  from judged t where t.code is null and (select count(*) from voided) >= 0
), answered as materialized (
  select order_id, facility_id, panel_code, array_agg(analyte) as codes from judged where code is null group by 1, 2, 3
), forward as (
  update lab_orders o set state = case when x.missing then 'RECEIVED' else 'RESULTED' end, received_on = coalesce(o.received_on, $6::date),
    resulted_on = case when not x.missing then coalesce(o.resulted_on, $6::date) end, updated_at = $7, version = o.version + 1
  from (
    select t.order_id, exists (
      select from lab_analytes a where a.panel_code = t.panel_code and a.is_required and a.code <> all(t.codes)
        and not exists (select from lab_results r where r.county_code = $1 and r.order_id = t.order_id and r.analyte_code = a.code and r.voided_at is null)
    ) as missing
    from answered t
    offset 0
  ) x
  where o.county_code = $1 and o.id = x.order_id
), told as materialized (
  select count(*) filter (where code is null)::int as accepted, count(*) filter (where code = 'duplicate')::int as duplicates,
    coalesce(jsonb_agg(jsonb_build_object('row', nth - 1, 'code', code) order by nth) filter (where code <> 'duplicate'), '[]') as problems
  from judged having count(*) > 0
), filled as (
  update lab_batches b set accepted = t.accepted, duplicates = t.duplicates, problems = t.problems || $10::jsonb
  from told t where b.county_code = $1 and b.id = $3
)
select t.*, (select coalesce(jsonb_agg(f), '[]') from (
  select facility_id as facility, jsonb_agg(distinct panel_code) as panels from answered group by 1 order by 1) f) as filed
from told t`

type Posting = {
  at: Date
  today: CivilDate
  /** Panels whose answers go into a record. */
  read: readonly string[]
  /** What is said of rows whatever becomes of them. */
  remarks: readonly { row: number; code: string }[]
}

export async function postRows(
  tx: Asking,
  access: Access,
  { id, channel }: Pick<BatchRow, 'id' | 'channel'>,
  { barcodes, rows }: { barcodes: readonly string[]; rows: readonly SealedRow[] },
  { at, today, read, remarks }: Posting,
): Promise<Posted | undefined> {
  const source = channel === 'FORM' ? 'MANUAL' : 'API'
  const samples = new Map(barcodes.map((barcode, index) => [barcode, index + 1]))
  const first = new Map<string, Buffer>()
  // Written out: copying rows field by field would take as long as enciphering them.
  const placed = rows.map((row) => {
    const { id, barcode, analyte, flag, number, unit, value, digest, on, correction, wrong } = row
    const sample = samples.get(barcode)
    const question = `${sample} ${analyte}`
    const before = first.get(question)
    if (!before) first.set(question, digest)
    const repeats = before && (before.equals(digest) ? 'duplicate' : 'repeated-row')
    const told = number === undefined ? undefined : String(number)
    return { id, sample, analyte, flag, number: told, unit, value, digest, on, correction, wrong, repeats }
  })
  const [posted] = await ask<Posted>(tx, POST, [
    ...[
      access.county,
      access.facility,
      id,
      barcodes,
      source,
      today,
      at,
      access.actorId,
      read,
      JSON.stringify(remarks),
    ],
    ...columnsOf(given, placed),
  ])
  return posted
}
