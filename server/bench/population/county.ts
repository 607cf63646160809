import { join } from 'node:path'
import { filesOf, importFile } from '../foundation/importing.ts'
import { type Installation, openServer } from '../installation.ts'

export const COUNTY = '371121'
const events = ['births', 'marriages', 'moves', 'deaths'] as const

/** A database with divisions and people, and a copy of it with ten years of events, loaded through the product's own import. */
export async function loadCounty(
  installation: Installation,
  name: string,
  persons: number,
): Promise<{ people: string; url: string; files: string }> {
  const people = `${name}_people`
  const files = await filesOf(installation, COUNTY, persons)
  await installation.loaded(people, (url) => loadFiles(installation, url, files, ['divisions', 'persons']))
  const url = await installation.loaded(
    name,
    (draft) => loadFiles(installation, draft, files, events),
    people,
  )
  return { people, url, files }
}

async function loadFiles(
  installation: Installation,
  url: string,
  files: string,
  kinds: readonly string[],
): Promise<void> {
  const server = await openServer(installation, url, COUNTY)
  try {
    for (const kind of kinds) {
      const rate = await importFile(server, kind, join(files, `${kind}.csv`))
      console.log(`  ${kind} loaded, ${rate.toFixed(0)} rows/s`)
    }
  } finally {
    await server.stop()
  }
}
