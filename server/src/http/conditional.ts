import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../refused.ts'

/** The version that the request was made against; 428 without `If-Match`, 412 for one that cannot be. */
export function versionExpected(request: Pick<FastifyRequest, 'headers'>): number {
  const header = request.headers['if-match']
  if (header === undefined) throw new Refused('precondition-required')
  const version = /^(?:W\/)?"(\d+)"$/.exec(header)?.[1]
  if (version === undefined) throw new Refused('precondition-failed')
  return Number(version)
}

export function withVersion(reply: FastifyReply, version: number): FastifyReply {
  return reply.header('etag', `"${version}"`)
}

export function assertVersion(expected: number, actual: number): void {
  if (expected !== actual) throw new Refused('precondition-failed')
}

/** A read whose version the client already holds is a 304 without a body. */
export function useConditionalReads(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const etag = reply.getHeader('etag')
    if (request.method !== 'GET' || reply.statusCode !== 200 || !etag) return done(null, payload)
    if (!names(request.headers['if-none-match'], String(etag))) return done(null, payload)
    void reply.code(304).removeHeader('content-type').removeHeader('content-length')
    done(null, '')
  })
}

/** Weak comparison (RFC 9110 §13.1.2): proxies and browsers may have weakened the tag or sent several. */
function names(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
}
