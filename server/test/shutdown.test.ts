import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { startServer, type ServerProcess } from './server-process.ts'

const ADMIN_PASSWORD = 'a password for the shutdown tests'
/** More by SHUTDOWN_ROUNDS=50. */
const ROUNDS = Number(process.env['SHUTDOWN_ROUNDS'] ?? 1)

const database = `shutdown_${randomBytes(6).toString('hex')}`
const dataDir = mkdtempSync(join(tmpdir(), 'youyu-shutdown-'))
let running: ServerProcess[] = []
let maintenance: pg.Client
let url: string

beforeAll(async () => {
  const template = inject('postgresUrl')
  maintenance = new pg.Client(template.replace('youyu_template', 'postgres'))
  await maintenance.connect()
  await maintenance.query(`create database ${database} template youyu_template`)
  url = template.replace('youyu_template', database)
})
afterEach(() => {
  for (const { child } of running) child.kill('SIGKILL')
  running = []
})
afterAll(async () => {
  await maintenance.query(`drop database ${database} with (force)`)
  await maintenance.end()
  rmSync(dataDir, { recursive: true, force: true })
})

function start(environment: Record<string, string>): ServerProcess {
  const server = startServer({ ADMIN_PASSWORD, DATA_DIR: dataDir, ...environment })
  running.push(server)
  return server
}

async function tokenAt(address: string): Promise<string> {
  const response = await fetch(`${address}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: ADMIN_PASSWORD }),
  })
  expect(response.status).toBe(201)
  return ((await response.json()) as { accessToken: string }).accessToken
}

async function addressOf(server: ServerProcess): Promise<string> {
  const address = await server.address
  if (address === null) throw new Error(`The server did not start: ${server.output()}`)
  return address
}

type Outcome = { kind: 'answered'; status: number } | { kind: 'closed' } | { kind: 'broken'; code: string }

/** One request as a well-behaved client sends it; `closed` is a server that no longer listens. */
async function ask(address: string, path: string, agent: Agent, token: string): Promise<Outcome> {
  return await new Promise((resolve) => {
    const sent = request(
      `${address}${path}`,
      { agent, headers: { authorization: `Bearer ${token}` } },
      (response) => {
        response
          .resume()
          .on('end', () => resolve({ kind: 'answered', status: response.statusCode ?? 0 }))
          .on('aborted', () => resolve({ kind: 'broken', code: 'aborted' }))
      },
    )
    sent.on('error', (error: NodeJS.ErrnoException) =>
      resolve(
        error.code === 'ECONNREFUSED'
          ? { kind: 'closed' }
          : { kind: 'broken', code: error.code ?? error.message },
      ),
    )
    sent.end()
  })
}

describe('the server process', { timeout: 100_000 + ROUNDS * 20_000 }, () => {
  test('breaks no request when it is asked to end under load', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const server = start({ DATABASE_URL: url, LOG_LEVEL: 'warn' })
      const address = await addressOf(server)
      const token = await tokenAt(address)
      const agent = new Agent({ keepAlive: true, maxSockets: 16 })
      const outcomes: Outcome[] = []
      let underWay = 0
      const client = async (path: string) => {
        for (let sent = 0; ; sent += 1) {
          const outcome = await ask(address, path, agent, token)
          outcomes.push(outcome)
          if (outcome.kind !== 'answered') return
          if (sent === 2) underWay += 1
        }
      }

      const clients = Array.from({ length: 16 }, (_, index) =>
        client(index % 2 ? '/api/v1/me' : '/api/v1/roles'),
      )
      // A connection that was never accepted can only be refused.
      while (underWay < clients.length) await sleep(10)
      await sleep(Math.random() * 200)
      server.child.kill('SIGTERM')
      server.child.kill('SIGINT')
      await Promise.all(clients)
      const code = await server.ended
      agent.destroy()

      const answered = outcomes.filter((outcome) => outcome.kind === 'answered')
      expect(outcomes.filter(({ kind }) => kind === 'broken')).toEqual([])
      expect(new Set(answered.map(({ status }) => status))).toEqual(new Set([200]))
      expect(answered.length).toBeGreaterThan(16)
      expect(code).toBe(0)
    }
  })

  test('leaves no PostgreSQL behind, and adopts the one of a killed server with its rows', async () => {
    const killed = start({})
    const token = await tokenAt(await addressOf(killed))
    const kept = await fetch(`${await addressOf(killed)}/api/v1/me/preferences/kept`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ value: 7 }),
    })
    expect(kept.status).toBe(204)
    const directory = /"directory":"([^"]+)"/.exec(killed.output())![1]!
    const pid = postmasterIn(directory)
    killed.child.kill('SIGKILL')
    await killed.ended
    expect(isRunning(pid)).toBe(true)

    const heir = start({})
    const preferences = await fetch(`${await addressOf(heir)}/api/v1/me/preferences`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const found = await preferences.json()
    const adopted = postmasterIn(directory)
    heir.child.kill('SIGTERM')
    const code = await heir.ended

    expect(found).toEqual({ preferences: { kept: 7 } })
    expect(adopted).toBe(pid)
    expect(code).toBe(0)
    expect(existsSync(join(directory, 'cluster', 'postmaster.pid'))).toBe(false)
    expect(isRunning(pid)).toBe(false)
    rmSync(directory, { recursive: true, force: true })
  })

  test('refuses to serve production without its secrets, and names them', async () => {
    const server = start({ NODE_ENV: 'production', DATABASE_URL: url })

    expect(await server.ended).toBe(78)
    expect(server.output()).toMatch(/SECRET: is required\n\s+AUDIT_SIGNING_KEY: is required/)
    expect(server.output()).not.toMatch(/at .*\.ts:\d+/)
  })

  test('says plainly why it could not start, and ends', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const port = String((taken.address() as AddressInfo).port)

    const servers = [
      start({ DATABASE_URL: url, PORT: port }),
      start({ DATABASE_URL: 'postgresql://youyu:hunter2@127.0.0.1:1/youyu' }),
    ]
    const codes = await Promise.all(servers.map(({ ended }) => ended))
    taken.close()

    expect(codes).toEqual([1, 1])
    expect(servers[0]!.output()).toMatch(/could not start: .*EADDRINUSE/)
    expect(servers[1]!.output()).toMatch(/could not start: .*ECONNREFUSED/)
    expect(servers[1]!.output()).not.toContain('hunter2')
  })
})

function postmasterIn(directory: string): number {
  return Number(readFileSync(join(directory, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])
}

/** A zombie that nobody has reaped yet runs no more. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
