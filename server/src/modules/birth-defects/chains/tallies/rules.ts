import {
  ChainItem,
  linkOfItem,
  type ChainState,
  type LinkReason,
} from '@youyu/shared/birth-defects/chain-values'
import type { CascadeItem } from '@youyu/shared/birth-defects/cascades'
import type { DivisionCode } from '@youyu/shared/values'
import { suppressBreakdowns, suppressTable, type Cell } from '../../../statistics/index.ts'

/** Counts of links of one township, item, state and reason. */
export type Tallied = {
  divisionCode: DivisionCode
  item: ChainItem
  state: ChainState
  reason: string
  links: number
  offered: number
  accepted: number
  positive: number
  followed: number
}

/** What a place below the county tells of nobody's defects or terminations (domain §9.5). */
const countyOnly: readonly ChainItem[] = ['MEDICAL_TERMINATION', 'DEFECT_CARD']
/** Published for the county alone. */
const publishedOfCounty = (item: ChainItem): boolean =>
  item === 'TORCH' || [8, 9, 12, 13].includes(linkOfItem[item])

const states = ['NOT_DUE', 'DUE', 'OFFERED', 'DONE', 'DECLINED', 'NOT_APPLICABLE', 'OVERDUE'] as const
const names = ['notDue', 'due', 'waiting', 'done', 'declined', 'notApplicable', 'overdue'] as const
const stations = ['offered', 'accepted', 'positive', 'followed'] as const

export type Part = { divisionCode: DivisionCode; chains: number | null; items: CascadeItem[] }

const fieldOf = Object.fromEntries(states.map((state, index) => [state, names[index]])) as Record<
  ChainState,
  (typeof names)[number]
>

function nothingOf(item: ChainItem): CascadeItem {
  return {
    ...{ item, link: linkOfItem[item], cohort: 0 },
    ...{ notDue: 0, due: 0, waiting: 0, done: 0, declined: 0, notApplicable: 0, overdue: 0 },
    ...{ offered: 0, accepted: 0, positive: 0, followed: 0, dropOffs: [] },
  }
}

function count(into: CascadeItem, row: Tallied): void {
  const field = fieldOf[row.state]
  into[field] = into[field]! + row.links
  into.cohort = into.cohort! + row.links
  for (const station of stations) into[station] = into[station]! + row[station]
  if (row.state !== 'DECLINED' && row.state !== 'OVERDUE') return
  const reason = (row.reason || null) as LinkReason | null
  const known = into.dropOffs.find((drop) => drop.reason === reason)
  if (known) known.links = known.links! + row.links
  else into.dropOffs.push({ reason, links: row.links })
}

/** Every chain has each item that is always part of it: the cohort is as large as the largest of those of the chain. */
function chainsIn(items: readonly CascadeItem[]): number {
  return Math.max(0, ...items.filter(({ link }) => ![11, 13].includes(link)).map(({ cohort }) => cohort ?? 0))
}

export function cascadeOf(
  county: DivisionCode,
  townships: readonly DivisionCode[],
  tallied: readonly Tallied[],
): { whole: Part; townships: Part[] } {
  const places = new Map([county, ...townships].map((code) => [code, new Map<ChainItem, CascadeItem>()]))
  const present = new Set<ChainItem>()
  for (const row of tallied) {
    present.add(row.item)
    for (const place of countyOnly.includes(row.item) ? [county] : [county, row.divisionCode]) {
      const items = places.get(place)!
      let item = items.get(row.item)
      if (!item) items.set(row.item, (item = nothingOf(row.item)))
      count(item, row)
    }
  }
  const order = ChainItem.options.filter((item) => present.has(item))
  const partOf = (divisionCode: DivisionCode, shown: readonly ChainItem[]): Part => {
    const items = shown.map((item) => places.get(divisionCode)!.get(item) ?? nothingOf(item))
    return { divisionCode, chains: chainsIn(items), items }
  }
  const below = order.filter((item) => !countyOnly.includes(item))
  return { whole: partOf(county, order), townships: townships.map((code) => partOf(code, below)) }
}

