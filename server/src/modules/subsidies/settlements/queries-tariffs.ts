import type { ServiceTariff, NewServiceTariff } from '@youyu/shared/subsidies/settlements'
import type { CivilDate } from '@youyu/shared/values'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

const tariffColumns = `t.programme, t.item, t.name_zh as "nameZh", t.name_en as "nameEn", t.from_on as "fromOn", t.to_on as "toOn", t.price_fen as "priceFen",
  t.waived_percent::float8 as "waivedPercent", t.document, t.confidence, t.owner_county = 0 as "isStandard"`

export async function selectTariffs(
  tx: Transaction,
  county: number,
  on: CivilDate,
): Promise<ServiceTariff[]> {
  return await ask(
    tx,
    `select ${tariffColumns} from app.service_tariffs_of($1, $2::date) t order by t.programme, t.item`,
    [county, on],
  )
}

/** The item as it stands, so that a county's own keeps its name and what is counted behind it. */
export async function insertTariff(
  tx: Transaction,
  county: number,
  { programme, item, fromOn, priceFen = null, waivedPercent = null, document }: NewServiceTariff,
): Promise<ServiceTariff | undefined> {
  await ask(
    tx,
    `update service_tariffs set to_on = $4::date - 1 where owner_county = $1 and programme = $2 and item = $3 and to_on is null and from_on < $4::date`,
    [county, programme, item, fromOn],
  )
  const rows = await ask<ServiceTariff>(
    tx,
    `insert into service_tariffs as t (owner_county, programme, item, from_on, name_zh, name_en, price_fen, waived_percent, procedure_types, document, confidence)
     select $1::integer, $2, $3, $4::date, s.name_zh, s.name_en, $5, $6, s.procedure_types, $7, 'LOCAL'
     from (select * from service_tariffs where programme = $2 and item = $3 and owner_county in (0, $1::integer) order by owner_county, from_on desc limit 1) s
     returning ${tariffColumns}`,
    [county, programme, item, fromOn, priceFen, waivedPercent, document],
  )
  return rows[0]
}
