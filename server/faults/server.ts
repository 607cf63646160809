import { once } from 'node:events'
import type { PaymentBatch } from '@youyu/shared/subsidies/payment-batches'
import { startServer, type ServerProcess } from '../test/server-process.ts'
import { password } from './treasury.ts'

export type Said = { status: number; body: Record<string, unknown>; text: string }

/** The real server, which may be killed at any moment, and is started again when it is asked next. */
export type Server = {
  ask(role: 'county_subsidy' | 'county_finance', method: string, path: string, more?: Asked): Promise<Said>
  kill(): Promise<void>
  stop(): Promise<void>
}
type Asked = { body?: object | FormData; version?: number; key?: string }

export function openServer(environment: Record<string, string>): Server {
  let running: ServerProcess | null = null
  let address = ''
  let tokens = new Map<string, string>()

  async function started(): Promise<void> {
    while (!running) {
      running = startServer(environment)
      const at = await running.address
      if (at) address = at
      else running = null
    }
  }

  async function tokenOf(role: string): Promise<string> {
    const known = tokens.get(role)
    if (known) return known
    const answer = await fetch(`${address}/api/v1/sessions`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ username: role, password }),
    })
    const { accessToken } = (await answer.json()) as { accessToken?: string }
    if (!accessToken) throw new Error(`No session: ${answer.status}`)
    tokens.set(role, accessToken)
    return accessToken
  }

  return {
    async ask(role, method, path, { body, version, key } = {}) {
      await started()
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
        if (answer.status === 401) tokens = new Map()
        const text = await answer.text()
        const isJson = /json/.test(answer.headers.get('content-type') ?? '')
        return {
          status: answer.status,
          body: (isJson ? JSON.parse(text) : {}) as Record<string, unknown>,
          text,
        }
      } catch {
        return { status: 0, body: {}, text: '' }
      }
    },
    async kill() {
      const { child } = running ?? {}
      running = null
      if (!child || child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
    async stop() {
      running?.child.kill('SIGTERM')
      await running?.ended
    },
  }
}

export const batchIn = ({ body }: Said) => body as unknown as PaymentBatch
