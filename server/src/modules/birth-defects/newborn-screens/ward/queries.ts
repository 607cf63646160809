import type { NewbornRecall } from '@youyu/shared/birth-defects/newborn'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask, pageLimit } from '../../../../database/statements.ts'

type Task = { id: Id; state: string; dueBy: CivilDate | null } | null

export type WardRow = {
  id: Id
  name: string
  birthDate: CivilDate
  motherId: Id | null
  motherName: string | null
  bornOn: CivilDate
  bornAt: string | null
  gestationDays: number | null
  bloodSpot: Task
  hearing: Task
  cchd: Task
}

const latest = (table: string, state: string, due: string, order: string) => `(
  select jsonb_build_object('id', t.id, 'state', t.${state}, 'dueBy', t.${due}) from ${table} t
  where t.county_code = $1 and t.child_id = b.child_id and t.facility_id = $2 and t.voided_at is null
  order by t.${order} desc, t.id desc limit 1)`

/** Born in my facility, the latest first. */
export async function selectWard(
  tx: Transaction,
  { county, facility }: Access,
  from: CivilDate,
  to: CivilDate,
  after: readonly [string, string] | null,
  limit: number,
): Promise<WardRow[]> {
  return await ask(
    tx,
    `select c.id, c.name, c.birth_date as "birthDate", b.mother_id as "motherId", m.name as "motherName", b.born_on as "bornOn",
       b.born_at as "bornAt", b.gestation_days as "gestationDays",
       ${latest('blood_spots', 'state', 'due_by', 'sequence')} as "bloodSpot",
       ${latest('hearing_screens', 'outcome', 'due_by', 'occurred_on')} as hearing,
       ${latest('cchd_screens', 'outcome', 'echo_by', 'occurred_on')} as cchd
     from (
       select * from app.newborns_of($1, $3, $4) b
       where $5::date is null or (b.born_on, b.child_id) < ($5::date, $6::uuid)
       order by b.born_on desc, b.child_id desc limit ${pageLimit(limit)}) b
     cross join lateral app.client_of($1, b.child_id) c
     left join lateral app.client_of($1, b.mother_id) m on true
     order by b.born_on desc, b.child_id desc`,
    [county, facility, from, to, after?.[0] ?? null, after?.[1] ?? null],
  )
}

export type RecallRow = Omit<NewbornRecall, 'child' | 'isOverdue'> & {
  childId: Id
  name: string
  birthDate: CivilDate
}

/** Children to be called back: of each screen the last that stands, while what it asks for has not followed. */
export async function selectRecalls(
  tx: Transaction,
  { county, facility }: Access,
  after: readonly [string, string] | null,
  limit: number,
): Promise<RecallRow[]> {
  return await ask(
    tx,
    `select r.id, r.kind, r.due_by as "dueBy", r.child_id as "childId", c.name, c.birth_date as "birthDate"
     from (
       select id, child_id, due_by, case state when 'SUSPECT' then 'RECALL' when 'TREATED' then 'FOLLOW_UP' when 'CONFIRMED_POS' then 'TREATMENT'
           when 'RECALL' then 'RECALL' else 'SAMPLE' end as kind
         from blood_spots where county_code = $1 and facility_id = $2 and due_by is not null and voided_at is null
       union all
       select h.id, h.child_id, h.due_by, case when h.stage = 'FIRST' then 'RESCREEN'
           when h.stage = 'DIAGNOSIS' and h.outcome = 'LOSS' then 'INTERVENTION' else 'HEARING_DIAGNOSIS' end
         from hearing_screens h
         where h.county_code = $1 and h.facility_id = $2 and h.due_by is not null and h.voided_at is null
           and not exists (select from hearing_screens l where l.county_code = $1 and l.child_id = h.child_id and l.voided_at is null
             and (l.occurred_on, l.id) > (h.occurred_on, h.id))
       union all
       select id, child_id, echo_by, 'ECHO' from cchd_screens
         where county_code = $1 and facility_id = $2 and echo_by is not null and echo_on is null and voided_at is null
     ) r
     cross join lateral app.client_of($1, r.child_id) c
     where $3::date is null or (r.due_by, r.id) > ($3::date, $4::uuid)
     order by r.due_by, r.id limit ${pageLimit(limit)}`,
    [county, facility, after?.[0] ?? null, after?.[1] ?? null],
  )
}
