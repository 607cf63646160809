import fastJsonStringify from 'fast-json-stringify'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { ErrorCode } from '@youyu/shared/errors'
import { Refused, type WrongField } from '../refused.ts'
import { pointerTo } from './json-bodies.ts'

type Node = { [key: string]: unknown }

const compiled = new WeakMap<z.ZodType, (value: unknown) => string>()

/** A JSON writer made from the zod schema: fields that the contract does not name cannot leave. */
export function writerOf(schema: z.ZodType): (value: unknown) => string {
  let writer = compiled.get(schema)
  if (!writer) {
    const json = z.toJSONSchema(schema, { target: 'draft-7', io: 'output', unrepresentable: 'any' }) as Node
    writer = fastJsonStringify(forWriting(json)) as (value: unknown) => string
    compiled.set(schema, writer)
  }
  return writer
}

/**
 * What a writer needs to know: types, properties, alternatives. Patterns and limits were checked on the way in, and
 * `additionalProperties: false` would make an alternative unrecognisable instead of leaving the surplus behind.
 */
function forWriting(node: Node): Node {
  const {
    $ref,
    type,
    enum: values,
    required,
    properties,
    items,
    additionalProperties,
    anyOf,
    oneOf,
    allOf,
    definitions,
  } = node
  const alternatives = (anyOf ?? oneOf) as Node[] | undefined
  if (alternatives) return withDefinitions(alternation(alternatives), definitions)
  const types = [type ?? typesOf('const' in node ? [node['const']] : (values as unknown[] | undefined))]
    .flat()
    .filter((each) => each !== undefined)
  const result: Node = {
    ...($ref !== undefined && { $ref }),
    ...('const' in node && { const: node['const'] }),
    ...(values !== undefined && { enum: values }),
    ...(required !== undefined && { required }),
    ...(properties !== undefined && { properties: mapped(properties as Node) }),
    ...(items !== undefined && elementsOf(items as Node | Node[])),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: forWriting(additionalProperties as Node),
    }),
    ...(allOf !== undefined && { allOf: (allOf as Node[]).map(forWriting) }),
  }
  const named = types.filter((each) => each !== 'null')
  if (named.length === 0)
    return withDefinitions(types.length > 0 ? { ...result, type: 'null' } : result, definitions)
  const isNullable = named.length < types.length && !('const' in node)
  return withDefinitions(
    { ...result, type: named.length === 1 ? named[0] : named, ...(isNullable && { nullable: true }) },
    definitions,
  )
}

/** A tuple has so many elements, no fewer and no more: without it the writer warns that others may follow. */
function elementsOf(items: Node | Node[]): Node {
  if (!Array.isArray(items)) return { items: forWriting(items) }
  return { items: items.map(forWriting), minItems: items.length, maxItems: items.length }
}

/** `T | null` is a nullable T: nothing to find out at run time. */
function alternation(alternatives: Node[]): Node {
  const named = alternatives.filter((each) => each['type'] !== 'null').map(forWriting)
  const isNullable = named.length < alternatives.length
  const [only] = named
  if (only && named.length === 1 && only['type'] !== undefined)
    return { ...only, ...(isNullable && { nullable: true }) }
  const flat = named.flatMap((each) => (each['anyOf'] as Node[] | undefined) ?? [each])
  return { anyOf: isNullable ? [...flat, { type: 'null' }] : flat }
}

function typesOf(values: unknown[] | undefined): string[] {
  return [
    ...new Set(
      (values ?? []).map((value) =>
        value === null ? 'null' : Number.isInteger(value) ? 'integer' : typeof value,
      ),
    ),
  ]
}

function mapped(schemas: Node): Node {
  return Object.fromEntries(Object.entries(schemas).map(([key, schema]) => [key, forWriting(schema as Node)]))
}

function withDefinitions(node: Node, definitions: unknown): Node {
  return definitions === undefined ? node : { ...node, definitions: mapped(definitions as Node) }
}

/** What is wrong, field by field: a JSON pointer into the body, `?name` in the query, `:name` in the path. */
function wrongFields(issue: z.core.$ZodIssue, part: string): WrongField[] {
  const pointer = (path: readonly PropertyKey[]) =>
    part === 'body'
      ? path.map((key) => pointerTo(String(key))).join('')
      : `${part === 'params' ? ':' : part === 'querystring' ? '?' : ''}${path.map(String).join('.')}`
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointer([...issue.path, key]),
      code: 'unknown-field' as const,
    }))
  }
  const declared = ErrorCode.safeParse(issue.code === 'custom' ? issue.params?.['code'] : undefined)
  if (declared.success) return [{ pointer: pointer(issue.path), code: declared.data }]
  if (issue.code === 'invalid_type' && /received undefined/.test(issue.message))
    return [{ pointer: pointer(issue.path), code: 'required' }]
  return [{ pointer: pointer(issue.path), code: 'invalid-value', detail: issue.message }]
}

export function useContracts(app: FastifyInstance): void {
  refuseTheUndeclared(app)
  app.setValidatorCompiler(({ schema, httpPart = 'body' }) => {
    const zod = schema as z.ZodType
    return (value: unknown) => {
      const parsed = zod.safeParse(value)
      if (parsed.success) return { value: parsed.data }
      const isMissing = httpPart === 'body' && (value === undefined || value === null)
      const errors = isMissing
        ? [{ pointer: '', code: 'required' as const }]
        : parsed.error.issues.flatMap((issue) => wrongFields(issue, httpPart))
      return { error: new Refused('invalid-request', { errors }) }
    }
  })
  app.setSerializerCompiler(({ schema }) => {
    const zod = ((schema as { properties?: z.ZodType }).properties ?? schema) as z.ZodType
    return writerOf(zod)
  })
}

const nothing = z.strictObject({})

/** What a contract does not mention is an error too: query parameters, a body, an upload. */
function refuseTheUndeclared(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.config?.permission && !route.schema?.querystring)
      route.schema = { ...route.schema, querystring: nothing }
  })
  app.addHook('preValidation', async (request) => {
    const { config, schema } = request.routeOptions
    if (!config.permission) return
    if (request.isMultipart() && !config.multipart) throw new Refused('unsupported-media-type')
    if (config.multipart || schema?.body || request.body === undefined || request.body === null) return
    const keys = typeof request.body === 'object' ? Object.keys(request.body) : ['']
    if (keys.length === 0) return
    throw new Refused('invalid-request', {
      errors: keys.slice(0, 20).map((key) => ({ pointer: key && pointerTo(key), code: 'unknown-field' })),
    })
  })
}
