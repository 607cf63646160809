import type { ComplicationType, ProcedureType } from '@youyu/shared/contraception/care-value-sets'
import type { Month } from '@youyu/shared/population/book'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Asking } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'

export type EventCount = {
  month: Month
  procedureType: ProcedureType
  deviceType: string | null
  facilityId: Id | null
  what: ComplicationType | 'PROCEDURE'
  n: number
}

export async function selectEvents(
  tx: Asking,
  county: number,
  { from, until }: { from: CivilDate; until: CivilDate },
): Promise<EventCount[]> {
  const text = `select month, procedure_type as "procedureType", device_type as "deviceType", facility_id as "facilityId", what, n
    from app.complication_counts($1, $2, $3)`
  return await ask(tx, text, [county, from, until])
}

export async function selectFacilityNames(
  tx: Asking,
  ids: readonly Id[],
): Promise<{ id: Id; name: string }[]> {
  return await ask(tx, 'select id, name from organisations where id = any($1) order by code', [ids])
}

export async function selectDeviceNames(
  tx: Asking,
  codes: readonly string[],
): Promise<{ code: string; nameZh: string; nameEn: string }[]> {
  const text =
    'select code, name_zh as "nameZh", name_en as "nameEn" from device_types where code = any($1) order by code'
  return await ask(tx, text, [codes])
}

/** Of the own facility alone: row-level security shows no other. */
export async function selectOwnOperators(
  tx: Asking,
  { county, facility }: Access,
  { from, until }: { from: CivilDate; until: CivilDate },
): Promise<{ id: Id; name: string; procedures: number; complications: number }[]> {
  const text = `select l.id, l.name, count(*)::int as procedures, sum(c.n)::int as complications
  from procedures p join operator_licences l on l.id = p.operator_id
  cross join lateral (select count(*) as n from complications c
    where c.county_code = p.county_code and c.procedure_id = p.id and c.voided_at is null) c
  where p.county_code = $1 and p.facility_id = $2 and p.voided_at is null and p.performed_on between $3 and $4
  group by l.id, l.name order by l.name, l.id`
  return await ask(tx, text, [county, facility, from, until])
}
