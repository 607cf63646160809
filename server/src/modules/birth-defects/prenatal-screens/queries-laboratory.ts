import type { ScreenKind, ScreenResult } from '@youyu/shared/birth-defects/prenatal-values'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'
import type { FiledResults } from '../filing.ts'
import { ofResults } from '../queries-filing.ts'

/** An order with all that its laboratory has answered so far. */
export type Reported = {
  labOrderId: Id
  laboratoryId: Id
  womanId: Id
  chainId: Id | null
  expectedOn: CivilDate | null
  divisionCode: DivisionCode
  kind: ScreenKind
  offeredOn: CivilDate
  takenOn: CivilDate
  reportedOn: CivilDate
  answers: { analyte: string; flag: string | null }[]
  /** The screen that it answers: of this order, or the one of its kind that still waits. */
  standing: { id: Id; result: ScreenResult | null; offeredOn: CivilDate; takenOn: CivilDate | null } | null
}

export async function selectReported(
  tx: Transaction,
  { county, facility }: Access,
  answered: FiledResults,
): Promise<Reported[]> {
  const [condition, value] = ofResults(answered, '$2')
  return await ask(
    tx,
    `with touched as materialized (
       select distinct order_id from lab_results
       where county_code = $1 and ${condition} and facility_id = $3 and panel_code in ('SERUM', 'NIPT', 'OGTT')
         and voided_at is null)
     select o.id as "labOrderId", o.lab_id as "laboratoryId", o.client_id as "womanId", c.id as "chainId", c.expected_on as "expectedOn",
       o.division_code as "divisionCode", o.panel_code as kind, least(o.ordered_on, coalesce(o.collected_on, r.measured_on)) as "offeredOn",
       coalesce(o.collected_on, least(o.ordered_on, r.measured_on)) as "takenOn", r.measured_on as "reportedOn", r.answers,
       (select jsonb_build_object('id', s.id, 'result', s.result, 'offeredOn', s.offered_on, 'takenOn', s.taken_on) from prenatal_screens s
        where s.county_code = $1 and s.woman_id = o.client_id and s.kind = o.panel_code and s.facility_id = $3 and s.voided_at is null
          and s.decision = 'AGREED' and (s.lab_order_id = o.id or (s.result is null and s.lab_order_id is null))
        order by s.lab_order_id is null, s.offered_on desc limit 1) as standing
     from touched t
     join lab_orders o on o.county_code = $1 and o.id = t.order_id
     cross join lateral (
       select max(l.measured_on) as measured_on, jsonb_agg(jsonb_build_object('analyte', l.analyte_code, 'flag', l.flag)) as answers
       from lab_results l where l.county_code = $1 and l.order_id = o.id and l.voided_at is null) r
     left join chains c on c.county_code = $1 and c.id = o.chain_id`,
    [county, value, facility],
  )
}

type Row = Omit<Reported, 'chainId' | 'answers' | 'standing'> & {
  id: Id
  chainId: Id
  result: ScreenResult
  flagged: string[]
  gestationDays: number | null
  inWindow: boolean | null
}

const shape = `as n (id uuid, "labOrderId" uuid, "laboratoryId" uuid, "womanId" uuid, "chainId" uuid, "divisionCode" text, kind text,
  "offeredOn" date, "takenOn" date, "reportedOn" date, result text, flagged text[], "gestationDays" smallint, "inWindow" boolean, replaces uuid)`

export async function insertReported(
  tx: Transaction,
  { county, facility, actorId }: Access,
  rows: readonly (Row & { replaces: Id | null })[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return
  await ask(
    tx,
    `insert into prenatal_screens (county_code, id, chain_id, woman_id, facility_id, division_code, kind, offered_on, decision, taken_on,
       gestation_days, in_window, laboratory_id, lab_order_id, result, flagged, reported_on, recorded_at, recorded_by, source, replaces,
       updated_at, version)
     select $1, n.id, n."chainId", n."womanId", $2, n."divisionCode", n.kind, n."offeredOn", 'AGREED', n."takenOn", n."gestationDays",
       n."inWindow", n."laboratoryId", n."labOrderId", n.result, n.flagged, n."reportedOn", $5, $4, 'API', n.replaces, $5, 1
     from jsonb_to_recordset($3::jsonb) ${shape}`,
    [county, facility, JSON.stringify(rows), actorId, at],
  )
}

export async function updateReported(
  tx: Transaction,
  { county, facility }: Access,
  rows: readonly Row[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return
  await ask(
    tx,
    `update prenatal_screens s set lab_order_id = n."labOrderId", laboratory_id = n."laboratoryId", taken_on = n."takenOn",
       gestation_days = n."gestationDays", in_window = n."inWindow", result = n.result, flagged = n.flagged, reported_on = n."reportedOn",
       updated_at = $4, version = s.version + 1
     from jsonb_to_recordset($3::jsonb) ${shape}
     where s.county_code = $1 and s.facility_id = $2 and s.id = n.id and s.voided_at is null`,
    [county, facility, JSON.stringify(rows), at],
  )
}
