import type { Running } from '../installation.ts'
import { latencies } from '../load.ts'
import { compare, percentile, type Result } from '../measure.ts'

/** The day's worklist of the county's centre, in a large county against a small one. */
export async function growthWorklist(large: Running, small: Running, rounds: number): Promise<Result> {
  const paths = Array<string>(800).fill('/api/v1/follow-up-tasks?due=2026-11-01')
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
