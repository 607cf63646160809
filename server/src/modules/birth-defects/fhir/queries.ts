import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask, pageLimit } from '../../../database/statements.ts'

/** LOINC → code of ours; a LOINC code means the same analyte in every panel. */
export async function selectLoinc(tx: Asking): Promise<Map<string, string>> {
  const text = 'select distinct loinc, code from lab_analytes where loinc is not null'
  const rows = await ask<{ loinc: string; code: string }>(tx, text, [])
  return new Map(rows.map(({ loinc, code }) => [loinc, code]))
}

/** Orders that are mine, as the one who measures or the one who asked; newest first. */
export async function selectOrderIds(
  tx: Asking,
  { county, facility }: Access,
  { barcode, after }: { barcode: string | null; after: Id | null },
  limit: number,
): Promise<Id[]> {
  const text = `select o.id from lab_orders o where o.county_code = $1 and (o.lab_id = $2 or o.facility_id = $2) and o.voided_at is null
    and ($3::text is null or o.barcode = $3 collate "C") and ($4::uuid is null or o.id < $4) order by o.id desc limit ${pageLimit(limit)}`
  return (await ask<{ id: Id }>(tx, text, [county, facility, barcode, after])).map(({ id }) => id)
}

export async function findOrderOfResult(
  tx: Asking,
  { county, facility }: Access,
  id: Id,
): Promise<Id | undefined> {
  const text =
    'select order_id as id from lab_results where county_code = $1 and id = $2 and (lab_id = $3 or facility_id = $3)'
  return (await ask<{ id: Id }>(tx, text, [county, id, facility]))[0]?.id
}
