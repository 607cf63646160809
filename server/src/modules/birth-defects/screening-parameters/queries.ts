import type { ParameterItem, ScreeningParameter } from '@youyu/shared/birth-defects/screening-parameters'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

export type ParameterRow = Omit<ScreeningParameter, 'recordedAt' | 'laboratory'> & {
  recordedAt: Date
  laboratoryId: Id | null
  laboratoryName: string | null
}

// A laboratory's own before the county's, the county's before the default; of each the latest that holds on the day.
const ranked = `select p.*, row_number() over (
    partition by p.item, p.laboratory_id order by p.owner_county <> 0 desc, p.valid_from desc, p.recorded_at desc) as place
  from screening_parameters p
  where p.owner_county in (0, $1) and p.valid_from <= $2`

export async function selectInForce(
  tx: Transaction,
  { county }: Access,
  on: CivilDate,
  laboratoryId: Id | null,
): Promise<{ item: ParameterItem; value: number; critical: number | null }[]> {
  return await ask(
    tx,
    `select distinct on (item) item, value::float8 as value, critical_value::float8 as critical
     from (${ranked}) r where place = 1 and (laboratory_id is null or laboratory_id = $3)
     order by item, laboratory_id is not null desc`,
    [county, on, laboratoryId],
  )
}

export async function selectParameters(
  tx: Transaction,
  { county }: Access,
  on: CivilDate,
  former: boolean,
): Promise<ParameterRow[]> {
  return await ask(
    tx,
    `select r.id, r.programme, r.item, r.laboratory_id as "laboratoryId", o.name as "laboratoryName", r.value::float8 as value,
       r.critical_value::float8 as "criticalValue", r.unit, r.valid_from as "validFrom", r.place = 1 as "inForce",
       r.owner_county <> 0 as "isOwn", r.source, r.reason, r.recorded_at as "recordedAt"
     from (${ranked}) r left join organisations o on o.id = r.laboratory_id
     where r.place = 1 or $3
     order by r.programme, r.item, r.laboratory_id nulls first, r.valid_from desc`,
    [county, on, former],
  )
}

export async function insertParameter(
  tx: Transaction,
  { county, actorId }: Access,
  row: {
    id: Id
    item: ParameterItem
    laboratoryId: Id | null
    value: number
    criticalValue: number | null
    validFrom: CivilDate
    source: string
    reason: string
  },
  at: Date,
): Promise<void> {
  const { id, item, laboratoryId, value, criticalValue, validFrom, source, reason } = row
  await ask(
    tx,
    `insert into screening_parameters (id, owner_county, programme, item, laboratory_id, valid_from, value, critical_value, unit, source,
       reason, recorded_at, recorded_by)
     select $1, $2, p.programme, p.item, $4, $5, $6, $7, p.unit, $8, $9, $10, $11
     from screening_parameters p where p.owner_county = 0 and p.item = $3 limit 1`,
    [id, county, item, laboratoryId, validFrom, value, criticalValue, source, reason, at, actorId],
  )
}