const told = ({ value }: Cell): number | null => value

/** Cohorts that are one number whatever item they stand beside: of chains, and of children. */
type Cohort = { rows: Cell[]; total: Cell }

function cohortOf(counts: readonly number[]): Cohort {
  const { breakdowns, total } = suppressBreakdowns([counts])
  return { rows: breakdowns[0]!, total }
}

const settled = ({ suppressed }: Cell): 'published' | 'withheld' =>
  suppressed === null ? 'published' : 'withheld'

/**
 * For publication: of each item the table of townships by state, with its margins; small cells and what they could be
 * derived from are withheld. What passes through on the way (offered, accepted …) and the reasons are told of the county.
 */
export function published(cascade: { whole: Part; townships: Part[] }): { whole: Part; townships: Part[] } {
  const cohorts = new Map<string, Cohort>()
  const shared = (counts: readonly number[]): Cohort => {
    const key = counts.join(' ')
    if (!cohorts.has(key)) cohorts.set(key, cohortOf(counts))
    return cohorts.get(key)!
  }
  const chains = shared(cascade.townships.map((part) => part.chains ?? 0))
  const whole: Part = { ...cascade.whole, chains: told(chains.total), items: [] }
  const townships: Part[] = cascade.townships.map((part, index) => ({
    ...{ ...part, chains: told(chains.rows[index]!), items: [] },
  }))
  for (const item of cascade.whole.items) {
    if (publishedOfCounty(item.item)) {
      const { cells, total } = suppressTable([countsOf(item)])
      whole.items.push(ofCounty(item, cells[0]!, told(total)))
      continue
    }
    const rows = cascade.townships.map((part) => part.items.find((each) => each.item === item.item))
    const counts = rows.map((row) => (row ? countsOf(row) : names.map(() => 0)))
    const cohort = shared(counts.map((row) => row.reduce((total, count) => total + count, 0)))
    const margins = { rows: cohort.rows.map(settled), columns: [], total: settled(cohort.total) }
    const table = suppressTable(counts, margins)
    whole.items.push(ofCounty(item, table.columnTotals, told(table.total)))
    rows.forEach((row, index) => {
      if (!row) return
      townships[index]!.items.push({
        ...{ ...row, ...inStates(table.cells[index]!), cohort: told(table.rowTotals[index]!) },
        ...{ offered: null, accepted: null, positive: null, followed: null, dropOffs: [] },
      })
    })
  }
  return { whole, townships }
}

const countsOf = (item: CascadeItem): number[] => names.map((name) => item[name] ?? 0)

const inStates = (cells: readonly Cell[]) =>
  Object.fromEntries(names.map((name, index) => [name, told(cells[index]!)])) as Record<
    (typeof names)[number],
    number | null
  >

/** A part of a cohort is told where neither it nor the rest of the cohort is small. */
function ofCounty(item: CascadeItem, cells: readonly Cell[], total: number | null): CascadeItem {
  const cohort = item.cohort ?? 0
  const part = (count: number | null) => {
    if (total === null || count === null) return null
    return told(suppressBreakdowns([[count, cohort - count]]).breakdowns[0]![0]!)
  }
  const isTold = !cells.some(({ suppressed }) => suppressed !== null)
  const dropped = suppressBreakdowns([item.dropOffs.map(({ links }) => links ?? 0)]).breakdowns[0]!
  return {
    ...{ ...item, ...inStates(cells), cohort: total },
    ...{ offered: part(item.offered), accepted: part(item.accepted) },
    ...{ positive: part(item.positive), followed: part(item.followed) },
    dropOffs: isTold
      ? item.dropOffs.map(({ reason }, index) => ({ reason, links: told(dropped[index]!) }))
      : item.dropOffs.map(({ reason }) => ({ reason, links: null })),
  }
}
