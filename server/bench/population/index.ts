import { openInstallation, openNaive, openServer, type Installation } from '../installation.ts'
import type { Options, Result } from '../measure.ts'
import { monthClose } from './closing.ts'
import { COUNTY, loadCounty } from './county.ts'
import { factCost } from './facts.ts'
import { eventsImport } from './importing.ts'
import { growthHome, homeIndicators, pyramid } from './reading.ts'

const SMALL = 5000

/** Issue 3 §5: ten years of events on the same people as the foundation's. */
export async function population({ persons, rounds, only, keep }: Options): Promise<Result[]> {
  const wants = (...names: string[]) => !only || names.some((name) => only.split(',').includes(name))
  const installation = await openInstallation(keep)
  const results: Result[] = []
  try {
    console.log(`loading ${persons} people and ten years through the import …`)
    const large = await loadCounty(installation, 'large', persons)
    if (wants('events-import')) results.push(await eventsImport(installation, large, rounds))
    if (wants('month-close')) results.push(await monthClose(installation, rounds))
    results.push(...(await requests(installation, large.url, rounds, wants)))
  } finally {
    await installation.close()
  }
  return results
}

async function requests(
  installation: Installation,
  database: string,
  rounds: number,
  wants: (...names: string[]) => boolean,
): Promise<Result[]> {
  const results: Result[] = []
  const ours = await openServer(installation, database, COUNTY)
  const naive = await openNaive(database)
  try {
    if (wants('home-indicators')) results.push(await homeIndicators(ours, naive, rounds))
    if (wants('pyramid')) {
      const rows = await installation.sql(
        'large',
        `select code from divisions where valid_to is null and level = 4 and code like $1 || '%' order by code`,
        [COUNTY],
      )
      const townships = rows.map(({ code }) => code as string)
      results.push(await pyramid(ours, naive, townships, rounds))
    }
    if (wants('growth-home')) {
      const small = await loadCounty(installation, 'small', SMALL)
      const server = await openServer(installation, small.url, COUNTY)
      try {
        results.push(await growthHome(ours, server, rounds))
      } finally {
        await server.stop()
      }
    }
    if (wants('fact-cost')) results.push(await factCost(installation, ours, naive, rounds))
  } finally {
    await Promise.all([ours.stop(), naive.stop()])
  }
  return results
}
