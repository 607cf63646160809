import type { ChainScheduleItem, NewChainSchedule } from '@youyu/shared/birth-defects/schedules'
import { linkOfItem } from '@youyu/shared/birth-defects/chain-values'
import type { CivilDate } from '@youyu/shared/values'
import type { WrongField } from '../../../../refused.ts'

/** Of an item: whether it is of the child is its nature, and no county can make an always due item of what is indicated. */
export function scheduleFaults(
  { effectiveFrom, items }: NewChainSchedule,
  standing: readonly ChainScheduleItem[],
  today: CivilDate,
): WrongField[] {
  const faults: WrongField[] = []
  if (effectiveFrom < today) faults.push({ pointer: '/effectiveFrom', code: 'invalid-date' })
  items.forEach((item, index) => {
    const at = (field: string, code: WrongField['code']) =>
      faults.push({ pointer: `/items/${index}/${field}`, code })
    const known = standing.find((other) => other.item === item.item)
    if (!known || items.findIndex((other) => other.item === item.item) < index) at('item', 'invalid-value')
    if (item.toDays < item.fromDays) at('toDays', 'invalid-value')
    if (known && known.isPerChild !== item.isPerChild) at('isPerChild', 'invalid-value')
    if (known?.condition === 'INDICATED' && item.condition !== 'INDICATED') at('condition', 'invalid-value')
    if (item.isPerChild && item.anchor !== 'BIRTH') at('anchor', 'invalid-value')
    if (item.servedBy.includes(item.item)) at('servedBy', 'invalid-value')
  })
  return faults
}

/** A draft is whole: what it does not change stays as it is in force. */
export function withChanges(
  standing: readonly ChainScheduleItem[],
  changed: readonly ChainScheduleItem[],
): (ChainScheduleItem & { link: number; position: number })[] {
  return standing.map((item, position) => ({
    ...(changed.find((other) => other.item === item.item) ?? item),
    ...{ link: linkOfItem[item.item], position: position + 1 },
  }))
}
