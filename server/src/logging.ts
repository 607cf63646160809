import type { FastifyReply, FastifyRequest } from 'fastify'
import type { LoggerOptions } from 'pino'
import { serverErrorIn } from './database/failures.ts'

/** Only what is listed here reaches a log line: no query, no body, no name, no number. */
export function logOptions(level: string): LoggerOptions {
  return {
    level,
    base: null,
    serializers: {
      req: (request: FastifyRequest) => ({
        id: request.id,
        method: request.method,
        route: request.routeOptions?.url ?? null,
      }),
      res: (reply: FastifyReply) => ({ status: reply.statusCode }),
      err: failureShown,
    },
  }
}

const FRAMES = 8

/** What a log line may say of a failure. Never its message: it can carry the values of a statement. */
export function failureShown(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code } = error as NodeJS.ErrnoException
  const server = serverErrorIn(error)
  return {
    type: error.name,
    ...(code !== undefined && { code }),
    ...(server && { sqlstate: server.code, constraint: server.constraint }),
    ...(error.cause instanceof Error && {
      cause: (error.cause as NodeJS.ErrnoException).code ?? error.cause.name,
    }),
    frames: framesOf(error),
  }
}

function framesOf({ name, message, stack = '' }: Error): string[] {
  const start = stack.indexOf(message)
  const trace =
    start >= 0 && start <= name.length + 60
      ? stack.slice(start + message.length)
      : message === ''
        ? stack
        : ''
  return trace
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .slice(0, FRAMES)
    .map((line) => line.trim())
}
