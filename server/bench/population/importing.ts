import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { importFile } from '../foundation/importing.ts'
import { type Installation, openServer } from '../installation.ts'
import { compare, type Result } from '../measure.ts'
import { COUNTY } from './county.ts'

/** What the import of births writes, as it stands in the database that has them. */
const written = {
  births: 'select * from births',
  person_facts: `select * from person_facts where kind = 'born'`,
  population_postings: `select q.* from population_postings q where q.recorded_at = (select min(recorded_at) from births)`,
}

/** Fifty thousand births or as many as the county has, linked to mothers, fathers and children; the base is raw COPY of the rows made. */
export async function eventsImport(
  installation: Installation,
  { people, files }: { people: string; files: string },
  rounds: number,
): Promise<Result> {
  const url = await installation.database('births_made', people)
  const first = await openServer(installation, url, COUNTY)
  await importFile(first, 'births', join(files, 'births.csv'))
  await first.stop()
  const [counted] = await installation.sql('births_made', 'select count(*)::int as births from births')
  const births = counted!['births'] as number
  const dumpOf = (table: string) => join(installation.directory, `${table}-births.copy`)
  const client = new pg.Client(url)
  await client.connect()
  for (const [table, query] of Object.entries(written))
    await pipeline(client.query(copyTo(`copy (${query}) to stdout`)), createWriteStream(dumpOf(table)))
  await client.end()

  return await compare({
    name: 'events-import',
    better: 'higher',
    goal: 0.3,
    unit: `rows/s of ${String(births)}`,
    rounds,
    ours: async () => {
      const server = await openServer(
        installation,
        await installation.database('births_round', people),
        COUNTY,
      )
      try {
        return await importFile(server, 'births', join(files, 'births.csv'))
      } finally {
        await server.stop()
      }
    },
    base: async () => {
      const copy = new pg.Client(await installation.database('births_copied', people))
      await copy.connect()
      try {
        const began = performance.now()
        await copy.query('begin')
        for (const table of Object.keys(written))
          await pipeline(createReadStream(dumpOf(table)), copy.query(copyFrom(`copy ${table} from stdin`)))
        await copy.query('commit')
        return births / ((performance.now() - began) / 1000)
      } finally {
        await copy.end()
      }
    },
  })
}
