import type { ChainSchedule, ChainScheduleItem } from '@youyu/shared/birth-defects/schedules'

type Item = ChainSchedule['items'][number]

const essence = ({ anchor, fromDays, toDays, openingDays, servedBy, condition, source }: ChainScheduleItem) =>
  JSON.stringify([anchor, fromDays, toDays, openingDays, servedBy, condition, source])

/** Those that are not as in the other schedule. */
export function changedItems(items: readonly Item[], others: readonly Item[]): Item[] {
  const known = new Map(others.map((other) => [other.item, essence(other)]))
  return items.filter((item) => known.get(item.item) !== essence(item))
}

/** An item as it is typed: days as text. */
export type ItemValues = Omit<Item, 'fromDays' | 'toDays' | 'openingDays'> & {
  fromDays: string
  toDays: string
  openingDays: string
}

export const valuesOf = (item: Item): ItemValues => ({
  ...item,
  ...{ fromDays: String(item.fromDays), toDays: String(item.toDays) },
  openingDays: item.openingDays === null ? '' : String(item.openingDays),
})

const whole = (text: string) => (text.trim() === '' ? null : Number(text))

/** As the contract takes it; the link follows from the item. */
export function itemOf({ link: _link, ...values }: ItemValues): ChainScheduleItem {
  return {
    ...values,
    ...{ fromDays: whole(values.fromDays) as number, toDays: whole(values.toDays) as number },
    openingDays: whole(values.openingDays),
  }
}
