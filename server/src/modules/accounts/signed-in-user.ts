import type { FastifyRequest } from 'fastify'
import { Refused } from '../../refused.ts'

/** The session of the person who asks; a machine client has no profile, no sessions and no password. */
export function userSession({ actor }: FastifyRequest): string {
  if (actor?.kind !== 'user' || !actor.sessionId) throw new Refused('forbidden')
  return actor.sessionId
}
