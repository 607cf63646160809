import type { FastifyInstance } from 'fastify'
import { Refused, type WrongField } from '../refused.ts'

const MAX_DEPTH = 32
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * JSON is the only body that every route reads: UTF-8, no `__proto__`, no nesting that later exhausts the stack, no
 * text that PostgreSQL cannot keep.
 */
export function useJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('text/plain')
  const types = ['application/json', 'application/fhir+json']
  app.addContentTypeParser(types, { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (body.length === 0) return done(null, undefined)
    let text: string
    try {
      text = utf8.decode(body)
    } catch {
      return done(new Refused('invalid-json'))
    }
    return parse(request, text, (error, value: unknown) => {
      if (error) return done(new Refused('invalid-json'))
      const wrong = unsoundIn(value, MAX_DEPTH)
      return wrong ? done(new Refused('invalid-request', { errors: [wrong] })) : done(null, value)
    })
  })
}

/** Lone surrogates would be replaced silently, and NUL is refused by the database. */
export function isSound(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

function unsoundIn(value: unknown, depthLeft: number): WrongField | null {
  if (typeof value === 'string') return isSound(value) ? null : { pointer: '', code: 'invalid-value' }
  if (typeof value !== 'object' || value === null) return null
  if (depthLeft === 0) return { pointer: '', code: 'invalid-value', detail: '嵌套过深 / Nested too deeply' }
  for (const [key, part] of Object.entries(value)) {
    const wrong = isSound(key)
      ? unsoundIn(part, depthLeft - 1)
      : ({ pointer: '', code: 'unknown-field' } as const)
    if (wrong) return { ...wrong, pointer: `${pointerTo(key)}${wrong.pointer}` }
  }
  return null
}

export function pointerTo(key: string): string {
  return `/${key.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1')}`
}
