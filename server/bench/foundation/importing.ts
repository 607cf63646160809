import { createReadStream, createWriteStream, existsSync, openAsBlob } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { divisionsOfCounty } from '../../src/generator/index.ts'
import { writeCounty } from '../../src/generator/writing.ts'
import { type Installation, openServer, type Running } from '../installation.ts'
import { compare, type Result } from '../measure.ts'

type Progress = { state: string; rowsRead: number; failure: unknown }

/** Loads a file as an officer would and waits for the job; answers rows per second. */
export async function importFile(server: Running, kind: string, path: string): Promise<number> {
  const form = new FormData()
  form.set('kind', kind)
  form.set('file', await openAsBlob(path), `${kind}.csv`)
  const began = performance.now()
  const headers = { authorization: `Bearer ${server.token}` }
  const answer = await fetch(`${server.url}/api/v1/imports`, { method: 'POST', headers, body: form })
  if (answer.status !== 202) throw new Error(`The import was refused: ${await answer.text()}`)
  const { job } = (await answer.json()) as { job: { id: string } }
  for (;;) {
    const progress = (await (
      await fetch(`${server.url}/api/v1/jobs/${job.id}`, { headers })
    ).json()) as Progress
    if (progress.state === 'succeeded') return progress.rowsRead / ((performance.now() - began) / 1000)
    if (progress.state !== 'queued' && progress.state !== 'running')
      throw new Error(`The import ended as ${JSON.stringify(progress)}`)
    await sleep(100)
  }
}

export async function filesOf(installation: Installation, county: string, persons: number): Promise<string> {
  const out = join(installation.directory, `county-${persons}`)
  if (existsSync(out)) return out
  await mkdir(out, { recursive: true })
  const divisions = await divisionsOfCounty(county)
  await writeCounty(
    { county, persons, seed: 1, asOf: '2026-10-31', divisions },
    { out, encoding: 'utf-8', header: 'en', errors: 0, legacy: false },
  )
  return out
}

/** A database with the county's divisions and people, loaded through the product's own import. */
export async function loadCounty(
  installation: Installation,
  name: string,
  county: string,
  persons: number,
): Promise<string> {
  return await installation.loaded(name, async (url) => {
    const files = await filesOf(installation, county, persons)
    const server = await openServer(installation, url, county)
    await importFile(server, 'divisions', join(files, 'divisions.csv'))
    await importFile(server, 'persons', join(files, 'persons.csv'))
    await server.stop()
  })
}

/** The import with validation and error report, against raw COPY of the rows that it made into the same indexed tables. */
export async function importPersons(
  installation: Installation,
  county: string,
  persons: number,
  rounds: number,
): Promise<Result> {
  const files = await filesOf(installation, county, persons)
  const [loaded] = await installation.sql('large', 'select count(*)::int as people from persons')
  const tables = [
    'persons',
    'households',
    'household_members',
    'residence_episodes',
    'name_readings',
    'village_counts',
    'population_postings',
  ]
  for (const table of tables) await dump(installation, table)
  const beforeUrl = await installation.database('before')
  const before = await openServer(installation, beforeUrl, county)
  await importFile(before, 'divisions', join(files, 'divisions.csv'))
  await before.stop()

  return await compare({
    name: 'import-persons',
    better: 'higher',
    goal: 0.5,
    unit: 'rows/s',
    rounds,
    ours: async () => {
      const url = await installation.database('import_round', 'before')
      const server = await openServer(installation, url, county)
      try {
        return await importFile(server, 'persons', join(files, 'persons.csv'))
      } finally {
        await server.stop()
      }
    },
    base: async () => {
      const url = await installation.database('copy_round', 'before')
      const client = new pg.Client(url)
      await client.connect()
      try {
        const began = performance.now()
        for (const table of tables) await load(installation, client, table)
        return (loaded!['people'] as number) / ((performance.now() - began) / 1000)
      } finally {
        await client.end()
      }
    },
  })
}

const dumpOf = (installation: Installation, table: string) => join(installation.directory, `${table}.copy`)

async function dump(installation: Installation, table: string): Promise<void> {
  const client = new pg.Client(installation.urlOf('large'))
  await client.connect()
  await pipeline(
    client.query(copyTo(`copy ${table} to stdout`)),
    createWriteStream(dumpOf(installation, table)),
  )
  await client.end()
}

async function load(installation: Installation, client: pg.Client, table: string): Promise<void> {
  await pipeline(
    createReadStream(dumpOf(installation, table)),
    client.query(copyFrom(`copy ${table} from stdin`)),
  )
}
