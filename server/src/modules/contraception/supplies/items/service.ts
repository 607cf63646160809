import type { SupplyItem } from '@youyu/shared/contraception/supplies'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused, type WrongField } from '../../../../refused.ts'
import { findItems, selectItems } from './queries.ts'

export async function listItems(
  office: Office,
  access: Access,
  { current }: { current?: boolean | undefined },
): Promise<{ items: SupplyItem[] }> {
  const on = current ? todayOf(office.now()) : null
  return { items: await reading(office.db, access, (tx) => selectItems(tx, on)) }
}

/** The item that a body names, of the range. */
export async function itemNamed(tx: Transaction, code: string): Promise<SupplyItem> {
  const item = (await findItems(tx, [code])).get(code)
  if (!item) throw Refused.field('/itemCode', 'invalid-code-value')
  return item
}

/** The items that lines name, each of the range. */
export async function itemsNamed(
  tx: Transaction,
  lines: readonly { itemCode: string }[],
): Promise<Map<string, SupplyItem>> {
  const items = await findItems(
    tx,
    lines.map((line) => line.itemCode),
  )
  const unknown = lines.flatMap(({ itemCode }, index): WrongField[] =>
    items.has(itemCode) ? [] : [{ pointer: `/lines/${index}/itemCode`, code: 'invalid-code-value' }],
  )
  if (unknown.length > 0) throw new Refused('invalid-request', { errors: unknown })
  return items
}
