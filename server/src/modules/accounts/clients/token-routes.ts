import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { issueToken } from '@youyu/shared/accounts'
import type { App, Office } from '../../../office.ts'
import { refusalOf } from '../../../http/problem.ts'
import type { TokenError } from './rules.ts'
import { grantToken } from './token-service.ts'

const MINUTE = 60

export function tokenRoutes(app: App, office: Office): void {
  const { config } = office
  const lifetime = config.ACCESS_TOKEN_MINUTES * MINUTE

  void app.register(async (scope: App) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 16_384 },
      async (_request: unknown, body: unknown) => formFields(String(body)),
    )
    scope.route({
      ...issueToken,
      config: {
        ...issueToken.config,
        rateLimit: { max: config.SIGN_INS_PER_MINUTE, timeWindow: '1 minute' },
      },
      errorHandler: sayInvalid,
      handler: async (request, reply) => {
        const { authorization } = request.headers
        const granted = await grantToken(office, request.body, {
          authorization,
          address: request.ip,
          requestId: request.id,
        })
        if (typeof granted === 'string') return await refuse(reply, granted)
        const { clientId, jti, scope: scopes } = granted
        const token = app.jwt.sign(
          { sub: clientId, jti, kind: 'client', scope: scopes },
          { expiresIn: `${config.ACCESS_TOKEN_MINUTES}m` },
        )
        return { access_token: token, token_type: 'Bearer' as const, expires_in: lifetime, scope: scopes }
      },
    })
  })
}

/** Unknown parameters are ignored (RFC 6749 §3.2); a repeated one makes the request invalid. */
function formFields(body: string): Record<string, string> {
  const form = new URLSearchParams(body)
  const known = ['grant_type', 'client_id', 'client_secret', 'scope'].filter((name) => form.has(name))
  if (known.some((name) => form.getAll(name).length > 1)) return {}
  return Object.fromEntries(known.map((name) => [name, form.get(name) ?? '']))
}

async function refuse(reply: FastifyReply, error: TokenError): Promise<FastifyReply> {
  if (error === 'invalid_client') void reply.code(401).header('www-authenticate', 'Basic realm="youyu"')
  else void reply.code(400)
  return await reply.send({ error })
}

/** What the caller did wrong has the shape of RFC 6749 §5.2; what we did wrong is a problem as everywhere. */
function sayInvalid(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  const { status } = refusalOf(error)
  if (status >= 500 || status === 429) void reply.send(error)
  else void reply.code(400).send({ error: 'invalid_request' })
}
