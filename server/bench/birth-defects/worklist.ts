import type { Running } from '../installation.ts'
import { latencies } from '../load.ts'
import { compare, percentile, type Result } from '../measure.ts'

/** Pages that are full in both. */
const lists = ['overdue?limit=50', 'due?limit=5']

/** The worklists of the county's one facility, in a large county against a small one. */
export async function growthWorklist(large: Running, small: Running, rounds: number): Promise<Result> {
  const paths = Array.from(
    { length: 800 },
    (_, index) => `/api/v1/birth-defect-worklists/${lists[index % 2]}`,
  )
  const p95 = async (server: Running) => percentile(await latencies(server, paths), 0.95)
  return await compare({
    name: 'growth-worklist',
    better: 'lower',
    goal: 1.5,
    unit: 'ms p95',
    rounds,
    ours: () => p95(large),
    base: () => p95(small),
  })
}
