import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Asking } from '../../../../database/connect.ts'
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
  postedAt: Date
}
const columns = `b.id, b.reference, b.channel, b.content_hash as "contentHash", b.rows, b.accepted, b.duplicates, b.problems, b.posted_at as "postedAt"`

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
  n: number
  id: Id
  barcode: string
  analyte: string
  flag: string | undefined
  number: number | undefined
  unit: string | undefined
  /** Base64. */
  value: string | undefined
  digest: string
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

/**
 * One statement for the batch: rows are matched to their orders, judged, and those that stand are written, their
 * predecessors voided first where they correct them, their orders brought forward and the batch filled in. Does nothing where
 * the batch was not claimed by us.
 */
const POST = `with given as materialized (
  select g.* from jsonb_to_recordset($4::jsonb) as g (n int, id uuid, barcode text, analyte text, flag text, number numeric, unit text, value text,
    digest text, "on" date, correction text, wrong text)
  where exists (select from lab_batches b where b.county_code = $1 and b.id = $3)
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
      ) c where c.range @> g.number order by c.ordinal limit 1) end) as told,
    s.id as standing_id, s.digest as standing_digest, s.revision,
    row_number() over (partition by o.id, g.analyte order by g.n) as nth,
    first_value(g.digest) over (partition by o.id, g.analyte order by g.n) as first_digest
  from given g
  left join lab_orders o on o.county_code = $1 and o.barcode = g.barcode collate "C" and o.lab_id = $2 and o.voided_at is null
  left join lab_analytes a on a.panel_code = o.panel_code and a.code = g.analyte
  left join lab_results s on s.county_code = $1 and s.order_id = o.id and s.analyte_code = g.analyte and s.voided_at is null
), judged as (
  select *, case
    when wrong is not null then wrong
    when order_id is null then 'unknown-barcode'
    when flags is null then 'unknown-analyte'
    when "on" > $6::date or "on" < collected_on then 'invalid-date'
    when unit is not null and (own_unit is null or lower(unit) <> lower(own_unit)) then 'unit-differs'
    when number is not null and not has_number then 'number-not-expected'
    when flag is not null and flag <> all(flags) then 'flag-not-allowed'
    when nth > 1 and digest = first_digest or standing_digest = decode(digest, 'base64') then 'duplicate'
    when nth > 1 then 'repeated-row'
    when state in ('CANCELLED', 'REJECTED') then 'order-closed'
    when told is null then 'flag-required'
    when standing_id is not null and correction is null then 'result-differs'
  end as code
  from matched
), taken as (
  select * from judged where code is null
), voided as (
  update lab_results r set voided_at = $7, voided_by = $8, void_reason = t.correction
  from taken t
  -- By their ids: a plan made while the table was empty would otherwise read all of it for every batch.
  where r.county_code = $1 and r.id = any(array(select c.standing_id from taken c where c.standing_id is not null)) and r.id = t.standing_id
  returning r.id
), written as (
  insert into lab_results (county_code, id, batch_id, order_id, client_id, chain_id, facility_id, lab_id, division_code, panel_code, analyte_code, flag,
    is_derived, value_cipher, digest, measured_on, state, revision, recorded_at, recorded_by, source, replaces)
  select $1, t.id, $3, t.order_id, t.client_id, t.chain_id, t.facility_id, $2, t.division_code, t.panel_code, t.analyte, t.told, t.flag is null,
    decode(t.value, 'base64'), decode(t.digest, 'base64'), t."on", case when t.panel_code = any($9::text[]) then 'APPLIED' else 'POSTED' end, coalesce(t.revision, 0) + 1, $7, $8, $5, t.standing_id
  from taken t where (select count(*) from voided) >= 0
), forward as (
  update lab_orders o set state = case when x.missing then 'RECEIVED' else 'RESULTED' end, received_on = coalesce(o.received_on, $6::date),
    resulted_on = case when not x.missing then coalesce(o.resulted_on, $6::date) end, updated_at = $7, version = o.version + 1
  from (
    select t.order_id, exists (
      select from lab_analytes a where a.panel_code = t.panel_code and a.is_required and a.code <> all(t.codes)
        and not exists (select from lab_results r where r.county_code = $1 and r.order_id = t.order_id and r.analyte_code = a.code and r.voided_at is null)
    ) as missing
    from (select order_id, panel_code, array_agg(analyte) as codes from taken group by order_id, panel_code) t
    offset 0
  ) x
  where o.county_code = $1 and o.id = x.order_id
), told as (
  select (select count(*)::int from taken) as accepted,
    (select count(*)::int from judged where code = 'duplicate') as duplicates,
    (select coalesce(jsonb_agg(jsonb_build_object('row', n, 'code', code) order by n), '[]') from judged where code <> 'duplicate') as problems,
    (select coalesce(jsonb_agg(f), '[]') from (select facility_id as facility, jsonb_agg(distinct panel_code) as panels from taken group by 1 order by 1) f) as filed
)
select * from told where exists (select from given)`

export async function postRows(
  tx: Asking,
  access: Access,
  { id, channel }: Pick<BatchRow, 'id' | 'channel'>,
  rows: readonly SealedRow[],
  { at, today, read }: { at: Date; today: CivilDate; read: readonly string[] },
): Promise<Posted | undefined> {
  const source = channel === 'FORM' ? 'MANUAL' : 'API'
  const [posted] = await ask<Posted>(tx, POST, [
    ...[access.county, access.facility, id, JSON.stringify(rows), source, today, at, access.actorId, read],
  ])
  return posted
}

export async function fillBatch(
  tx: Asking,
  { county }: Access,
  id: Id,
  { accepted, duplicates, problems }: Omit<Posted, 'filed'>,
): Promise<void> {
  const text =
    'update lab_batches set accepted = $3, duplicates = $4, problems = $5 where county_code = $1 and id = $2'
  await ask(tx, text, [county, id, accepted, duplicates, JSON.stringify(problems)])
}

/** They could not be taken into the records of those who ordered. */
export async function leavePosted(
  tx: Asking,
  { county, facility }: Access,
  id: Id,
  panels: readonly string[],
): Promise<void> {
  const text = `update lab_results set state = 'POSTED' where county_code = $1 and batch_id = $2 and facility_id = $3 and panel_code = any($4)`
  await ask(tx, text, [county, id, facility, panels])
}

type Mark = 'facility' | 'panel'

export async function mark(tx: Asking, place: Mark): Promise<void> {
  await ask(tx, `savepoint ${place}`, [])
}

export async function backToMark(tx: Asking, place: Mark): Promise<void> {
  await ask(tx, `rollback to savepoint ${place}`, [])
}
