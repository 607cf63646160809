import {
  openInstallation,
  openNaiveCascade,
  openServer,
  type Installation,
  type Running,
} from '../installation.ts'
import type { Options, Result } from '../measure.ts'
import { cascade } from './cascading.ts'
import { CENTRE, COUNTY, loadCounty } from './county.ts'
import { labIntake, LABORATORY } from './lab-intake.ts'
import { replan } from './replanning.ts'
import { timeline } from './timelines.ts'
import { growthWorklist } from './worklist.ts'

const SMALL = 5000

type Wants = (name: string) => boolean

/** Issue 5 §4: a county's chains of two years, with a birth for every hundred people in each. */
export async function birthDefects({ persons, rounds, only, keep }: Options): Promise<Result[]> {
  const wants: Wants = (name) => !only || only.split(',').includes(name)
  const installation = await openInstallation(keep)
  try {
    console.log(`loading ${persons} people and their chains …`)
    const url = await loadCounty(installation, 'large', persons)
    const results = await requests(installation, url, rounds, wants)
    if (wants('replan')) results.push(await replan(installation, rounds))
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
    if (wants('timeline')) {
      const servers = { clinician: await as('station_clinician'), clerk: await as('county_population') }
      results.push(await timeline(installation, servers, rounds))
    }
    if (wants('lab-intake')) {
      await installation.sql(
        'large',
        `insert into organisations (id, code, type, name, division_code, midwifery_licence, family_planning_licence, digitised, status, version, recorded_at,
           updated_at)
         select gen_random_uuid(), $1, 'ORG-N', '新生儿疾病筛查中心', division_code, false, false, true, 'active', 1, now(), now()
         from organisations where code = $2 on conflict do nothing`,
        [LABORATORY, CENTRE],
      )
      const technician = await openServer(installation, url, COUNTY, {
        role: 'lab_user',
        organisation: LABORATORY,
      })
      open.push(technician)
      results.push(await labIntake(installation, technician, rounds))
    }
    if (wants('cascade')) {
      const naive = await openNaiveCascade(url)
      open.push(naive)
      results.push(await cascade(await as('county_mch'), naive, rounds))
    }
    return results
  } finally {
    await Promise.all(open.map((server) => server.stop()))
  }
}
