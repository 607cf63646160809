import type { listStockOuts, StockOutRow } from '@youyu/shared/contraception/supplies'
import type { Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { reading } from '../../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { selectStockOuts } from './queries.ts'

type Asked = z.output<(typeof listStockOuts)['schema']['querystring']>

export async function listOuts(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<StockOutRow>> {
  if (filter.to < filter.from) throw Refused.field('?to', 'invalid-date')
  const after = keyIn(cursor, ['string', 'string', 'string'])
  const today = todayOf(office.now())
  const rows = await reading(office.db, access, (tx) =>
    selectStockOuts(tx, access, { ...filter, today, after, limit: limit + 1 }),
  )
  return pageOf(
    rows,
    limit,
    ({ storeId, storeName, divisionCode, divisionName, ...row }) => ({
      ...row,
      store: { id: storeId, name: storeName },
      division: { code: divisionCode, name: divisionName ?? divisionCode },
    }),
    (row) => [row.divisionCode, row.storeId, row.itemCode],
  )
}
