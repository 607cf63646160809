import { isSmall, LARGEST_SMALL, type Cell } from './rules-cells.ts'

/**
 * Tables with margins, breakdowns of one total and running sums are all circulations: every cell flows from one node to
 * another, and what enters a node leaves it. Another table that fits all published cells differs from the true one by
 * cycles of +1 and −1 over withheld cells. So a withheld cell is safe exactly where such a cycle runs through it, and
 * the cheapest protection of an exposed one is a shortest cycle.
 */
export type Flow = {
  from: number
  to: number
  value: number
  /** How much rather another cell is withheld: 1 for a cell, more for a margin. */
  reluctance: number
  /** What an earlier release did with the cell; it cannot be taken back. */
  settled?: Settled | undefined
}

export type Settled = 'published' | 'withheld'

type Step = { flow: number; node: number }

/** What a reader of the release knows of a withheld cell. */
type Reader = {
  mayMove: (value: number, direction: 1 | -1) => boolean
  mayWithhold: (flow: Flow) => boolean
}

/** Sees which cells are `<5`, hence 1 to 4, and that any other withheld cell is at least 5: zeros are printed. */
const readerOfMarks: Reader = {
  mayMove: (value, direction) => {
    if (isSmall(value)) return direction === 1 ? value < LARGEST_SMALL : value > 1
    return value > LARGEST_SMALL && (direction === 1 || value > LARGEST_SMALL + 1)
  },
  mayWithhold: ({ value, settled }) => value > 0 && settled !== 'published',
}

/** Sees one mark for all withheld cells, hence only that they are not negative. */
const readerOfOneMark: Reader = {
  mayMove: (value, direction) => direction === 1 || value > 0,
  mayWithhold: ({ settled }) => settled !== 'published',
}

/**
 * Cells in the order of the flows, with as few more withheld as keep every withheld one from being derived. Where so few
 * are large that the marks themselves would tell (1 + 1 + 1 + 1 = 4), all withheld cells carry the mark `complementary`.
 */
export function protect(nodes: number, flows: readonly Flow[]): Cell[] {
  const told = withheldFrom(readerOfMarks, nodes, flows)
  const withheld = told ?? withheldFrom(readerOfOneMark, nodes, flows) ?? flows.map(mayBeWithheld)
  return flows.map(({ value }, index): Cell => {
    if (!withheld[index]) return { value, suppressed: null }
    return { value: null, suppressed: told && isSmall(value) ? 'small' : 'complementary' }
  })
}

function mayBeWithheld({ settled }: Flow): boolean {
  return settled !== 'published'
}

function withheldFrom(reader: Reader, nodes: number, flows: readonly Flow[]): boolean[] | null {
  const withheld = flows.map(
    (flow) => flow.settled === 'withheld' || (isSmall(flow.value) && mayBeWithheld(flow)),
  )
  const unit = 1 + Math.max(0, ...flows.map(({ value }) => value))
  const network: Network = {
    stepsFrom: stepsOf(reader, nodes, flows),
    costOf: (index) => {
      const flow = flows[index] as Flow
      if (withheld[index]) return 0
      return (flow.value === 0 ? 1e6 : flow.reluctance) * (unit + flow.value)
    },
  }
  const first = withheld.flatMap((is, index) => (is ? [index] : []))
  for (const index of first) {
    const cycle = shortestCycle(reader, network, flows, index)
    if (!cycle) return null
    for (const flow of cycle) withheld[flow] = true
  }
  return withheld
}

type Network = { stepsFrom: Step[][]; costOf: (flow: number) => number }

function stepsOf(reader: Reader, nodes: number, flows: readonly Flow[]): Step[][] {
  const stepsFrom = Array.from({ length: nodes }, (): Step[] => [])
  flows.forEach((flow, index) => {
    const { from, to, value, settled } = flow
    if (settled !== 'withheld' && !reader.mayWithhold(flow)) return
    if (reader.mayMove(value, 1)) stepsFrom[from]?.push({ flow: index, node: to })
    if (reader.mayMove(value, -1)) stepsFrom[to]?.push({ flow: index, node: from })
  })
  return stepsFrom
}

/** The other cells of the cheapest cycle through a cell, in either direction. */
function shortestCycle(
  reader: Reader,
  network: Network,
  flows: readonly Flow[],
  index: number,
): number[] | null {
  const { from, to, value } = flows[index] as Flow
  const path = (direction: 1 | -1, start: number, end: number) =>
    reader.mayMove(value, direction) ? shortestPath(network, index, start, end) : null
  const up = path(1, to, from)
  if (up?.cost === 0) return up.flows
  const down = path(-1, from, to)
  if (!up || !down) return (up ?? down)?.flows ?? null
  return up.cost <= down.cost ? up.flows : down.flows
}

type Reached = { node: number; cost: number; by: { flow: number; before: Reached } | null }

/** Dijkstra, without the cell that is to be protected. */
function shortestPath(
  { stepsFrom, costOf }: Network,
  without: number,
  start: number,
  end: number,
): { cost: number; flows: number[] } | null {
  const best = new Map([[start, 0]])
  const queue: Reached[] = [{ node: start, cost: 0, by: null }]
  for (let here = queue.pop(); here; here = queue.pop()) {
    if (here.node === end) return { cost: here.cost, flows: flowsTo(here) }
    if (here.cost > (best.get(here.node) ?? Infinity)) continue
    for (const { flow, node } of stepsFrom[here.node] ?? []) {
      if (flow === without) continue
      const cost = here.cost + costOf(flow)
      if (cost >= (best.get(node) ?? Infinity)) continue
      best.set(node, cost)
      insert(queue, { node, cost, by: { flow, before: here } })
    }
  }
  return null
}

/** Keeps the queue in falling order of cost, the cheapest last. */
function insert(queue: Reached[], reached: Reached): void {
  let low = 0
  let high = queue.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((queue[middle]?.cost ?? 0) >= reached.cost) low = middle + 1
    else high = middle
  }
  queue.splice(low, 0, reached)
}

function flowsTo(reached: Reached): number[] {
  const flows: number[] = []
  for (let at = reached; at.by; at = at.by.before) flows.push(at.by.flow)
  return flows
}
