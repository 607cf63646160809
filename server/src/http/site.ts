import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const built = join(import.meta.dirname, '../../../client/dist')
const YEAR = 365 * 24 * 3600

/** The built SPA: hashed files are kept for ever, every other page address answers index.html. */
export async function useSite(app: FastifyInstance, folder = built): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    preCompressed: true,
    setHeaders(response, path) {
      void response.header(
        'cache-control',
        path.includes('/assets/') ? `public, max-age=${YEAR}, immutable` : 'no-cache',
      )
    },
  })
  const page = async (request: FastifyRequest, reply: FastifyReply) => {
    const wantsPage = /text\/html|\*\/\*/.test(request.headers.accept ?? '*/*')
    if (!wantsPage || /^\/(api|oauth|health|docs|assets|openapi\.json)([/?]|$)/.test(request.url))
      return reply.callNotFound()
    return await reply.header('cache-control', 'no-cache').sendFile('index.html')
  }
  app.get('/', { config: { open: true }, schema: { hide: true } }, page)
  app.get('/*', { config: { open: true }, schema: { hide: true } }, page)
}
