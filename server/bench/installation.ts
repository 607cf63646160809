import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type EmbeddedPostgres, startEmbedded } from '../src/database/embedded.ts'
import { migrate } from '../src/database/migrate.ts'

const silent = { info: () => undefined, warn: () => undefined }
const password = `bench ${randomBytes(12).toString('hex')}`

/** One PostgreSQL for a whole run of the benchmark, durable as in service, with as many databases as needed. */
export type Installation = {
  directory: string
  urlOf(name: string): string
  database(name: string, template?: string): Promise<string>
  /** A database as `load` leaves it; where one is kept, as an earlier run left it. */
  loaded(name: string, load: (url: string) => Promise<void>, template?: string): Promise<string>
  sql(database: string, text: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  /** Brings the pages of a database into memory, where those of a county in service are. */
  warm(name: string): Promise<void>
  close(): Promise<void>
}

export async function openInstallation(keep?: string): Promise<Installation> {
  const directory = keep ?? (await mkdtemp(join(tmpdir(), 'youyu-bench-')))
  await mkdir(directory, { recursive: true })
  const postgres: EmbeddedPostgres = await startEmbedded({
    dataDir: join(directory, 'postgres'),
    log: silent,
  })
  const urlOf = (name: string) => {
    const url = new URL(postgres.url)
    url.pathname = `/${name}`
    return url.href
  }
  async function sql(database: string, text: string, values: unknown[] = []) {
    const client = new pg.Client(urlOf(database))
    await client.connect()
    try {
      return (await client.query(text, values)).rows as Record<string, unknown>[]
    } finally {
      await client.end()
    }
  }
  async function database(name: string, template?: string) {
    await sql('postgres', `drop database if exists ${name} with (force)`)
    await sql(
      'postgres',
      `create database ${name} ${template ? `template ${template} strategy file_copy` : ''}`,
    )
    const url = urlOf(name)
    if (!template) await migrate(url)
    return url
  }
  return {
    directory,
    urlOf,
    sql,
    database,
    async loaded(name, load, template) {
      const [kept] = await sql('postgres', 'select from pg_database where datname = $1', [name])
      if (kept) {
        await migrate(urlOf(name))
        return urlOf(name)
      }
      const draft = `${name}_draft`
      await load(await database(draft, template))
      await sql(draft, 'vacuum analyze')
      await sql('postgres', `alter database ${draft} rename to ${name}`)
      return urlOf(name)
    },
    async warm(name) {
      await sql(name, 'create extension if not exists pg_prewarm')
      await sql(
        name,
        `select sum(pg_prewarm(oid::regclass)) from pg_class
        where relkind in ('r', 'i') and relnamespace = 'public'::regnamespace`,
      )
    },
    async close() {
      await postgres.stop()
      if (keep) return
      // Its cluster may lie elsewhere, where its own account can reach it.
      for (const each of [directory, postgres.directory]) await rm(each, { recursive: true, force: true })
    },
  }
}

export type Running = { url: string; pid: number; token: string; stop(): Promise<void> }

let nextPort = 21_000 + (process.pid % 5000)

function start(file: string, environment: Record<string, string>): { child: ChildProcess; url: string } {
  const port = (nextPort += 1)
  const child = spawn(process.execPath, [join(import.meta.dirname, file)], {
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return { child, url: `http://127.0.0.1:${port}` }
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (child.exitCode !== null) throw new Error('A server of the benchmark did not start')
    if (
      await fetch(`${url}/health/ready`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return
    await sleep(100)
  }
  throw new Error('A server of the benchmark was not ready in 30 s')
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  await new Promise((resolve) => child.once('exit', resolve))
}

type Officer = { role?: string; organisation?: string }

/** The real server on a database, with an officer of the county signed in. */
export async function openServer(
  installation: Installation,
  databaseUrl: string,
  county: string,
  officer: Officer = {},
): Promise<Running> {
  const environment = {
    DATABASE_URL: databaseUrl,
    DATA_DIR: join(installation.directory, 'data'),
    DEMO: 'off',
    ADMIN_PASSWORD: password,
    REQUESTS_PER_MINUTE: '1000000',
    // A machine with other work to do is no reason to shed what is measured.
    MAX_EVENT_LOOP_DELAY: '600000',
    ACCESS_TOKEN_MINUTES: '60',
    SECOND_FACTOR_POLICY: 'off',
  }
  const { child, url } = start('../src/main.ts', environment)
  await untilReady(url, child)
  const token = await signIn(url, county, environment, officer)
  return { url, pid: child.pid as number, token, stop: () => stopped(child) }
}

/** A second officer at a server that runs. */
export async function anotherOfficer(
  { url }: Pick<Running, 'url'>,
  installation: Installation,
  databaseUrl: string,
  county: string,
  officer: Officer,
): Promise<string> {
  const environment = {
    ...{ DATABASE_URL: databaseUrl, DATA_DIR: join(installation.directory, 'data') },
    ...{ DEMO: 'off', ADMIN_PASSWORD: password },
  }
  return await signIn(url, county, environment, officer)
}

async function signIn(
  url: string,
  county: string,
  environment: Record<string, string>,
  { role = 'county_population', organisation }: Officer,
): Promise<string> {
  const username = `officer-${role}`
  const account = spawn(
    process.execPath,
    [
      ...[join(import.meta.dirname, '../src/account.ts'), '--username', username, '--password', password],
      ...['--role', role, '--division', county],
      ...(organisation ? ['--organisation', organisation] : []),
    ],
    { env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  await new Promise((resolve) => account.once('exit', resolve))
  const answer = await fetch(`${url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  if (answer.status !== 201) throw new Error(`The officer could not sign in: ${await answer.text()}`)
  return ((await answer.json()) as { accessToken: string }).accessToken
}

/** The limit: a bare Fastify with named statements on the same database. */
export async function openBare(databaseUrl: string): Promise<Running> {
  const { child, url } = start('foundation/bare.ts', { DATABASE_URL: databaseUrl })
  await untilReady(url, child)
  return { url, pid: child.pid as number, token: '', stop: () => stopped(child) }
}

/** What one would write first: routes that count everything at the visit. */
export async function openNaive(databaseUrl: string): Promise<Running> {
  const { child, url } = start('population/naive.ts', { DATABASE_URL: databaseUrl })
  await untilReady(url, child)
  return { url, pid: child.pid as number, token: '', stop: () => stopped(child) }
}

/** The same for methods in use. */
export async function openNaiveMix(databaseUrl: string): Promise<Running> {
  const { child, url } = start('contraception/naive.ts', { DATABASE_URL: databaseUrl })
  await untilReady(url, child)
  return { url, pid: child.pid as number, token: '', stop: () => stopped(child) }
}

/** The same for the cascade of the birth-defect chain. */
export async function openNaiveCascade(databaseUrl: string): Promise<Running> {
  const { child, url } = start('birth-defects/naive.ts', { DATABASE_URL: databaseUrl })
  await untilReady(url, child)
  return { url, pid: child.pid as number, token: '', stop: () => stopped(child) }
}

/** Inserts the rows that it is sent, a statement a table, in one transaction. */
export async function openRows(databaseUrl: string): Promise<Running> {
  const { child, url } = start('contraception/rows.ts', { DATABASE_URL: databaseUrl })
  await untilReady(url, child)
  return { url, pid: child.pid as number, token: '', stop: () => stopped(child) }
}

/** Resident memory of a process in MiB. */
export async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
}
