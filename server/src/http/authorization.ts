import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { EndpointConfig } from '@youyu/shared/endpoint'
import { accessFor, type Access } from '../access/access.ts'
import { Refused } from '../refused.ts'
import { authenticate, type Authenticator } from './authentication.ts'

declare module 'fastify' {
  interface FastifyContextConfig extends Partial<EndpointConfig> {
    /** A route that is no contract (the SPA, health, documentation). */
    open?: true
  }
  interface FastifyRequest {
    access: Access
  }
}

type OnRefused = (request: FastifyRequest) => void

/** Files that a plugin serves to everybody: the documentation page and the built SPA. */
function isOpenFolder(url: string): boolean {
  return (
    /^\/(docs|assets)(\/|$)/.test(url) ||
    /^\/[\w.-]+\.(html|js|css|svg|png|ico|txt|webmanifest|woff2)(\.(br|gz))?$/.test(url)
  )
}

/** First gate: who is it, and does a grant carry the permission that the route declares? */
export function useAuthorization(
  app: FastifyInstance,
  authenticator: Authenticator,
  onRefused: OnRefused,
): void {
  app.decorateRequest('actor', null)
  app.decorateRequest('access', null as never)

  app.addHook('onRoute', (route) => {
    if (isOpenFolder(route.url)) route.config = { ...route.config, open: true }
    if (!route.config?.open && !route.config?.permission)
      throw new Error(`${String(route.method)} ${route.url} declares no permission`)
  })

  app.addHook('onRequest', async (request) => {
    const { permission = 'signed-in', open, beforeReady } = request.routeOptions.config
    if (open || request.is404 || permission === 'public') return
    const actor = await authenticate(request, authenticator)
    request.actor = actor
    if (actor.pending.length > 0 && !beforeReady) {
      throw new Refused(
        actor.pending[0] === 'password-change'
          ? 'password-change-required'
          : 'second-factor-enrolment-required',
      )
    }
    const access = accessFor(actor, permission, request.ip, request.id)
    if (!access) {
      onRefused(request)
      throw new Refused('forbidden')
    }
    request.access = access
  })
}
