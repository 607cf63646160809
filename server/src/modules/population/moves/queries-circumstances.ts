import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'
import type { HukouMove } from './rules.ts'

/** The changes of hukou that hold, of a person whom the caller has found inside the area. */
export async function findHukouMoves(tx: Transaction, county: number, personId: Id): Promise<HukouMove[]> {
  const text = `select id, occurred_on as "occurredOn", recorded_at as "recordedAt", from_division as "fromDivision", to_division as "toDivision"
  from migration_events where county_code = $1 and person_id = $2 and voided_at is null and kind in ('HUKOU_IN', 'HUKOU_OUT')`
  return await ask(tx, text, [county, personId])
}

type Circumstances = {
  diedOn: CivilDate | null
  /** Where the hukou was before any move was recorded, under the code that held when that was written. */
  origin: DivisionCode
  originKnownAt: Date | null
}

export async function findCircumstances(
  tx: Transaction,
  county: number,
  personId: Id,
): Promise<Circumstances> {
  const text = `select d.occurred_on as "diedOn", coalesce(f.before ->> 'hukouDivision', p.hukou_division) as origin,
    f.recorded_at as "originKnownAt" from persons p
  left join deaths d on d.county_code = p.county_code and d.person_id = p.id and d.voided_at is null
  left join lateral (select f.before, f.recorded_at from person_facts f where f.county_code = p.county_code and f.person_id = p.id
    and f.kind = 'hukou-moved' and f.before ? 'hukouDivision' order by f.recorded_at, f.id limit 1) f on true
  where p.county_code = $1 and p.id = $2`
  const [row] = await ask<Circumstances>(tx, text, [county, personId])
  return row!
}

/** What is left of the stay that a move began, also under a new code of its place, and the stay of the same day that had given way to it. */
export async function findBegun(
  tx: Transaction,
  county: number,
  personId: Id,
  episodeId: Id,
): Promise<{
  left: Id[]
  former: {
    divisionCode: DivisionCode
    status: string
    evidence: string | null
    expectedReturn: CivilDate | null
  } | null
}> {
  const text = `with recursive line as (
    select id, voided_at from residence_episodes where county_code = $1 and person_id = $2 and id = $3
    union select e.id, e.voided_at from residence_episodes e
      join line on e.replaces = line.id or e.id = app.derived_id(e.source_ref || line.id::text)
      where e.county_code = $1 and e.person_id = $2)
  select coalesce((select array_agg(id) from line where voided_at is null), '{}') as left,
    (select json_build_object('divisionCode', f.division_code, 'status', f.status, 'evidence', f.evidence, 'expectedReturn', f.expected_return)
     from residence_episodes e join residence_episodes f on f.county_code = $1 and f.id = e.replaces and f.from_on = e.from_on
     where e.county_code = $1 and e.id = $3) as former`
  const [row] = await ask<Awaited<ReturnType<typeof findBegun>>>(tx, text, [county, personId, episodeId])
  return row!
}
