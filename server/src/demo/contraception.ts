import type { DivisionRow } from '../generator/index.ts'
import { workNight } from '../modules/contraception/index.ts'
import type { App, Office } from '../office.ts'
import { careFor, licenseOperators } from './care.ts'
import { goOut, holdSessions, invite, keepCases, planYear } from './check-ups.ts'
import { openEarlier } from './earlier.ts'
import { day, look, type Signed } from './front-door.ts'
import { offerEarlier, offerLately } from './offers.ts'
import { furnishStores } from './supplies.ts'

const WEEKS_AGO = 56

type Demo = {
  /** Signs an officer of a role in at a counter. */
  at: (counter: App) => (role: string) => Promise<Signed>
  app: App
  places: { county: string; township: string; village: string }
  /** Id by code. */
  facilities: ReadonlyMap<string, string>
  /** Women whom the demo shows expecting a child. */
  expecting: readonly string[]
  divisions: readonly DivisionRow[]
  today: string
}

type Listed = { items: { id: string; status: string; residence: { code: string } | null }[] }

/** Women between 24 and 44 who live there and expect nobody. */
async function womenOf(clerk: Signed, division: string, { expecting }: Demo): Promise<string[]> {
  const query = `sex=2&ageFrom=24&ageTo=44&division=${division}&status=ACTIVE&limit=100`
  const { items } = await look<Listed>(clerk, `/api/v1/persons?${query}`)
  return items.map(({ id }) => id).filter((id) => !expecting.includes(id))
}

/** Contraception services of the demo: operators, clients, supplies, check-ups, offers. Answers the clinic's outlet. */
export async function furnishClinic(office: Office, demo: Demo): Promise<string> {
  const { app, at, places, facilities, today } = demo
  const [clinician, county, village] = (await Promise.all(
    ['station_clinician', 'county_mch', 'village_worker'].map((role) => at(app)(role)),
  )) as [Signed, Signed, Signed]
  const clerk = await at(app)('county_population')
  const women = await womenOf(clerk, places.township, demo)
  const neighbours = await womenOf(clerk, places.village, demo)

  await planEarlier(office, demo, neighbours)
  const officers = {
    ...{ clinician, village, approver: county },
    ...{ keeper: await at(app)('pharmacist'), township: await at(app)('township_worker') },
  }
  const storeId = await furnishStores(officers, places, facilities, today)
  const operatorId = await licenseOperators(county, clinician, facilities, today)
  const chief = await at(app)('chief_clinician')
  await careFor({ clinician, chief, operatorId, storeId, today }, women.slice(0, 40))

  const { township } = places
  await holdSessions({ clinician, township, from: day(today, WEEKS_AGO), to: day(today, 1) })
  await invite({ clinician, township, from: today, to: day(today, -30) })
  const known = await look<{ items: { client: { id: string } }[] }>(clinician, '/api/v1/rti-cases?limit=200')
  const told = new Set(known.items.map(({ client }) => client.id))
  await keepCases(
    clinician,
    women.slice(40).filter((id) => !told.has(id)),
    today,
  )
  await goOut(clinician, facilities.get('DEMO-S'), villagesOf(demo), today)
  await workNight(office)
  await offerLately(village, neighbours, today)
  return storeId
}

function villagesOf({ divisions, places }: Demo): string[] {
  return divisions
    .filter(({ level, parentCode }) => level === 5 && parentCode === places.township)
    .map(({ code }) => code)
}

function otherTownships({ divisions, places }: Demo): string[] {
  return divisions
    .filter(
      ({ level, parentCode, code }) =>
        level === 4 && parentCode === places.county && code !== places.township,
    )
    .map(({ code }) => code)
}

async function planEarlier(office: Office, demo: Demo, neighbours: readonly string[]): Promise<void> {
  const { at, places, facilities: organisations, today } = demo
  const then = day(today, WEEKS_AGO)
  const earlier = await openEarlier(office, then)
  try {
    const as = at(earlier.app)
    const planner = await as('county_mch')
    await planYear({
      ...{ office: earlier.office, planner, places, organisations },
      ...{ villages: villagesOf(demo), otherTownships: otherTownships(demo), then, today },
    })
    await invite({
      ...{ clinician: await as('station_clinician'), township: places.township },
      ...{ from: then, to: day(today, 1) },
    })
    await offerEarlier(await as('village_worker'), neighbours, then)
    await workNight(earlier.office)
  } finally {
    await earlier.app.close()
  }
}
