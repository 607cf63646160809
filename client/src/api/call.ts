import type { SignedIn } from '@youyu/shared/accounts'
import type { Endpoint, EndpointInput, EndpointOutput } from '@youyu/shared/endpoint'
import { entrance } from './entrance.ts'
import { ApiProblem, problemOf } from './problem.ts'
import { beginSession, forgetSession, loseSession, mayHoldCookie, tokenInMemory } from './session.ts'

type Loose<Input> = { [Key in keyof Input]: Input[Key] | (undefined extends Input[Key] ? undefined : never) }
type Empty = Record<never, never>
type OptionalWhenEmpty<Parts> = {
  [Part in keyof Parts as Empty extends Parts[Part] ? never : Part]: Parts[Part]
} & { [Part in keyof Parts as Empty extends Parts[Part] ? Part : never]?: Loose<Parts[Part]> | undefined }

/** What a caller passes for one contract: `params`, `querystring`, `body`, or `form` for an upload. */
export type CallInput<Contract extends Endpoint> = OptionalWhenEmpty<EndpointInput<Contract>> &
  (Contract['config'] extends { multipart: true } ? { form: FormData } : unknown)

export type CallOptions = {
  /** One per form submission: a repeated send of the same content is done once. */
  idempotencyKey?: string | undefined
  ifMatch?: string | number | undefined
  signal?: AbortSignal | undefined
}

export type Answer<Contract extends Endpoint> = {
  data: EndpointOutput<Contract>
  etag: string | null
  status: number
}

type AnyInput = {
  params?: Record<string, unknown>
  querystring?: Record<string, unknown>
  body?: unknown
  form?: FormData
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export function addressOf(contract: Endpoint, input: AnyInput = {}): string {
  const path = contract.url.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(input.params?.[name])),
  )
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(input.querystring ?? {})) {
    if (value !== undefined && value !== null && value !== '') query.set(name, asText(value))
  }
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

/** `"7"` → `7`: the version that an ETag carries. */
function etagOf(version: string | number): string {
  return typeof version === 'number' ? `"${version}"` : version
}

async function fetchOnce(contract: Endpoint, input: AnyInput, options: CallOptions): Promise<Response> {
  const headers = new Headers({ Accept: contract.config.raw ? '*/*' : 'application/json' })
  const token = tokenInMemory()
  if (token !== null && contract.config.permission !== 'public')
    headers.set('Authorization', `Bearer ${token}`)
  if (options.idempotencyKey !== undefined) headers.set('Idempotency-Key', options.idempotencyKey)
  if (options.ifMatch !== undefined) headers.set('If-Match', etagOf(options.ifMatch))
  const request: RequestInit = { method: contract.method, headers, credentials: 'same-origin' }
  if (options.signal !== undefined) request.signal = options.signal
  if (input.form !== undefined) request.body = input.form
  else if (input.body !== undefined) {
    headers.set('Content-Type', 'application/json')
    request.body = JSON.stringify(input.body)
  }
  try {
    return await fetch(addressOf(contract, input), request)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiProblem(0, null)
  }
}

let refreshing: Promise<boolean> | null = null

async function exchangeCookie(): Promise<boolean> {
  const response = await fetchOnce(entrance.refreshSession, {}, {})
  if (response.ok) {
    beginSession((await response.json()) as SignedIn)
    return true
  }
  if (response.status >= 500 || response.status === 429) throw await problemOf(response)
  return false
}

/** One refresh at a time, over all tabs where the browser can: the refresh token rotates. */
export function resumeSession(): Promise<boolean> {
  if (!mayHoldCookie()) return Promise.resolve(false)
  refreshing ??= (
    navigator.locks ? navigator.locks.request('youyu.refresh', exchangeCookie) : exchangeCookie()
  )
    .then((resumed: boolean) => {
      if (!resumed) forgetSession()
      return resumed
    })
    .finally(() => (refreshing = null))
  return refreshing
}

const signedOut = new Set(['unauthenticated', 'token-invalid', 'token-expired', 'session-revoked'])

/** Sends with the token; one silent refresh when it has expired. */
export async function send(contract: Endpoint, input: AnyInput, options: CallOptions): Promise<Response> {
  const sentWith = tokenInMemory()
  let response = await fetchOnce(contract, input, options)
  if (response.ok) return response
  let problem = await problemOf(response)
  if (response.status !== 401 || contract.config.permission === 'public' || !signedOut.has(problem.code))
    throw problem
  const renewed = tokenInMemory() !== sentWith && tokenInMemory() !== null ? true : await resumeSession()
  if (renewed) {
    response = await fetchOnce(contract, input, options)
    if (response.ok) return response
    problem = await problemOf(response)
  }
  if (response.status === 401 && signedOut.has(problem.code)) loseSession()
  throw problem
}

export async function callWithEtag<const Contract extends Endpoint>(
  contract: Contract,
  input: CallInput<Contract>,
  options: CallOptions = {},
): Promise<Answer<Contract>> {
  const idempotencyKey = options.idempotencyKey ?? (contract.config.idempotent ? newKey() : undefined)
  const response = await send(contract, input, { ...options, idempotencyKey })
  const data = response.status === 204 ? null : await response.json()
  return {
    data: data as EndpointOutput<Contract>,
    etag: response.headers.get('etag'),
    status: response.status,
  }
}

/** The one typed call: nothing but the contract knows method, path and shapes. */
export async function call<const Contract extends Endpoint>(
  contract: Contract,
  input: CallInput<Contract>,
  options: CallOptions = {},
): Promise<EndpointOutput<Contract>> {
  return (await callWithEtag(contract, input, options)).data
}

/** A random key; `crypto.randomUUID` exists in secure contexts only. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}
