import { setTimeout as pause } from 'node:timers/promises'
import { newId } from '../crypto/ids.ts'
import type { App } from '../office.ts'

export type Signed = (
  method: 'GET' | 'POST' | 'PATCH' | 'PUT',
  url: string,
  payload?: unknown,
  /** Of the record that it changes. */
  version?: number,
) => Promise<{ status: number; body: unknown }>

const BOUNDARY = 'youyu-demo'
/** What a machine says that has more to do than it can; the demo waits, as anybody would. */
const BUSY = 503
const PATIENCE = 8

export class Upload {
  readonly body: string
  /** Of a register's file its kind. */
  constructor(kind: string | null, name: string, content: string) {
    const field = (key: string, value: string) =>
      `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`
    this.body = `${kind === null ? '' : field('kind', kind)}--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n${content}\r\n--${BOUNDARY}--\r\n`
  }
}

export async function signIn(app: App, username: string, password: string): Promise<Signed> {
  let token = ''
  const ask: Signed = async (method, url, payload, version) => {
    for (let tries = 1; ; tries += 1) {
      const answer = await askOnce(method, url, payload, version)
      if (answer.status !== BUSY || tries === PATIENCE) return answer
      await pause(500 * tries)
    }
  }
  const askOnce: Signed = async (method, url, payload, version) => {
    const isFile = payload instanceof Upload
    const response = await app.inject({
      method,
      url,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(method === 'POST' && token && { 'idempotency-key': newId() }),
        ...(version !== undefined && { 'if-match': `"${version}"` }),
        ...(isFile && { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }),
      },
      ...(payload !== undefined && { payload: isFile ? payload.body : (payload as object) }),
    })
    const isJson = String(response.headers['content-type']).includes('json')
    return { status: response.statusCode, body: isJson ? response.json() : response.body || null }
  }
  const { status, body } = await ask('POST', '/api/v1/sessions', { username, password })
  if (status !== 201) throw new Error(`The demo officer could not sign in (${status})`)
  token = (body as { accessToken: string }).accessToken
  return ask
}

export async function importFile(as: Signed, file: Upload): Promise<void> {
  const created = await as('POST', '/api/v1/imports', file)
  if (created.status !== 202) throw new Error(`The demo could not be loaded: ${JSON.stringify(created.body)}`)
  const { job } = created.body as { job: { id: string } }
  for (let waited = 0; waited < 2400; waited += 1) {
    const { body } = await as('GET', `/api/v1/jobs/${job.id}`)
    const { state } = body as { state: string }
    if (state === 'succeeded') return
    if (state === 'failed' || state === 'cancelled') throw new Error(`The demo import ended as ${state}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('The demo import did not end')
}

/** Entered as an officer would; a refusal is a fault of the demo. */
export async function enter<Body>(
  as: Signed,
  url: string,
  payload?: object,
  version?: number,
  method: 'POST' | 'PATCH' | 'PUT' = 'POST',
): Promise<Body> {
  const { status, body } = await as(method, url, payload, version)
  if (status >= 300) throw new Error(`The demo could not enter ${url}: ${JSON.stringify(body)}`)
  return body as Body
}

export async function look<Body>(as: Signed, url: string): Promise<Body> {
  const { status, body } = await as('GET', url)
  if (status !== 200) throw new Error(`The demo could not read ${url}: ${JSON.stringify(body)}`)
  return body as Body
}

/** So many days before today; after it where negative. */
export function day(today: string, before: number): string {
  return new Date(Date.parse(today) - before * 86_400_000).toISOString().slice(0, 10)
}
