import type { Running } from '../installation.ts'
import { latencies, load } from '../load.ts'
import { compare, type Result } from '../measure.ts'
import { COUNTY, YEAR } from './county.ts'

const path = `/api/v1/birth-defect-cascades?periodBasis=CALENDAR_YEAR&year=${YEAR}`
const naivePath = `/cascade?county=${COUNTY}&from=${YEAR}-01-01&until=${YEAR + 1}-01-01`

/** Requests per second of a route too slow for a load generator: a few at a time until all are answered. */
async function slowly(server: Running, requests: number): Promise<number> {
  const began = performance.now()
  await latencies(server, Array<string>(requests).fill(naivePath), { connections: 4, warm: 0 })
  return requests / ((performance.now() - began) / 1000)
}

/** The year's cascade by township from counts kept with every event, against joining the records of every link at the visit. */
export async function cascade(ours: Running, naive: Running, rounds: number): Promise<Result> {
  await latencies(ours, [path], { connections: 1, warm: 0 })
  return await compare({
    name: 'cascade',
    better: 'higher',
    goal: 20,
    unit: 'requests/s',
    rounds,
    ours: () => load(ours, [{ path }]),
    base: () => slowly(naive, 12),
  })
}
