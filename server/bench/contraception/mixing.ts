import type { Installation, Running } from '../installation.ts'
import { latencies, load } from '../load.ts'
import { compare, type Result } from '../measure.ts'
import { COUNTY } from './county.ts'

const path = `/api/v1/contraceptive-prevalence?division=${COUNTY}000000`

/** Requests per second of a route too slow for a load generator: a few at a time until all are answered. */
async function slowly(server: Running, requests: number, connections: number): Promise<number> {
  const began = performance.now()
  await latencies(server, Array<string>(requests).fill(`/mix?county=${COUNTY}`), { connections, warm: 0 })
  return requests / ((performance.now() - began) / 1000)
}

/** Prevalence and mix by township from sums kept with every method begun and ended, against counting them at the visit. */
export async function methodMix(
  installation: Installation,
  { ours, naive }: { ours: Running; naive: Running },
  rounds: number,
): Promise<Result> {
  await installation.sql('large', `analyze method_users; analyze union_women`)
  await latencies(ours, [path], { connections: 1, warm: 0 })
  return await compare({
    name: 'method-mix',
    better: 'higher',
    goal: 20,
    unit: 'requests/s',
    rounds,
    ours: () => load(ours, [{ path }]),
    base: () => slowly(naive, 12, 4),
  })
}
