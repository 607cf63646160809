import { load, latencies } from '../load.ts'
import type { Running } from '../installation.ts'
import { compare, percentile, type Result } from '../measure.ts'
import { COUNTY } from './county.ts'

const home = `/api/v1/population-home?division=${COUNTY}000000`

/** Requests per second of a route too slow for a load generator: a few at a time until all are answered. */
async function slowly(server: Running, paths: readonly string[], connections: number): Promise<number> {
  const began = performance.now()
  await latencies(server, paths, { connections, warm: 0 })
  return paths.length / ((performance.now() - began) / 1000)
}

export async function homeIndicators(ours: Running, naive: Running, rounds: number): Promise<Result> {
  const path = `/home?county=${COUNTY}&lo=${COUNTY}&hi=${COUNTY}:`
  return await compare({
    name: 'home-indicators',
    better: 'higher',
    goal: 100,
    unit: 'requests/s',
    rounds,
    ours: () => load(ours, [{ path: home }]),
    base: () => slowly(naive, Array<string>(8).fill(path), 4),
  })
}

/** Any township at any month's end of the ten years. */
export async function pyramid(
  ours: Running,
  naive: Running,
  townships: readonly string[],
  rounds: number,
): Promise<Result> {
  const months = Array.from({ length: 118 }, (_, index) => {
    const month = new Date(Date.UTC(2016, 11 + index, 1)).toISOString().slice(0, 10)
    return { month, last: new Date(Date.UTC(2017, index, 0)).toISOString().slice(0, 10) }
  })
  const asked = townships.flatMap((township) => months.map((each) => ({ township, ...each })))
  const any = asked.toSorted((a, b) => (mixed(a) < mixed(b) ? -1 : 1))
  const path = ({ township, last: day }: (typeof any)[number]) =>
    `/pyramid?county=${COUNTY}&lo=${township.slice(0, 9)}&hi=${township.slice(0, 9)}:&day=${day}`
  return await compare({
    name: 'pyramid',
    better: 'higher',
    goal: 10,
    unit: 'requests/s',
    rounds,
    ours: () =>
      load(
        ours,
        any.slice(0, 300).map(({ township, month }) => ({
          path: `/api/v1/population-structure?division=${township}&month=${month}`,
        })),
      ),
    base: (round) => slowly(naive, any.slice(round * 20, round * 20 + 20).map(path), 4),
  })
}

const mixed = ({ township, month }: { township: string; month: string }) =>
  [...`${month.slice(5, 7)}${township}${month}`].toReversed().join('')

export async function growthHome(large: Running, small: Running, rounds: number): Promise<Result> {
  const paths = Array<string>(800).fill(home)
  const p95 = async (server: Running) => percentile(await latencies(server, paths), 0.95)
  return await compare({
    name: 'growth-home',
    better: 'lower',
    goal: 1.5,
    unit: 'ms p95',
    rounds,
    ours: () => p95(large),
    base: () => p95(small),
  })
}
