import { getPreferences, setPreference } from '@youyu/shared/accounts'
import type { App, Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { userSession } from '../signed-in-user.ts'
import { listPreferences } from './queries.ts'
import { setPreference as keep } from './service.ts'

export function preferenceRoutes(app: App, office: Office): void {
  app.route({
    ...getPreferences,
    handler: async (request) => {
      userSession(request)
      return { preferences: (await listPreferences(office.db.statements, request.access.actorId)) as never }
    },
  })

  app.route({
    ...setPreference,
    bodyLimit: 64 * 1024,
    preValidation: async (request) => {
      if (isDeeperThan(request.body, DEEPEST)) throw Refused.field('/value', 'invalid-value')
    },
    handler: async (request, reply) => {
      userSession(request)
      await keep(office, request.access, request.params.key, request.body.value)
      return await reply.code(204).send(null)
    },
  })
}

/** Deep nesting would exhaust the stack of whoever walks it recursively, the validator first. */
const DEEPEST = 32

function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true
    level = level.flatMap((each) =>
      typeof each === 'object' && each !== null ? (Object.values(each) as unknown[]) : [],
    )
  }
  return false
}
