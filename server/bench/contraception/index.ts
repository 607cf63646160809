import {
  openInstallation,
  openNaiveMix,
  openRows,
  openServer,
  type Installation,
  type Running,
} from '../installation.ts'
import type { Options, Result } from '../measure.ts'
import { CENTRE, COUNTY, loadCounty } from './county.ts'
import { dispenseContended } from './dispensing.ts'
import { methodMix } from './mixing.ts'
import { followUpLoop, followUpPlan } from './planning.ts'
import { encounterSave } from './visits.ts'
import { growthWorklist } from './worklist.ts'

const SMALL = 5000

type Wants = (...names: string[]) => boolean

/** Issue 4 §4: a county's women with fifteen years of methods. */
export async function contraception({ persons, rounds, only, keep }: Options): Promise<Result[]> {
  const wants: Wants = (...names) => !only || names.some((name) => only.split(',').includes(name))
  const installation = await openInstallation(keep)
  try {
    console.log(`loading ${persons} people and their register of methods through the import …`)
    const url = await loadCounty(installation, 'large', persons)
    const results = await requests(installation, url, rounds, wants)
    if (wants('followup-plan')) results.push(await followUpPlan(installation, rounds))
    if (wants('followup-loop')) results.push(await followUpLoop(installation, rounds))
    return results
  } finally {
    await installation.close()
  }
}

async function requests(
  installation: Installation,
  url: string,
  rounds: number,
  wants: Wants,
): Promise<Result[]> {
  const results: Result[] = []
  const open: Running[] = []
  const as = async (role: string, database = url) => {
    const server = await openServer(installation, database, COUNTY, { role, organisation: CENTRE })
    open.push(server)
    return server
  }
  try {
    if (wants('growth-worklist')) {
      const small = await loadCounty(installation, 'small', SMALL)
      const [one, other] = [await as('station_clinician'), await as('station_clinician', small)]
      results.push(await growthWorklist(one, other, rounds))
    }
    if (wants('method-mix')) {
      const naive = await openNaiveMix(url)
      open.push(naive)
      results.push(await methodMix(installation, { ours: await as('county_mch'), naive }, rounds))
    }
    if (wants('dispense-contended')) results.push(await dispenseContended(await as('pharmacist'), rounds))
    if (wants('encounter-save')) {
      const bare = await openRows(url)
      open.push(bare)
      const officers = {
        ours: await as('station_clinician'),
        keeper: await as('pharmacist'),
        county: await as('county_mch'),
      }
      results.push(await encounterSave(installation, { ...officers, bare }, rounds))
    }
    return results
  } finally {
    await Promise.all(open.map((server) => server.stop()))
  }
}
