import { z } from 'zod'
import { defineEndpoint } from '@youyu/shared/endpoint'
import { Id, Page, PageQuery, QueryFlag, Text } from '@youyu/shared/values'
import { newId } from '../src/crypto/ids.ts'
import { transaction } from '../src/database/transaction.ts'
import { versionExpected, assertVersion, withVersion } from '../src/http/conditional.ts'
import { keyIn, linkNext, pageOf } from '../src/http/paging.ts'
import type { App, Office } from '../src/office.ts'
import { Refused } from '../src/refused.ts'

const at = (path: string) => `/api/v1/probes${path}`
const schema = { summary: 'Probe', tags: ['probes'] as [string] }
const open = { permission: 'signed-in', dataClass: 'L0' } as const

const echo = defineEndpoint({
  method: 'POST',
  url: at('/echo'),
  schema: {
    ...schema,
    body: z
      .strictObject({
        text: Text(20),
        count: z.int().max(100),
        inner: z.strictObject({ list: z.array(z.string()) }),
        any: z.json(),
      })
      .partial(),
    response: { 200: z.object({ seen: z.json() }) },
  },
  config: open,
})
const list = defineEndpoint({
  method: 'GET',
  url: at(''),
  schema: {
    ...schema,
    querystring: z.strictObject({ ...PageQuery, flag: QueryFlag.optional() }),
    response: { 200: Page(z.object({ id: z.int() })) },
  },
  config: open,
})
const one = defineEndpoint({
  method: 'GET',
  url: at('/:id'),
  schema: {
    ...schema,
    params: z.strictObject({ id: Id }),
    response: { 200: z.object({ version: z.int() }) },
  },
  config: open,
})
const change = defineEndpoint({
  method: 'PATCH',
  url: at('/:id'),
  schema: {
    ...schema,
    params: z.strictObject({ id: Id }),
    body: z.strictObject({}),
    response: { 200: z.object({ version: z.int() }) },
  },
  config: { ...open, conditional: true },
})
const bodiless = defineEndpoint({
  method: 'POST',
  url: at('/bodiless'),
  schema: { ...schema, response: { 204: z.null() } },
  config: open,
})
const made = z.object({ id: Id, text: z.string() })
const make = (path: string) =>
  defineEndpoint({
    method: 'POST',
    url: at(path),
    schema: { ...schema, body: z.strictObject({ text: Text(20) }), response: { 201: made } },
    config: { ...open, idempotent: true },
  })
const wait = defineEndpoint({
  method: 'GET',
  url: at('/wait'),
  schema: { ...schema, response: { 204: z.null() } },
  config: open,
})
const fail = defineEndpoint({
  method: 'GET',
  url: at('/fail/:how'),
  schema: {
    ...schema,
    params: z.strictObject({ how: z.enum(['throw', 'nothing', 'contract']) }),
    response: { 200: z.object({ x: z.string() }) },
  },
  config: open,
})

export type Probe = {
  /** How many requests wait in `/wait`; `letGo` answers them. */
  waiting: () => number
  letGo: () => void
  /** What `POST /things` made so far. */
  made: () => number
  /** A pause inside the transaction of `POST /things`. */
  slowly: (milliseconds: number) => void
}

/** Routes that do what the floor must survive; registered like any contract. */
export function probe(): Probe & { furnish: (app: App, office: Office) => void } {
  let held: (() => void)[] = []
  let count = 0
  let pauseMs = 0
  let version = 1

  function furnish(app: App, { db }: Office): void {
    app.route({ ...echo, handler: (request) => ({ seen: request.body as never }) })
    app.route({
      ...list,
      handler: (request, reply) => {
        const after = keyIn(request.query.cursor, ['number'])?.[0] ?? 0
        const rows = Array.from({ length: 120 }, (_, index) => ({ id: index + 1 }))
          .filter(({ id }) => id > after)
          .slice(0, request.query.limit + 1)
        const page = pageOf(
          rows,
          request.query.limit,
          (row) => row,
          (row) => [row.id],
        )
        void linkNext(request, reply, page.nextCursor)
        return page
      },
    })
    app.route({
      ...one,
      handler: async (_request, reply) => await withVersion(reply, version).send({ version }),
    })
    app.route({
      ...change,
      handler: async (request, reply) => {
        assertVersion(versionExpected(request), version)
        version += 1
        return await withVersion(reply, version).send({ version })
      },
    })
    app.route({ ...bodiless, handler: async (_request, reply) => await reply.code(204).send(null) })
    for (const path of ['/things', '/other-things']) {
      app.route({
        ...make(path),
        handler: async (request, reply) => {
          const thing = await transaction(db, request.access, async (tx) => {
            await tx.execute(`select pg_sleep(${pauseMs / 1000})`)
            if (request.body.text === 'refuse') throw new Refused('conflict')
            count += 1
            return { id: newId(), text: request.body.text }
          })
          return await reply.code(201).send(thing)
        },
      })
    }
    app.route({
      ...wait,
      handler: async (_request, reply) => {
        await new Promise<void>((resolve) => held.push(resolve))
        return await reply.code(204).send(null)
      },
    })
    app.route({
      ...fail,
      handler: (request) => {
        if (request.params.how === 'throw') throw new Error('张三 99010119900101001X broke it')
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- a library might
        if (request.params.how === 'nothing') throw undefined
        return {} as never
      },
    })
  }

  return {
    furnish,
    waiting: () => held.length,
    letGo() {
      for (const resolve of held) resolve()
      held = []
    },
    made: () => count,
    slowly(milliseconds) {
      pauseMs = milliseconds
    },
  }
}
