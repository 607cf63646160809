import { ClientScope } from '@youyu/shared/permissions'
import type { DataClass, Purpose } from '@youyu/shared/values'

export type TokenRequest = {
  grant_type: string
  client_id?: string | undefined
  client_secret?: string | undefined
  scope?: string | undefined
}
export type ClientCredentials = { id: string; secret: string }

/** RFC 6749 §5.2. */
export type TokenError = 'invalid_request' | 'invalid_client' | 'invalid_scope' | 'unsupported_grant_type'

const formDecoded = (text: string) => decodeURIComponent(text.replaceAll('+', ' '))

/** Who asks (RFC 6749 §2.3.1): by the Basic scheme or in the body, never both. */
export function credentialsIn(
  authorization: string | undefined,
  body: TokenRequest,
): ClientCredentials | TokenError {
  const inBody = body.client_secret !== undefined
  if (authorization === undefined) {
    return body.client_id && body.client_secret
      ? { id: body.client_id, secret: body.client_secret }
      : 'invalid_client'
  }
  if (inBody) return 'invalid_request'
  const basic = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(authorization)?.[1]
  const pair = basic === undefined ? null : /^([^:]*):(.*)$/s.exec(atob64(basic))
  if (!pair) return 'invalid_client'
  try {
    const [, id = '', secret = ''] = pair.map(formDecoded)
    return body.client_id === undefined || body.client_id === id ? { id, secret } : 'invalid_request'
  } catch {
    return 'invalid_client'
  }
}

function atob64(text: string): string {
  try {
    return atob(text)
  } catch {
    return ''
  }
}

/** The scopes of a token: those asked for where the client has them all, else all of hers. */
export function scopesFor(asked: string | undefined, held: readonly string[]): string[] | 'invalid_scope' {
  if (asked === undefined || asked.trim() === '') return [...held]
  const wanted = [...new Set(asked.split(' ').filter(Boolean))]
  return wanted.every((scope) => held.includes(scope)) ? wanted : 'invalid_scope'
}

/** What a token carries at this moment: its own scopes, as far as the client still has them. */
export function permissionsOf(scopes: readonly string[], held: readonly string[]): ClientScope[] {
  return ClientScope.options.filter((scope) => scopes.includes(scope) && held.includes(scope))
}

/** Without a purpose that was agreed on, a machine sees masked records only. */
export function clearanceOf(purposes: readonly Purpose[]): DataClass {
  return purposes.length > 0 ? 'L2' : 'L1'
}
