import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../../refused.ts'

/** The `__Host-` prefix binds the cookie to this very host; browsers take it over https only (and on localhost). */
function cookieName(secure: boolean): string {
  return secure ? '__Host-refresh' : 'refresh'
}

export function giveRefreshCookie(reply: FastifyReply, token: string, expires: Date, secure: boolean): void {
  void reply.setCookie(cookieName(secure), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure,
    expires,
  })
}

export function takeRefreshCookie(reply: FastifyReply, secure: boolean): void {
  void reply.clearCookie(cookieName(secure), { path: '/', httpOnly: true, sameSite: 'strict', secure })
}

/** The refresh token, if the request comes from a page of our own. */
export function refreshTokenIn(request: FastifyRequest, secure: boolean): string | undefined {
  assertSameOrigin(request)
  return request.cookies[cookieName(secure)]
}

/** SameSite=Strict keeps other sites out already; sister hosts of the same site are stopped here. */
function assertSameOrigin({ headers, host }: FastifyRequest): void {
  const site = headers['sec-fetch-site']
  if (site !== undefined) {
    if (site !== 'same-origin' && site !== 'none') throw new Refused('forbidden')
    return
  }
  if (headers.origin === undefined) return
  if (!URL.canParse(headers.origin) || new URL(headers.origin).host !== host) throw new Refused('forbidden')
}
