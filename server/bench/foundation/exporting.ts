import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { type Installation, openServer, residentMemory, type Running } from '../installation.ts'
import { compare, type Result } from '../measure.ts'

/** Asks for the whole county as CSV, has it approved by the manager, and answers the address of the file. */
async function approvedExport(installation: Installation, server: Running): Promise<string> {
  const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' }
  const asked = await fetch(`${server.url}/api/v1/exports`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ format: 'csv', purpose: 'STATISTICS', reason: 'benchmark' }),
  })
  if (asked.status !== 201) throw new Error(`The export was refused: ${await asked.text()}`)
  const { id } = (await asked.json()) as { id: string }
  await installation.sql(
    'large',
    `update person_exports set state = 'approved', decided_at = now(), decided_by = (select id from users where username = 'admin') where id = $1`,
    [id],
  )
  return `${server.url}/api/v1/exports/${id}/file`
}

async function readAll(server: Running, address: string): Promise<number> {
  const answer = await fetch(address, { headers: { authorization: `Bearer ${server.token}` } })
  if (!answer.ok || !answer.body) throw new Error(`The export file was refused: ${answer.status}`)
  let bytes = 0
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) bytes += chunk.length
  return bytes
}

const columns = `name, sex, birth_date, id_type, id_number_mask, ethnicity, education, marital_status, hukou_division, hukou_type,
  residence_division, residence_status, residence_since, household_id, relation_to_head, phone_mask, address`

/** The streamed file against COPY … TO of the same columns. */
export async function exportPersons(
  installation: Installation,
  database: string,
  county: string,
  persons: number,
  rounds: number,
): Promise<Result> {
  const server = await openServer(installation, database, county)
  try {
    const address = await approvedExport(installation, server)
    const timed = async (work: () => Promise<unknown>) => {
      const began = performance.now()
      await work()
      return persons / ((performance.now() - began) / 1000)
    }
    const copy = async () => {
      const client = new pg.Client(database)
      await client.connect()
      const stream = client.query(
        copyTo(
          `copy (select ${columns} from persons where county_code = ${county}) to stdout with csv header`,
        ),
      )
      for await (const _chunk of stream) void _chunk
      await client.end()
    }
    return await compare({
      name: 'export-persons',
      better: 'higher',
      goal: 0.4,
      unit: 'rows/s',
      rounds,
      ours: () => timed(() => readAll(server, address)),
      base: () => timed(copy),
    })
  } finally {
    await server.stop()
  }
}

/** Peak memory of the server while it streams the file, against the same server at rest. */
export async function exportMemory(
  installation: Installation,
  database: string,
  county: string,
  rounds: number,
): Promise<Result> {
  let idle = 0
  const peak = async (server: Running, address: string) => {
    let highest = 0
    let isReading = true
    const watching = (async () => {
      while (isReading) {
        highest = Math.max(highest, await residentMemory(server.pid))
        await sleep(20)
      }
    })()
    await readAll(server, address)
    isReading = false
    await watching
    return highest
  }
  return await compare({
    name: 'export-memory',
    better: 'lower',
    goal: 2,
    unit: 'MiB',
    rounds,
    ours: async () => {
      const server = await openServer(installation, database, county)
      try {
        const address = await approvedExport(installation, server)
        await sleep(1000)
        idle = await residentMemory(server.pid)
        return await peak(server, address)
      } finally {
        await server.stop()
      }
    },
    base: async () => {
      if (idle > 0) return idle
      const server = await openServer(installation, database, county)
      await sleep(1000)
      const resting = await residentMemory(server.pid)
      await server.stop()
      return resting
    },
  })
}
