import type { FastifyInstance } from 'fastify'
import type { Database } from '../database/connect.ts'

export function healthRoutes(
  app: FastifyInstance,
  { db, isClosing }: { db: Database; isClosing: () => boolean },
): void {
  const open = { config: { open: true as const }, logLevel: 'warn' as const, schema: { hide: true } }
  app.get('/health/live', open, () => ({ status: 'live' }))
  app.get('/health/ready', open, async (_request, reply) => {
    if (isClosing()) return await reply.code(503).send({ status: 'closing' })
    try {
      await db.pool.query('select 1')
      return { status: 'ready' }
    } catch {
      return await reply.code(503).header('retry-after', '2').send({ status: 'database-unavailable' })
    }
  })
}
