import { join } from 'node:path'
import { filesOf, importFile } from '../foundation/importing.ts'
import { type Installation, openServer } from '../installation.ts'

export const COUNTY = '371121'
/** The facility of the county's centre, of which 40 % of the generated clients are. */
export const CENTRE = 'DEMO-S'

/** A county with its people, facilities and an old register of methods, loaded through the product's own import. */
export async function loadCounty(installation: Installation, name: string, persons: number): Promise<string> {
  const url = await installation.database(name)
  const files = await filesOf(installation, COUNTY, persons)
  await load(installation, url, files, 'county_population', ['divisions', 'persons'])
  await installation.sql(name, 'vacuum analyze')
  await installation.sql(
    name,
    `insert into organisations (id, code, type, name, division_code, licence_number, licence_valid_until, midwifery_licence,
       family_planning_licence, digitised, status, version, recorded_at, updated_at)
     select gen_random_uuid(), case when level = 3 then $2 else 'ST-' || left(code, 9) end, case when level = 3 then 'ORG-S' else 'ORG-TS' end,
       name || '服务站', code, 'PDY', '2035-12-31', false, true, false, 'active', 1, now(), now()
     from divisions where valid_to is null and (level = 4 or level = 3) and starts_with(code, $1)`,
    [COUNTY, CENTRE],
  )
  await load(installation, url, files, 'county_mch', ['methods'])
  await installation.sql(name, 'vacuum analyze')
  return url
}

async function load(
  installation: Installation,
  url: string,
  files: string,
  role: string,
  kinds: readonly string[],
): Promise<void> {
  const server = await openServer(installation, url, COUNTY, { role })
  try {
    for (const kind of kinds) {
      const rate = await importFile(server, kind, join(files, `${kind}.csv`))
      console.log(`  ${kind} loaded, ${rate.toFixed(0)} rows/s`)
    }
  } finally {
    await server.stop()
  }
}
