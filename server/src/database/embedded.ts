import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { findProgram, hasLibrary, prepareHome } from './embedded-home.ts'
import type { Home } from './embedded-home.ts'
import { findPostmaster, isOtherProgram, readPostmaster } from './postmaster.ts'
import { settingsOf } from './embedded-settings.ts'

export interface EmbeddedLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface EmbeddedOptions {
  dataDir: string
  log: EmbeddedLog
  /** Listens on 127.0.0.1 as well; without it PostgreSQL is reached by its Unix socket only. */
  port?: number
  /** Tests give up durability for speed. */
  durable?: boolean
  /** Not durable, dies with this process and leaves no files. */
  disposable?: boolean
  database?: string
}

export interface EmbeddedPostgres {
  url: string
  /** True when a PostgreSQL left behind by an earlier process was found alive and taken over. */
  adopted: boolean
  /** Where the cluster and its log are. */
  directory: string
  /** Stops PostgreSQL unless another server of the same data directory still uses it. */
  stop(): Promise<void>
}

const LEASE = 'youyu supervisor'
const PATIENCE_MS = 120_000
const MAX_LAUNCHES = 30

/** Finds or starts the PostgreSQL of a data directory and keeps it running until `stop`. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { log, database = 'youyu' } = options
  const home = prepareHome(options.dataDir)
  await initialise(home, options)
  const first = await holdLease(home, options)
  const { adopted } = first
  let { lease } = first
  await createDatabase(lease, database)
  const guard = options.disposable ? spawnGuard(home) : undefined
  let stopping = false
  watch()
  log.info({ adopted, directory: home.directory }, 'embedded PostgreSQL is ready')
  return { url: urlOf(home, options, database), adopted, directory: home.directory, stop }

  function watch(): void {
    const lost = lease
    lost.once('error', () => undefined)
    lost.once('end', () => {
      if (!stopping) void recover()
    })
  }

  async function recover(): Promise<void> {
    log.warn({ directory: home.directory }, 'embedded PostgreSQL is gone; starting it again')
    for (let pause = 250; !stopping; pause = Math.min(pause * 2, 5_000)) {
      try {
        const held = await holdLease(home, options)
        if (stopping) return void (await held.lease.end())
        lease = held.lease
        watch()
        return log.info({ adopted: held.adopted }, 'embedded PostgreSQL is back')
      } catch (err) {
        log.warn({ err }, 'embedded PostgreSQL does not start')
        await sleep(pause)
      }
    }
  }

  async function stop(): Promise<void> {
    if (stopping) return
    stopping = true
    const isLast = await leaveLease(lease)
    await lease.end().catch(() => undefined)
    guard?.kill()
    if (isLast) await shutDown(home)
    if (options.disposable) rmSync(home.directory, { recursive: true, force: true })
    log.info({ directory: home.directory, isLast }, 'embedded PostgreSQL released')
  }
}

/** Built aside and renamed into place: a crash or a second starter never leaves half a cluster. */
async function initialise(home: Home, options: EmbeddedOptions): Promise<void> {
  if (existsSync(home.cluster)) return
  const password = randomBytes(24).toString('hex')
  const draft = `${home.cluster}.${randomBytes(4).toString('hex')}`
  const passwordFile = `${draft}.password`
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (home.runner) chownSync(passwordFile, home.runner.uid, home.runner.gid)
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const flags = ['--username=youyu', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, ...locale]
  if (options.durable === false || options.disposable) flags.push('--no-sync')
  try {
    const child = spawn(join(findProgram(home), 'initdb'), [`--pgdata=${draft}`, ...flags], environment(home))
    const output: Buffer[] = []
    child.stdout?.on('data', (part: Buffer) => output.push(part))
    child.stderr?.on('data', (part: Buffer) => output.push(part))
    const code = await ended(child)
    if (code !== 0) throw new Error(`initdb failed (${String(code)}): ${Buffer.concat(output).toString()}`)
    renameSync(passwordFile, join(draft, 'youyu.password'))
    renameSync(draft, home.cluster)
  } catch (err) {
    if (!existsSync(home.cluster)) throw err
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(draft, { recursive: true, force: true })
  }
}

