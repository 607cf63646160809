import { setTimeout as pause } from 'node:timers/promises'
import type { PaymentBatch } from '@youyu/shared/subsidies/payment-batches'
import { startServer, type ServerProcess } from '../test/server-process.ts'
import { password } from './treasury.ts'

export type Said = { status: number; type: string; body: Record<string, unknown>; text: string }
export type Asked = { body?: object | FormData; version?: number; key?: string }
type Role = 'county_subsidy' | 'county_finance'

/** A server that ends by itself leaves compiled what it has read, and the next ones start in half the time. */
export async function warmUp(environment: Record<string, string>): Promise<void> {
  const { address, child, ended } = startServer(environment)
  await address
  child.kill('SIGTERM')
  await ended
}

/** The real server, which may be killed at any moment; another one stands by and is asked next. */
export type Server = {
  /** Until one answers. */
  ready(): Promise<void>
  ask(role: Role, method: string, path: string, more?: Asked): Promise<Said>
  /** Whether there was one to be killed. */
  kill(): Promise<boolean>
  stop(): Promise<void>
}

const TOKEN_LASTS = 10 * 60_000
const hasEnded = ({ child }: ServerProcess) => child.exitCode !== null || child.signalCode !== null

export function openServer(environment: Record<string, string>): Server {
  let running: ServerProcess | null = null
  let spare: ServerProcess | null = null
  let starting: Promise<void> | null = null
  let address = ''
  const tokens = new Map<Role, { token: string; at: number }>()

  async function start(): Promise<void> {
    while (!running) {
      const next = spare ?? startServer(environment)
      spare = startServer(environment)
      const at = await next.address
      if (at) [running, address] = [next, at]
      else await pause(200)
    }
    starting = null
  }

  async function ready(): Promise<void> {
    if (running && hasEnded(running)) running = null
    if (!running) await (starting ??= start())
  }

  async function tokenOf(role: Role): Promise<string> {
    const known = tokens.get(role)
    if (known && Date.now() - known.at < TOKEN_LASTS) return known.token
    const answer = await fetch(`${address}/api/v1/sessions`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ username: role, password }),
    })
    const { accessToken } = (await answer.json()) as { accessToken?: string }
    if (!accessToken) throw new Error(`No session: ${answer.status}`)
    tokens.set(role, { token: accessToken, at: Date.now() })
    return accessToken
  }

  return {
    ready,
    async ask(role, method, path, { body, version, key } = {}) {
      await ready()
      try {
        const isForm = body instanceof FormData
        const answer = await fetch(`${address}/api/v1${path}`, {
          method,
          headers: {
            authorization: `Bearer ${await tokenOf(role)}`,
            ...(body && !isForm && { 'content-type': 'application/json' }),
            ...(version !== undefined && { 'if-match': `"${version}"` }),
            ...(key && { 'idempotency-key': key }),
          },
          ...(body && { body: isForm ? body : JSON.stringify(body) }),
        })
        if (answer.status === 401) tokens.clear()
        const text = await answer.text()
        const type = answer.headers.get('content-type') ?? ''
        const isJson = type.includes('json')
        return {
          ...{ status: answer.status, type, text },
          body: (isJson ? JSON.parse(text) : {}) as Record<string, unknown>,
        }
      } catch {
        return { status: 0, type: '', body: {}, text: '' }
      }
    },
    async kill() {
      const victim = running
      running = null
      if (!victim || hasEnded(victim)) return false
      victim.child.kill('SIGKILL')
      await victim.ended
      return true
    },
    async stop() {
      await starting
      for (const each of [running, spare]) {
        each?.child.kill('SIGTERM')
        await each?.ended
      }
    },
  }
}

export const batchIn = ({ body }: Said) => body as unknown as PaymentBatch
