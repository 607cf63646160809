import { openBare, openInstallation, openServer, type Installation, type Running } from '../installation.ts'
import { latencies, load } from '../load.ts'
import { compare, percentile, type Options, type Result } from '../measure.ts'
import { createRequests } from './creating.ts'
import { exportMemory, exportPersons } from './exporting.ts'
import { importPersons, loadCounty } from './importing.ts'
import { sampleOf, type Sample } from './sample.ts'

const COUNTY = '371121'
const SMALL = 5000

export async function foundation({ persons, rounds, only, keep }: Options): Promise<Result[]> {
  const wants = (...names: string[]) => !only || names.some((name) => only.split(',').includes(name))
  const installation = await openInstallation(keep)
  const results: Result[] = []
  try {
    console.log(`loading ${persons} and ${SMALL} people through the import …`)
    const large = await loadCounty(installation, 'large', COUNTY, persons)
    if (wants('import-persons')) results.push(await importPersons(installation, COUNTY, persons, rounds))
    const sample = await sampleOf(installation, 'large', COUNTY)
    results.push(...(await requests(installation, large, sample, rounds, wants)))
    if (wants('growth-get', 'growth-page', 'growth-search'))
      results.push(...(await growth(installation, large, sample, rounds)))
    if (wants('rls-cost')) results.push(await guards(installation, large, sample, rounds))
    if (wants('export-persons'))
      results.push(await exportPersons(installation, large, COUNTY, persons, rounds))
    if (wants('export-memory')) results.push(await exportMemory(installation, large, COUNTY, rounds))
  } finally {
    await installation.close()
  }
  return results
}

const pagePaths = (sample: Sample, years = 10) =>
  sample.townships.flatMap((township) =>
    ['1', '2'].flatMap((sex) =>
      [20, 30, 40, 50].map(
        (age) =>
          `/api/v1/persons?division=${township}&sex=${sex}&ageFrom=${age}&ageTo=${age + years - 1}&limit=50`,
      ),
    ),
  )

/** Those pages that a small county fills too: fifty people beside twenty would be taken for growth. */
async function fullPagePaths(server: Running, sample: Sample): Promise<string[]> {
  const paths = [10, 20, 40].flatMap((years) => pagePaths(sample, years))
  const full: string[] = []
  for (const path of paths) {
    const answer = await fetch(`${server.url}${path}`, {
      headers: { authorization: `Bearer ${server.token}` },
    })
    const { items } = (await answer.json()) as { items: unknown[] }
    if (items.length === 50) full.push(path)
  }
  return full
}

/** The same filters as the pages of ours, for the bare route. */
function barePagePaths(sample: Sample): string[] {
  const year = new Date().getFullYear()
  const day = new Date().toISOString().slice(4, 10)
  return sample.townships.flatMap((township) =>
    ['1', '2'].flatMap((sex) =>
      [20, 30, 40, 50].map((age) => {
        const prefix = township.slice(0, 9)
        return `/persons?county=${sample.county}&lo=${prefix}&hi=${prefix}:&sex=${sex}&bornAfter=${year - age - 10}${day}&bornUntil=${year - age}${day}`
      }),
    ),
  )
}

const getPaths = (sample: Sample) => sample.ids.map((id) => `/api/v1/persons/${id}`)
const searchPaths = (sample: Sample) =>
  sample.typed.map((q) => `/api/v1/persons/search?q=${encodeURIComponent(q)}`)
const asRequests = (paths: readonly string[]) => paths.map((path) => ({ path }))

