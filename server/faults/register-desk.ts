import { openAsBlob } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Job } from '@youyu/shared/jobs'
import { startServer, type ServerProcess } from '../test/server-process.ts'
import { password } from './treasury.ts'

const PATIENCE = 120_000

export type Reply = { status: number; type: string; body: Record<string, unknown>; seconds: number }
type More = { body?: object; key?: string }

/** The population officer of the county at a server of her own. */
export type RegisterDesk = {
  server: ServerProcess
  /** Status 0 is no answer at all. */
  ask(method: string, path: string, more?: More): Promise<Reply>
  upload(path: string, key: string): Promise<Reply>
  job(id: string): Promise<Job>
}

const officer = 'county_population'

export async function openRegisterDesk(environment: Record<string, string>): Promise<RegisterDesk> {
  const server = startServer(environment)
  process.once('exit', () => server.child.kill('SIGKILL'))
  const address = await server.address
  if (!address) throw new Error(`The server did not start: ${server.output()}`)
  let token = ''

  async function send(path: string, init: RequestInit): Promise<Reply> {
    const began = performance.now()
    const seconds = () => (performance.now() - began) / 1000
    try {
      const headers = { ...init.headers, ...(token && { authorization: `Bearer ${token}` }) }
      const signal = AbortSignal.timeout(PATIENCE)
      const answer = await fetch(`${address}${path}`, { ...init, headers, signal })
      const text = await answer.text()
      const type = answer.headers.get('content-type') ?? ''
      const body = (type.includes('json') ? JSON.parse(text) : {}) as Record<string, unknown>
      return { status: answer.status, type, body, seconds: seconds() }
    } catch {
      return { status: 0, type: '', body: {}, seconds: seconds() }
    }
  }

  const desk: RegisterDesk = {
    server,
    ask: (method, path, { body, key } = {}) =>
      send(path, {
        method,
        headers: {
          ...(body && { 'content-type': 'application/json' }),
          ...(key && { 'idempotency-key': key }),
        },
        ...(body && { body: JSON.stringify(body) }),
      }),
    async upload(path, key) {
      const body = new FormData()
      body.set('kind', 'persons')
      body.set('file', await openAsBlob(path), 'people.csv')
      return await send('/api/v1/imports', { method: 'POST', headers: { 'idempotency-key': key }, body })
    },
    async job(id) {
      return (await desk.ask('GET', `/api/v1/jobs/${id}`)).body as unknown as Job
    },
  }
  const { status, body } = await desk.ask('POST', '/api/v1/sessions', {
    body: { username: officer, password },
  })
  if (status !== 201) throw new Error(`No session: ${status}`)
  token = String(body['accessToken'])
  return desk
}

export async function close({ server }: RegisterDesk): Promise<void> {
  server.child.kill('SIGTERM')
  await server.ended
}

/** Looks until something is so; answers after how many seconds, or null. */
export async function secondsUntil(
  isSo: () => Promise<boolean>,
  limit: number,
  look = 50,
): Promise<number | null> {
  const began = performance.now()
  for (;;) {
    if (await isSo()) return (performance.now() - began) / 1000
    if (performance.now() - began > limit * 1000) return null
    await pause(look)
  }
}