async function holdLease(
  home: Home,
  options: EmbeddedOptions,
): Promise<{ adopted: boolean; lease: pg.Client }> {
  const deadline = Date.now() + PATIENCE_MS
  let child: ChildProcess | undefined
  let launches = 0
  while (Date.now() < deadline && launches < MAX_LAUNCHES) {
    const found = await findPostmaster(home.cluster, credentials(home))
    if (found instanceof pg.Client) {
      await found.query(`set application_name = '${LEASE}'`)
      return { adopted: !child, lease: found }
    }
    if (found === 'absent' && !child) {
      const started = launch(home, options)
      child = started
      launches += 1
      started.once('exit', () => (child = undefined)).once('error', () => (child = undefined))
    }
    await sleep(Math.min(50 * Math.max(launches, 1), 1_000))
  }
  throw new Error(`PostgreSQL does not answer; its log: ${logTail(home)}`)
}

function launch(home: Home, options: EmbeddedOptions): ChildProcess {
  const postmaster = readPostmaster(home.cluster)
  // A restarted container hands the old number to another program, which PostgreSQL would take for itself.
  if (postmaster && isOtherProgram(postmaster.pid))
    rmSync(join(home.cluster, 'postmaster.pid'), { force: true })
  const logFile = logPath(home)
  if (existsSync(logFile) && statSync(logFile).size > 10_000_000) renameSync(logFile, `${logFile}.1`)
  const output = openSync(logFile, 'a', 0o600)
  const program = findProgram(home)
  const settings = settingsOf(home.sockets, options, hasLibrary(program, 'pg_prewarm')).flatMap((setting) => [
    '-c',
    setting,
  ])
  const child = spawn(join(program, 'postgres'), ['-D', home.cluster, ...settings], {
    ...environment(home),
    detached: true,
    stdio: ['ignore', output, output],
  })
  child.unref()
  closeSync(output)
  return child
}

/** Ends a disposable PostgreSQL whose process was killed before it could. */
function spawnGuard(home: Home): ChildProcess {
  const script = 'while kill -0 "$1"; do sleep 1; done; kill -INT "$2"; sleep 3; rm -rf "$3"'
  const values = [process.pid, readPostmaster(home.cluster)?.pid, home.directory].map(String)
  const guard = spawn('/bin/sh', ['-c', script, 'sh', ...values], {
    cwd: '/',
    detached: true,
    stdio: 'ignore',
  })
  guard.unref()
  return guard
}

async function createDatabase(lease: pg.Client, name: string): Promise<void> {
  const found = await lease.query('select 1 from pg_database where datname = $1', [name])
  if (found.rowCount) return
  await lease.query(`create database ${lease.escapeIdentifier(name)}`).catch((err: unknown) => {
    const code = (err as { code?: string }).code
    if (code !== '42P04' && code !== '23505') throw err
  })
}

async function leaveLease(lease: pg.Client): Promise<boolean> {
  try {
    await lease.query(`set application_name = 'youyu leaving'`)
    const others = await lease.query('select 1 from pg_stat_activity where application_name = $1', [LEASE])
    return others.rowCount === 0
  } catch {
    return true
  }
}

/** PostgreSQL takes its pid file away last; the process itself may linger as a zombie where nobody reaps it. */
async function shutDown(home: Home): Promise<void> {
  const postmaster = readPostmaster(home.cluster)
  if (!postmaster || isOtherProgram(postmaster.pid)) return
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!sendSignal(postmaster.pid, signal)) return
    const deadline = Date.now() + 20_000
    while (Date.now() < deadline && readPostmaster(home.cluster)?.pid === postmaster.pid) await sleep(20)
    if (readPostmaster(home.cluster)?.pid !== postmaster.pid) break
  }
  for (let waits = 0; waits < 100 && sendSignal(postmaster.pid, 0); waits += 1) await sleep(20)
}

function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

function credentials(home: Home): { user: string; password: string } {
  return { user: 'youyu', password: readFileSync(join(home.cluster, 'youyu.password'), 'utf8') }
}

function urlOf(home: Home, options: EmbeddedOptions, database: string): string {
  const { user, password } = credentials(home)
  const address = `localhost:${String(options.port ?? 5432)}/${encodeURIComponent(database)}`
  return `postgresql://${user}:${password}@${address}?host=${encodeURIComponent(home.sockets)}`
}

function environment(home: Home): { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number } {
  return { cwd: home.directory, env: { PATH: process.env['PATH'], LC_ALL: 'C' }, ...home.runner }
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
}

function logPath(home: Home): string {
  return join(home.directory, 'postgres.log')
}

function logTail(home: Home): string {
  return existsSync(logPath(home)) ? readFileSync(logPath(home), 'utf8').slice(-2_000) : 'empty'
}