async function requests(
  installation: Installation,
  database: string,
  sample: Sample,
  rounds: number,
  wants: (...names: string[]) => boolean,
): Promise<Result[]> {
  const results: Result[] = []
  const ours = await openServer(installation, database, COUNTY)
  const bare = await openBare(database)
  try {
    const perSecond = async (server: Running, paths: readonly string[]) =>
      await load(server, asRequests(paths))
    if (wants('person-get')) {
      const barePaths = sample.ids.map((id) => `/persons/${COUNTY}/${id}`)
      results.push(
        await compare({
          name: 'person-get',
          better: 'higher',
          goal: 0.5,
          unit: 'requests/s',
          rounds,
          ours: () => perSecond(ours, getPaths(sample)),
          base: () => perSecond(bare, barePaths),
        }),
      )
    }
    if (wants('person-page')) {
      results.push(
        await compare({
          name: 'person-page',
          better: 'higher',
          goal: 0.6,
          unit: 'requests/s',
          rounds,
          ours: () => perSecond(ours, pagePaths(sample)),
          base: () => perSecond(bare, barePagePaths(sample)),
        }),
      )
    }
    if (wants('person-create')) {
      const { oursNext, bareNext } = createRequests(COUNTY, sample.villages)
      results.push(
        await compare({
          name: 'person-create',
          better: 'higher',
          goal: 0.5,
          unit: 'requests/s',
          rounds,
          ours: () => load(ours, oursNext),
          base: () => load(bare, bareNext),
        }),
      )
    }
    if (wants('person-search')) {
      const p95 = async (paths: readonly string[]) =>
        percentile(await latencies(ours, paths.slice(0, 1500)), 0.95)
      results.push(
        await compare({
          name: 'person-search',
          better: 'lower',
          goal: 3,
          unit: 'ms p95',
          rounds,
          ours: () => p95(searchPaths(sample)),
          base: () => p95(getPaths(sample)),
        }),
      )
    }
  } finally {
    await Promise.all([ours.stop(), bare.stop()])
  }
  return results
}

async function growth(
  installation: Installation,
  database: string,
  sample: Sample,
  rounds: number,
): Promise<Result[]> {
  const small = await loadCounty(installation, 'small', COUNTY, SMALL)
  const smallSample = await sampleOf(installation, 'small', COUNTY)
  const results: Result[] = []
  const servers = {
    large: await openServer(installation, database, COUNTY),
    small: await openServer(installation, small, COUNTY),
  }
  try {
    const pages = await fullPagePaths(servers.small, smallSample)
    for (const [name, pathsOf] of [
      ['growth-get', getPaths],
      ['growth-page', () => pages],
      ['growth-search', searchPaths],
    ] as const) {
      const p95 = async (server: Running, from: Sample) => {
        const paths = pathsOf(from)
        const repeated = Array.from({ length: 1500 }, (_, index) => paths[index % paths.length] as string)
        return percentile(await latencies(server, repeated), 0.95)
      }
      results.push(
        await compare({
          name,
          better: 'lower',
          goal: 1.5,
          unit: 'ms p95',
          rounds,
          ours: () => p95(servers.large, sample),
          base: () => p95(servers.small, smallSample),
        }),
      )
    }
  } finally {
    await Promise.all([servers.large.stop(), servers.small.stop()])
  }
  return results
}

/** The page with both gates against the same server on a copy whose row-level security is switched off. */
async function guards(
  installation: Installation,
  database: string,
  sample: Sample,
  rounds: number,
): Promise<Result> {
  const unguarded = await installation.database('unguarded', 'large')
  await installation.sql(
    'unguarded',
    'alter table persons disable row level security; alter table households disable row level security; analyze',
  )
  const both = await openServer(installation, database, COUNTY)
  const first = await openServer(installation, unguarded, COUNTY)
  try {
    const paths = Array.from(
      { length: 1500 },
      (_, index) => pagePaths(sample)[index % pagePaths(sample).length] as string,
    )
    const middle = async (server: Running) => percentile(await latencies(server, paths), 0.5)
    return await compare({
      name: 'rls-cost',
      better: 'lower',
      goal: 1.2,
      unit: 'ms p50',
      rounds,
      ours: () => middle(both),
      base: () => middle(first),
    })
  } finally {
    await Promise.all([both.stop(), first.stop()])
  }
}
