import type { ProposalLine } from '@youyu/shared/contraception/supplies-requisitions'
import type { SupplyItem } from '@youyu/shared/contraception/supplies'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { selectItems } from '../items/queries.ts'
import { selectFigures, type Figures } from '../lots/queries-figures.ts'
import type { KeptStore } from '../stores/queries.ts'
import { proposalOf } from './rules.ts'

/** What the store should ask for, item by item; items of the range that it never held stand at zero. */
export async function propose(
  tx: Transaction,
  access: Access,
  store: KeptStore,
  today: string,
): Promise<ProposalLine[]> {
  const [items, figures] = await Promise.all([
    selectItems(tx, today),
    selectFigures(tx, access, store.id, today),
  ])
  const known = new Map(figures.map((line) => [line.itemCode, line]))
  return items
    .filter((item) => item.isFree || known.has(item.code))
    .map((item) => ({
      itemCode: item.code,
      ...proposalOf(known.get(item.code) ?? nothingOf(item, today), store, item.packSize, today),
    }))
}

function nothingOf({ code }: SupplyItem, today: string): Figures {
  return {
    ...{ itemCode: code, onHand: 0, usable: 0, onTheWay: 0, issued: 0, monthlyUse: 0, monthsOfStock: null },
    ...{ from: today, days: 0, stockOutDays: 0, stockOutDays90: 0 },
    ...{ earliestExpiry: null, expiredOn: null, recalledExpiry: null, outSince: null },
  }
}
