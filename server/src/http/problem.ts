import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { errorCodes, type ErrorCode, type Problem } from '@youyu/shared/errors'
import {
  isOutOfRoom,
  isTransient,
  isUnreachable,
  meaningOf,
  serverErrorIn,
  type ServerError,
} from '../database/failures.ts'
import { failureShown } from '../logging.ts'
import { Refused } from '../refused.ts'
import { rememberMethods } from './methods.ts'

const PROBLEM = 'application/problem+json; charset=utf-8'

function problemOf(refused: Refused, instance: string): Problem {
  const [status, zh, en] = errorCodes[refused.code]
  return {
    type: `urn:youyu:problem:${refused.code}`,
    title: zh,
    titles: { 'zh-CN': zh, en },
    status,
    code: refused.code,
    ...(refused.details.detail && { detail: refused.details.detail }),
    instance,
    ...(refused.details.errors && {
      errors: refused.details.errors.map(({ pointer, code, detail }) => {
        const [, fieldZh, fieldEn] = errorCodes[code]
        return { pointer, code, detail: detail ?? fieldZh, titles: { 'zh-CN': fieldZh, en: fieldEn } }
      }),
    }),
  }
}

/** Every failure becomes a Refused; what nobody foresaw becomes `internal` and is logged. */
export function refusalOf(error: unknown): Refused {
  if (error instanceof Refused) return error
  const { code = '', statusCode } = (error ?? {}) as Partial<FastifyError>
  if (code.startsWith('FAST_JWT_') || code.startsWith('FST_JWT_')) {
    return new Refused(
      /EXPIRED/.test(code)
        ? 'token-expired'
        : /NO_AUTHORIZATION/.test(code)
          ? 'unauthenticated'
          : 'token-invalid',
    )
  }
  const known = fastifyCodes[code]
  if (known) return known === 'overloaded' ? new Refused(known, retrySoon) : new Refused(known)
  if (isOutOfRoom(error)) return new Refused('storage-full', retryLater)
  if (isUnreachable(error)) return new Refused('database-unavailable', retrySoon)
  if (isTransient(error)) return new Refused('overloaded', retrySoon)
  const fromServer = serverErrorIn(error)
  if (fromServer) return new Refused(...meaningOfState(fromServer))
  if (statusCode === undefined || statusCode < 400) return new Refused('internal')
  if (statusCode === 429 || statusCode === 503)
    return new Refused(statusCode === 429 ? 'rate-limited' : 'overloaded', retrySoon)
  return new Refused(statusCode < 500 ? (byStatus[statusCode] ?? 'invalid-request') : 'internal')
}

/** What a SQLSTATE that reached us means to the person who asked. */
function meaningOfState({ code, constraint, message }: ServerError): ConstructorParameters<typeof Refused> {
  if (code.startsWith('23')) return [meaningOf(constraint)]
  if (code === '42501' && /row-level security/.test(message)) return ['out-of-area']
  if (code === '57014' || code === '55P03' || code === '25P03') return ['timeout', retrySoon]
  if (code.startsWith('53')) return ['overloaded', retrySoon]
  if (/^22(P05|021|P02|00[378])/.test(code)) return ['invalid-request']
  return ['internal']
}

const byStatus: Record<number, ErrorCode> = {
  404: 'not-found',
  413: 'payload-too-large',
  415: 'unsupported-media-type',
}
const retrySoon = { headers: { 'retry-after': '2' } }
/** Somebody has to make room first. */
const retryLater = { headers: { 'retry-after': '60' } }

const fastifyCodes: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid-json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid-json',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid-request',
  FST_ERR_BAD_URL: 'route-not-found',
  FST_ERR_MAX_PARAM_LENGTH: 'route-not-found',
  FST_REQ_FILE_TOO_LARGE: 'payload-too-large',
  FST_FILES_LIMIT: 'invalid-request',
  FST_PARTS_LIMIT: 'invalid-request',
  FST_FIELDS_LIMIT: 'invalid-request',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported-media-type',
  FST_UNDER_PRESSURE: 'overloaded',
}

function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const refused = refusalOf(error)
  if (refused.status >= 500)
    request.log.error({ code: refused.code, failure: failureShown(error) }, 'request failed')
  return reply
    .code(refused.status)
    .headers(refused.details.headers ?? {})
    .header('content-type', PROBLEM)
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(problemOf(refused, pathOf(request)))
}

/** An address that no router can read passes no hook: what they would have set is set here. */
export function answerUnroutable(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  void reply.headers({
    'x-request-id': request.id,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'",
  })
  void answerProblem(error, request, reply)
}

/** What cannot become a request at all is answered on the bare socket. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const body = JSON.stringify(problemOf(new Refused('invalid-request'), ''))
  const head = [
    'HTTP/1.1 400 Bad Request',
    `content-type: ${PROBLEM}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

export function useProblems(app: FastifyInstance): void {
  const methodsOf = rememberMethods(app)
  app.setErrorHandler(answerProblem)
  app.setNotFoundHandler((request, reply) => {
    const methods = methodsOf(pathOf(request))
    const refused =
      methods.length > 0 && !methods.includes(request.method)
        ? new Refused('method-not-allowed', { headers: { allow: methods.join(', ') } })
        : new Refused('route-not-found')
    return answerProblem(refused, request, reply)
  })
}

function pathOf({ url }: FastifyRequest): string {
  return url.split(/[?#]/, 1)[0] as string
}
