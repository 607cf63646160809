import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { EndpointConfig } from '@youyu/shared/endpoint'
import { isOfCare, type Permission } from '@youyu/shared/permissions'
import { accessFor, type Access } from '../access/access.ts'
import { Refused } from '../refused.ts'
import { Outdated } from '../access/standing.ts'
import { authenticate, claimsOf, type Authenticator, type TokenClaims } from './authentication.ts'

declare module 'fastify' {
  interface FastifyContextConfig extends Partial<EndpointConfig> {
    /** A route that is no contract (the SPA, health, documentation). */
    open?: true
    /**
     * A read through `readingOne` or `reading` alone: the session may be taken from an earlier request, for these
     * confirm it in the same round trip (docs/decisions/0009).
     */
    confirmedByRead?: true
    /** The same of a change that does all it does in one `transaction`, `command`, `foretelling` or rehearsal: commits nothing else. */
    confirmedInside?: true
  }
  interface FastifyRequest {
    access: Access
  }
}

function permissionOf({ routeOptions }: FastifyRequest) {
  return (routeOptions.config.permission ?? 'signed-in') as Permission | 'signed-in'
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

  async function admit(request: FastifyRequest, claims: TokenClaims): Promise<void> {
    const actor = await authenticate(claims, request, authenticator)
    request.actor = actor
    if (actor.pending.length > 0 && !request.routeOptions.config.beforeReady) {
      throw new Refused(
        actor.pending[0] === 'password-change'
          ? 'password-change-required'
          : 'second-factor-enrolment-required',
      )
    }
    const access = accessFor(actor, permissionOf(request), request.ip, request.id)
    if (!access) {
      onRefused(request)
      throw new Refused('forbidden')
    }
    if (access.facility === null && isOfCare(permissionOf(request))) throw new Refused('no-facility')
    request.access = access
  }

  /** Admits as at an earlier request, until the read confirms it; whoever would be refused is looked up instead. */
  function readmit(request: FastifyRequest, { kind, jti }: TokenClaims): boolean {
    const { confirmedByRead, confirmedInside } = request.routeOptions.config
    const actor = (confirmedByRead || confirmedInside) && kind === 'user' ? authenticator.recall(jti) : null
    if (!actor || actor.pending.length > 0) return false
    const access = accessFor(actor, permissionOf(request), request.ip, request.id)
    if (!access || (access.facility === null && isOfCare(permissionOf(request)))) return false
    request.actor = actor
    request.access = access
    return true
  }

  app.addHook('onRequest', async (request) => {
    const { permission = 'signed-in', open } = request.routeOptions.config
    if (open || request.is404 || permission === 'public') return
    const claims = await claimsOf(request)
    if (!readmit(request, claims)) await admit(request, claims)
  })

  app.addHook('onRoute', (route) => {
    const { confirmedByRead, confirmedInside } = route.config ?? {}
    if (!confirmedByRead && !confirmedInside) return
    if (confirmedByRead && route.method !== 'GET' && route.method !== 'HEAD')
      throw new Error(`${String(route.method)} ${route.url} does more than read`)
    const { handler } = route
    route.handler = async function (request, reply) {
      try {
        return await handler.call(this, request, reply)
      } catch (error) {
        if (!(error instanceof Outdated)) throw error
        const { idempotency } = request.access
        await admit(request, request.user)
        if (idempotency) request.access = { ...request.access, idempotency }
        return await handler.call(this, request, reply)
      }
    }
  })

  /** No answer but a failure of ours leaves on a session that nobody has confirmed. */
  app.addHook('onSend', (request, reply, _payload, done) => {
    const standing = request.access?.standing
    if (!standing || standing.isConfirmed || reply.statusCode >= 500) return done()
    admit(request, request.user).then(
      () => (reply.statusCode < 400 ? done(new Error('An answer on an unconfirmed session')) : done()),
      (error: Error) => {
        request.access = null as never
        done(error)
      },
    )
  })
}
