import type { SupplyItem } from '@youyu/shared/contraception/supplies'
import { cited } from '../../../../citation.ts'
import { ask } from '../../../../database/statements.ts'
import type { Transaction } from '../../../../database/connect.ts'

const columns = `code, name_zh as "nameZh", name_en as "nameEn", method, unit_zh as "unitZh", unit_en as "unitEn", pack_size as "packSize",
  manufacturer, approval_number as "approvalNumber", is_free as "isFree", is_prescription as "isPrescription",
  first_by_clinician as "firstByClinician", is_returnable as "isReturnable", yearly_allowance as "yearlyAllowance",
  source, valid_from as "validFrom", valid_to as "validTo"`

export async function selectItems(tx: Transaction, on: string | null): Promise<SupplyItem[]> {
  const text = `select ${columns} from supply_items
    where $1::date is null or (valid_from <= $1 and (valid_to is null or valid_to > $1)) order by method, code`
  return (await ask<SupplyItem>(tx, text, [on])).map(cited)
}

export async function findItems(tx: Transaction, codes: readonly string[]): Promise<Map<string, SupplyItem>> {
  const text = `select ${columns} from supply_items where code = any($1::text[])`
  const items = await ask<SupplyItem>(tx, text, [[...new Set(codes)]])
  return new Map(items.map((item) => [item.code, cited(item)]))
}
