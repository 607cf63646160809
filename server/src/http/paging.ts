import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Page } from '@youyu/shared/values'
import { Refused } from '../refused.ts'
import { isSound } from './json-bodies.ts'

/** Where a page ends, as an opaque text; only values that the next page starts after. */
function cursorOf(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** The key inside a cursor; `types` names its parts. */
export function keyIn<const Types extends readonly ('string' | 'number')[]>(
  cursor: string | undefined,
  types: Types,
): { [Index in keyof Types]: Types[Index] extends 'number' ? number : string } | null {
  if (cursor === undefined) return null
  try {
    const key = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown
    if (
      Array.isArray(key) &&
      key.length === types.length &&
      key.every((part, index) => isPart(part, types[index]))
    )
      return key as never
  } catch {
    // answered below
  }
  throw new Refused('invalid-cursor', { errors: [{ pointer: '?cursor', code: 'invalid-cursor' }] })
}

function isPart(part: unknown, type: 'string' | 'number' | undefined): boolean {
  return typeof part === type && (typeof part === 'string' ? isSound(part) : Number.isFinite(part))
}

/** Rows are asked one more than the page: the extra one says that there is a next page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  keyOf: (row: Row) => readonly (string | number)[],
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(toItem),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf(keyOf(last)) : null,
  }
}

export function linkNext(
  request: FastifyRequest,
  reply: FastifyReply,
  nextCursor: string | null,
): FastifyReply {
  if (nextCursor === null) return reply
  const url = new URL(request.url, 'http://local')
  url.searchParams.set('cursor', nextCursor)
  return reply.header('link', `<${url.pathname}${url.search}>; rel="next"`)
}
