import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startEmbedded } from './embedded.ts'
import type { EmbeddedPostgres } from './embedded.ts'
import { readPostmaster } from './postmaster.ts'

const log = { info: () => undefined, warn: () => undefined }

describe('embedded PostgreSQL', { timeout: 60_000 }, () => {
  let dataDir: string
  let started: EmbeddedPostgres[]

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'youyu-embedded-'))
    started = []
  })

  afterEach(async () => {
    for (const postgres of started) await postgres.stop()
    for (const { directory } of started) rmSync(directory, { recursive: true, force: true })
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('keeps its rows from one start to the next and leaves nothing running', async () => {
    const first = await start()
    await query(first.url, 'create table notes as select 1 as kept')
    const pid = postmasterOf(first)
    await first.stop()

    const second = await start()

    expect(isAlive(pid)).toBe(false)
    expect([first.adopted, second.adopted]).toEqual([false, false])
    expect(await query(second.url, 'select kept from notes')).toEqual([{ kept: 1 }])
  })

  it('has in memory after a restart what it had there before', async () => {
    const inMemory = `select count(*)::int as pages from pg_buffercache where relfilenode = pg_relation_filenode('notes')`
    const first = await start({ durable: true })
    await query(first.url, 'create extension pg_buffercache')
    await query(first.url, 'create table notes as select n, md5(n::text) from generate_series(1, 20000) as n')
    const [before] = await query(first.url, inMemory)
    await first.stop()

    const second = await start({ durable: true })

    await eventually(async () => expect(await query(second.url, inMemory)).toEqual([before]))
    expect(before).toMatchObject({ pages: expect.toSatisfy((pages: number) => pages > 100) as number })
  })

  it('is adopted with its rows after the server was killed', async () => {
    const owner = await startOwner()
    await query(owner.url, 'create table notes as select 2 as kept')
    owner.child.kill('SIGKILL')
    await once(owner.child, 'exit')

    const heir = await start()

    expect(heir.adopted).toBe(true)
    expect(heir.url).toBe(owner.url)
    expect(await query(heir.url, 'select kept from notes')).toEqual([{ kept: 2 }])
  })

  it('starts past the pid file of a crash, even when another program has that pid now', async () => {
    const first = await start()
    await query(first.url, 'create table notes as select 3 as kept')
    const pidFile = join(first.directory, 'cluster', 'postmaster.pid')
    const lines = readFileSync(pidFile, 'utf8').split('\n')
    await first.stop()
    writeFileSync(pidFile, [String(process.pid), ...lines.slice(1)].join('\n'))

    const second = await start()

    expect(second.adopted).toBe(false)
    expect(await query(second.url, 'select kept from notes')).toEqual([{ kept: 3 }])
  })

  it('is one PostgreSQL for two servers that start at once, and lives until the last one stops', async () => {
    const [first, second] = await Promise.all([start(), start()])

    await first.stop()

    expect(first.url).toBe(second.url)
    expect(await query(second.url, 'select 1 as alive')).toEqual([{ alive: 1 }])
    const pid = postmasterOf(second)
    await second.stop()
    expect(isAlive(pid)).toBe(false)
  })

  it('comes back by itself after it was killed', async () => {
    const postgres = await start({ durable: true })
    await query(postgres.url, 'create table notes as select 4 as kept')
    process.kill(postmasterOf(postgres), 'SIGKILL')

    const rows = await eventually(() => query(postgres.url, 'select kept from notes'))

    expect(rows).toEqual([{ kept: 4 }])
  })

  it('is gone with its files after the killed test run it served', async () => {
    const owner = await startOwner('disposable: true')
    const pid = readPostmaster(join(owner.directory, 'cluster'))?.pid ?? Number.NaN
    owner.child.kill('SIGKILL')

    await eventually(() =>
      existsSync(owner.directory) ? Promise.reject(new Error('still there')) : Promise.resolve(),
    )

    expect(isAlive(pid)).toBe(false)
  })

  async function start({ durable = false } = {}): Promise<EmbeddedPostgres> {
    const postgres = await startEmbedded({ dataDir, log, durable })
    started.push(postgres)
    return postgres
  }

  async function startOwner(kind = 'durable: false') {
    const program = `
      import { startEmbedded } from ${JSON.stringify(import.meta.resolve('./embedded.ts'))}
      const log = { info() {}, warn() {} }
      const { url, directory } = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log, ${kind} })
      console.log(JSON.stringify({ url, directory }))`
    const flags = ['--input-type=module', '-e', program]
    const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const { url, directory } = JSON.parse(line.toString()) as { url: string; directory: string }
    return { child, url, directory }
  }
})

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      return await attempt()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  return attempt()
}

function postmasterOf(postgres: EmbeddedPostgres): number {
  return readPostmaster(join(postgres.directory, 'cluster'))?.pid ?? Number.NaN
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
