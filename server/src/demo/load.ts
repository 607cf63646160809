import type { FastifyBaseLogger } from 'fastify'
import { divisionsOfCounty, type DivisionRow } from '../generator/index.ts'
import { withoutWorker } from '../jobs/index.ts'
import { demoAccounts, ensureAccount, type DemoPlaces } from '../modules/accounts/index.ts'
import { todayOf, type App, type Office } from '../office.ts'
import { careForFamilies } from './benefit-families.ts'
import { giveBenefits } from './benefits.ts'
import { followChains } from './birth-defects.ts'
import { furnishClinic } from './contraception.ts'
import { countyFiles, divisionFile, methodFile, peopleOf, type Generated } from './files.ts'
import { enter, importFile, signIn } from './front-door.ts'
import { openServices, organisations, registerExpecting } from './services.ts'

const COUNTY = '371121'
const PERSONS = 5000
/** The county is as it was on this day, or is today where that comes first: nothing lies in the future. */
const AS_OF = '2026-10-31'

/** Where the demo's officers work: the county, its village with the most people, and the township around it. */
function placesIn(divisions: readonly DivisionRow[], generated: Generated): DemoPlaces {
  const county = COUNTY.padEnd(12, '0')
  const people = new Map<string, number>()
  for (const { persons } of generated)
    for (const { residenceDivision: code } of persons) people.set(code, (people.get(code) ?? 0) + 1)
  const [village] = divisions
    .filter(({ code, level }) => level === 5 && code.startsWith(COUNTY))
    .toSorted((one, other) => (people.get(other.code) ?? 0) - (people.get(one.code) ?? 0))
  return {
    province: COUNTY.slice(0, 2).padEnd(12, '0'),
    city: COUNTY.slice(0, 4).padEnd(12, '0'),
    county,
    township: village?.parentCode ?? county,
    village: village?.code ?? county,
  }
}

/** Fills an empty installation with one account per role and a synthetic county, through the front door. */
export async function loadDemo(app: App, office: Office, log: FastifyBaseLogger): Promise<void> {
  const { level } = app.log
  // Two thousand requests of nobody would bury the address and the password that a newcomer looks for.
  if (level === 'info') app.log.level = 'warn'
  try {
    await fill(app, office)
  } finally {
    app.log.level = level
  }
  log.info({ county: COUNTY, persons: PERSONS }, 'the demo county is loaded')
}

async function fill(app: App, office: Office): Promise<void> {
  const divisions = await divisionsOfCounty(COUNTY)
  const today = todayOf(office.now())
  const asOf = today < AS_OF ? today : AS_OF
  const generated = peopleOf(divisions, { county: COUNTY, persons: PERSONS, asOf })
  const places = placesIn(divisions, generated)
  const accounts = demoAccounts(places)
  const open = (some: typeof accounts) =>
    Promise.all(some.map((account) => ensureAccount(office.db, { ...account, now: office.now() })))
  await open(accounts.filter(({ organisation }) => !organisation))
  const at = (counter: App) => async (wanted: string) => {
    const officer = accounts.find(({ grants }) => grants.some(({ role }) => role === wanted))
    if (!officer) throw new Error(`The demo has no ${wanted}`)
    return await signIn(counter, officer.username, officer.password)
  }
  const as = at(app)
  const clerk = await as('county_population')
  await importFile(clerk, divisionFile(divisions))
  const facilities = new Map<string, string>()
  for (const organisation of organisations(COUNTY, divisions)) {
    const { id, code } = await enter<{ id: string; code: string }>(
      clerk,
      '/api/v1/organisations',
      organisation,
    )
    facilities.set(code, id)
  }
  await open(accounts.filter(({ organisation }) => organisation))
  for (const file of countyFiles(generated)) await importFile(clerk, file)
  await importFile(await as('county_mch'), methodFile(generated))
  await openServices(clerk, places)
  const expecting = await registerExpecting(await as('station_clinician'), clerk, today)
  // Rules and plans are run on earlier days: today's clock would find other people.
  await withoutWorker(office, async () => {
    const storeId = await furnishClinic(office, { at, app, places, facilities, expecting, divisions, today })
    await followChains(office, {
      ...{ clinician: await as('station_clinician'), chief: await as('chief_clinician') },
      ...{ reporter: await as('midwifery_reporter'), laboratory: await as('lab_user') },
      ...{ county: await as('county_mch'), clerk, facilities, storeId, today },
    })
    await giveBenefits(office, { at, app, places, password: accounts[0]!.password, today }, clerk)
    await careForFamilies({ at, app, places, today })
  })
}
