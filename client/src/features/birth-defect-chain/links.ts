import type { ChainItem, ChainState, LinkReason } from '@youyu/shared/birth-defects/chain-values'
import { weeksOf, daysBetween, plus } from './days.ts'
import { lanesOf, scaleOf, type Scale } from './scale.ts'

/** What the timeline draws of a link, of the chain itself or of one child. */
export type TimelineLink = {
  item: ChainItem
  link: number
  childId: string | null
  windowFrom: string | null
  windowTo: string | null
  state: ChainState
  offeredOn: string | null
  settledOn: string | null
  positiveOn: string | null
  followedOn: string | null
  dropReason: LinkReason | null
}

export type TimelineChain<Link extends TimelineLink = TimelineLink> = {
  openedOn: string
  expectedOn: string | null
  bornOn: string | null
  links: Link[]
}

export const keyOf = ({ item, childId }: TimelineLink) => `${item}.${childId ?? ''}`

const conceptionOf = ({ expectedOn, bornOn }: Pick<TimelineChain, 'expectedOn' | 'bornOn'>) => {
  const born = expectedOn ?? bornOn
  return born === null ? null : plus(born, -280)
}

/** "13周6天" of a day in this pregnancy, as weeks and days; null outside it. */
export function gestationOn(
  chain: Pick<TimelineChain, 'expectedOn' | 'bornOn'>,
  day: string,
): [number, number] | null {
  const conceived = conceptionOf(chain)
  if (conceived === null || day < conceived || (chain.bornOn !== null && day > chain.bornOn)) return null
  const days = daysBetween(conceived, day)
  return days > 300 ? null : weeksOf(days)
}

/** Days of life on a day; null before the birth. */
export function lifeDaysOn({ bornOn }: Pick<TimelineChain, 'bornOn'>, day: string): number | null {
  return bornOn === null || day < bornOn ? null : daysBetween(bornOn, day)
}

/** Something was found and is not yet followed to its end. */
export const isOpenFinding = ({ positiveOn, followedOn }: TimelineLink) =>
  positiveOn !== null && followedOn === null

/** Its window went by, and why is known. */
export const isExplained = ({ state, dropReason }: TimelineLink) => state === 'OVERDUE' && dropReason !== null

export type Placed<Link extends TimelineLink> = {
  key: string
  link: Link
  /** Of the window; null where no day is known yet. */
  bar: { from: number; to: number } | null
  mark: number
  lane: number
}
type Row<Link extends TimelineLink> = { link: number; lanes: number; items: Placed<Link>[] }
export type Drawing<Link extends TimelineLink> = { scale: Scale; rows: Row<Link>[]; today: number | null }

const daysOf = (link: TimelineLink) =>
  [link.windowFrom, link.windowTo, link.offeredOn, link.settledOn].filter((day) => day !== null)

/** Where everything of a chain stands on its scale. */
export function drawingOf<Link extends TimelineLink>(
  chain: TimelineChain<Link>,
  today: string,
): Drawing<Link> {
  const days = [chain.openedOn, ...chain.links.flatMap(daysOf)].sort()
  const [from = chain.openedOn, to = chain.openedOn] = [days[0], days.at(-1)]
  const scale = scaleOf({
    ...{ openedOn: chain.openedOn, bornOn: chain.bornOn, conceivedOn: conceptionOf(chain) },
    ...{ from, to },
  })
  const numbers = [...new Set(chain.links.map(({ link }) => link))].sort((one, other) => one - other)
  const rows = numbers.map((link) => rowOf(link, chain.links, scale))
  const isShown = today >= from && today <= to
  return { scale, rows, today: isShown ? scale.place(today) : null }
}

function rowOf<Link extends TimelineLink>(link: number, links: readonly Link[], { place }: Scale): Row<Link> {
  const items = links
    .filter((one) => one.link === link)
    .map((one): Omit<Placed<Link>, 'lane'> => {
      const start = one.windowFrom ?? one.settledOn ?? one.offeredOn
      const bar = start === null ? null : { from: place(start), to: place(one.windowTo ?? start) }
      const middle = bar === null ? 1 : (bar.from + bar.to) / 2
      return { key: keyOf(one), link: one, bar, mark: one.settledOn === null ? middle : place(one.settledOn) }
    })
    .sort((one, other) => one.mark - other.mark)
  const lanes = lanesOf(
    items.map(({ bar, mark }) => ({
      from: Math.min(bar?.from ?? mark, mark - 0.012),
      to: Math.max(bar?.to ?? mark, mark + 0.012),
    })),
  )
  return {
    link,
    lanes: Math.max(1, ...lanes.map((lane) => lane + 1)),
    items: items.map((item, index) => ({ ...item, lane: lanes[index] ?? 0 })),
  }
}
