import type { SpotState } from '@youyu/shared/birth-defects/newborn'
import type { SpotFlag, SpotItem } from '@youyu/shared/birth-defects/newborn-rules'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { arrayOf, columnsOf, relationOf, type Shape } from '../../../../database/column-arrays.ts'
import { ask } from '../../../../database/statements.ts'
import type { FiledResults } from '../../filing.ts'
import { ofResults } from '../../queries-filing.ts'

export type ReportedSpot = {
  labOrderId: Id
  laboratoryId: Id
  childId: Id
  motherId: Id | null
  chainId: Id | null
  bornOn: CivilDate
  divisionCode: DivisionCode
  sampleNumber: string
  sampledOn: CivilDate
  reportedOn: CivilDate
  answers: { item: SpotItem; flag: SpotFlag | null }[]
  /** The sample that it answers: of this order, or the child's one that still waits. */
  standing: { id: Id; state: SpotState; sampledOn: CivilDate } | null
  sequence: number
}

export async function selectReportedSpots(
  tx: Transaction,
  { county, facility }: Access,
  answered: FiledResults,
): Promise<ReportedSpot[]> {
  const [condition, value] = ofResults(answered, '$2')
  return await ask(
    tx,
    `with touched as materialized (
       select distinct order_id from lab_results
       where county_code = $1 and ${condition} and facility_id = $3 and panel_code = 'BLOOD_SPOT' and voided_at is null),
     asked as materialized (
       select o.* from touched t join lab_orders o on o.county_code = $1 and o.id = t.order_id),
     children as materialized (
       select p.id, p.birth_date from app.clients_of($1, array(select a.client_id from asked a)) p),
     births as materialized (
       select b.* from app.births_of($1, array(select a.client_id from asked a)) b)
     select o.id as "labOrderId", o.lab_id as "laboratoryId", o.client_id as "childId", b.mother_id as "motherId",
       coalesce(o.chain_id, (select k.chain_id from chain_children k where k.county_code = $1 and k.child_id = o.client_id limit 1)) as "chainId",
       coalesce(b.born_on, p.birth_date) as "bornOn", o.division_code as "divisionCode", o.barcode as "sampleNumber",
       greatest(coalesce(o.collected_on, least(o.ordered_on, r.measured_on)), coalesce(b.born_on, p.birth_date)) as "sampledOn",
       r.measured_on as "reportedOn", r.answers,
       (select jsonb_build_object('id', s.id, 'state', s.state, 'sampledOn', s.sampled_on) from blood_spots s
        where s.county_code = $1 and s.child_id = o.client_id and s.facility_id = $3 and s.voided_at is null and s.sampled_on is not null
          and (s.lab_order_id = o.id or (s.state in ('SAMPLED', 'SATISFACTORY') and s.lab_order_id is null))
        order by s.lab_order_id is null, s.sequence desc limit 1) as standing,
       coalesce((select max(s.sequence) from blood_spots s
        where s.county_code = $1 and s.child_id = o.client_id and s.facility_id = $3 and s.voided_at is null), 0) as sequence
     from asked o
     join children p on p.id = o.client_id
     left join births b on b.child_id = o.client_id
     cross join lateral (
       select max(l.measured_on) as measured_on, jsonb_agg(jsonb_build_object('item', l.analyte_code, 'flag', l.flag)) as answers
       from lab_results l where l.county_code = $1 and l.order_id = o.id and l.voided_at is null) r`,
    [county, value, facility],
  )
}

export type SpotAnswer = Omit<ReportedSpot, 'answers' | 'standing'> & {
  id: Id
  state: SpotState
  dueBy: CivilDate | null
  findings: string[]
  pku: SpotFlag | null
  ch: SpotFlag | null
  g6pd: SpotFlag | null
  cah: SpotFlag | null
}

const shape: Shape = {
  ...{
    id: 'uuid',
    labOrderId: 'uuid',
    laboratoryId: 'uuid',
    childId: 'uuid',
    motherId: 'uuid',
    chainId: 'uuid',
  },
  ...{ bornOn: 'date', divisionCode: 'text', sampleNumber: 'text', sampledOn: 'date', reportedOn: 'date' },
  ...{
    sequence: 'integer',
    state: 'text',
    dueBy: 'date',
    pku: 'text',
    ch: 'text',
    g6pd: 'text',
    cah: 'text',
  },
}
/** With what is said against the time of the sample, behind the others. */
const shapeWithFindings: Shape = { ...shape, findings: 'text' }
const sent = (rows: readonly SpotAnswer[]) => [
  ...columnsOf(shape, rows),
  arrayOf(
    'text',
    rows.map(({ findings }) => findings.join(',')),
  ),
]

export async function insertReportedSpots(
  tx: Transaction,
  { county, facility, actorId }: Access,
  rows: readonly SpotAnswer[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return
  await ask(
    tx,
    `insert into blood_spots (county_code, id, child_id, mother_id, chain_id, facility_id, division_code, born_on, sequence, state, state_on,
       due_by, sampled_on, sample_number, laboratory_id, lab_order_id, findings, pku, ch, g6pd, cah, reported_on, recorded_at, recorded_by,
       source, updated_at, version)
     select $1, n.id, n."childId", n."motherId", n."chainId", $2, n."divisionCode", n."bornOn", n.sequence + 1, n.state, n."reportedOn", n."dueBy",
       n."sampledOn", n."sampleNumber", n."laboratoryId", n."labOrderId", string_to_array(n.findings, ','), n.pku, n.ch, n.g6pd, n.cah, n."reportedOn", $4, $3,
       'API', $4, 1
     from ${relationOf(shapeWithFindings, 5)}`,
    [county, facility, actorId, at, ...sent(rows)],
  )
}

export async function updateReportedSpots(
  tx: Transaction,
  { county, facility }: Access,
  rows: readonly SpotAnswer[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return
  await ask(
    tx,
    `update blood_spots s set lab_order_id = n."labOrderId", laboratory_id = n."laboratoryId", state = n.state, state_on = n."reportedOn",
       due_by = n."dueBy", pku = n.pku, ch = n.ch, g6pd = n.g6pd, cah = n.cah, reported_on = n."reportedOn", updated_at = $3,
       version = s.version + 1
     from ${relationOf(shape, 4)}
     where s.county_code = $1 and s.facility_id = $2 and s.id = n.id and s.voided_at is null`,
    [county, facility, at, ...columnsOf(shape, rows)],
  )
}

/** An unsatisfactory sample was repeated: the laboratory answered another order of the child. */
export async function closeRepeated(
  tx: Transaction,
  { county, facility }: Access,
  children: readonly Id[],
  at: Date,
): Promise<void> {
  if (children.length === 0) return
  await ask(
    tx,
    `update blood_spots s set state = 'RECALL_SAMPLE', due_by = null, updated_at = $4, version = s.version + 1
     where s.county_code = $1 and s.facility_id = $2 and s.child_id = any($3) and s.state = 'UNSAT' and s.voided_at is null
       and exists (select from blood_spots l where l.county_code = $1 and l.child_id = s.child_id and l.facility_id = $2
         and l.sequence > s.sequence and l.voided_at is null)`,
    [county, facility, children, at],
  )
}
