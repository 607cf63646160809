import type { FastifyInstance } from 'fastify'
import { sha256 } from '../crypto/keys.ts'
import { Refused } from '../refused.ts'

/** Puts the key of a creating request into its access; the transaction stores and answers by it. */
export function useIdempotency(app: FastifyInstance): void {
  app.addHook('preHandler', async (request) => {
    const { idempotent, multipart } = request.routeOptions.config
    const key = request.headers['idempotency-key']
    if (!idempotent || key === undefined) return
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,100}$/.test(key)) {
      throw new Refused('invalid-request', {
        errors: [{ pointer: 'Idempotency-Key', code: 'invalid-value' }],
      })
    }
    const content = multipart ? '' : JSON.stringify(request.body ?? null)
    const requestHash = sha256(`${request.method} ${request.url} ${content}`)
    request.access = { ...request.access, idempotency: { key, requestHash } }
  })
}
