import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { contracts } from '@youyu/shared/contracts'
import { writerOf } from './schemas.ts'

type Node = {
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  anyOf?: Node[]
  oneOf?: Node[]
  allOf?: Node[]
  $ref?: string
  definitions?: Record<string, Node>
  items?: Node | Node[]
  properties?: Record<string, Node>
  required?: string[]
  additionalProperties?: boolean | Node
  propertyNames?: Node
  minimum?: number
  maximum?: number
  format?: string
  pattern?: string
}

/** A field that no contract names: it must never leave. */
const SECRET = 'PasswordHash$argon2id'
const text = fc.oneof(
  fc.constantFrom('', '张三', '"\\\n\u2028', '𠮷\u0000', '</script>'),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
)

function valueOf(node: Node, root: Node, depth = 0): fc.Arbitrary<unknown> {
  if (node.$ref)
    return depth > 2
      ? fc.constantFrom<unknown>('leaf', 1, true, null)
      : valueOf(root.definitions![node.$ref.split('/').at(-1)!]!, root, depth + 1)
  if ('const' in node) return fc.constant(node.const)
  if (node.enum) return fc.constantFrom(...node.enum)
  const options = node.anyOf ?? node.oneOf
  if (options) return fc.oneof(...options.map((option) => valueOf(option, root, depth + 1)))
  if (Array.isArray(node.type))
    return fc.oneof(...node.type.map((type) => valueOf({ ...node, type }, root, depth)))
  switch (node.type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer({
        min: Math.max(node.minimum ?? -(2 ** 31), Number.MIN_SAFE_INTEGER),
        max: Math.min(node.maximum ?? 2 ** 40, Number.MAX_SAFE_INTEGER),
      })
    case 'number':
      return fc
        .double({ min: node.minimum ?? -1e9, max: node.maximum ?? 1e9, noNaN: true })
        .map((value) => value + 0)
    case 'string':
      return text
    case 'array':
      return Array.isArray(node.items)
        ? fc.tuple(...node.items.map((item) => valueOf(item, root, depth)))
        : fc.array(valueOf(node.items ?? {}, root, depth), { maxLength: 3 })
    case 'object':
      return objectOf(node, root, depth)
    default:
      throw new Error(`A sample of ${JSON.stringify(node)} is not known`)
  }
}

function objectOf(node: Node, root: Node, depth: number): fc.Arbitrary<unknown> {
  const properties = Object.entries(node.properties ?? {})
  if (properties.length === 0 && typeof node.additionalProperties === 'object') {
    const names = node.propertyNames?.enum as string[] | undefined
    return fc.dictionary(
      names ? fc.constantFrom(...names) : fc.constantFrom('a', '列', 'x.y'),
      valueOf(node.additionalProperties, root, depth),
      { maxKeys: 3 },
    )
  }
  return fc.record(
    Object.fromEntries(properties.map(([key, property]) => [key, valueOf(property, root, depth)])),
    { requiredKeys: (node.required ?? []) as never[] },
  )
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The same value with a secret in every object whose fields the contract names one by one. */
function laden(value: unknown, node: Node, root: Node): unknown {
  if (node.$ref) return value
  const options = node.anyOf ?? node.oneOf
  if (value === null) return value
  if (options) {
    const objects = options.filter((option) => option.type === 'object' || option.type === 'array')
    return objects.length === 1 && typeof value === 'object' && value !== null
      ? laden(value, objects[0]!, root)
      : value
  }
  if (Array.isArray(value))
    return value.map((item, index) =>
      laden(item, Array.isArray(node.items) ? (node.items[index] ?? {}) : (node.items ?? {}), root),
    )
  if (!isObject(value) || !node.properties) return value
  const fields = Object.entries(value).map(([key, field]) => [
    key,
    laden(field, node.properties![key] ?? {}, root),
  ])
  return { ...Object.fromEntries(fields), passwordHash: SECRET, toJSON: undefined }
}

const schemaOf = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { target: 'draft-7', io: 'output', unrepresentable: 'any' }) as Node
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown

function expectFaithful(schema: z.ZodType, runs: number): void {
  const root = schemaOf(schema)
  const write = writerOf(schema)
  fc.assert(
    fc.property(valueOf(root, root), (value) => {
      const written = write(laden(value, root, root))

      expect(written).not.toContain(SECRET)
      expect(JSON.parse(written)).toEqual(plain(value))
    }),
    { numRuns: runs },
  )
}

const responses = Object.entries(contracts).flatMap(([name, { schema, config }]) =>
  config.raw
    ? []
    : Object.entries(schema.response)
        .filter(([status]) => status !== '204')
        .map(([status, response]) => [name, status, response] as const),
)

describe('a writer made from a contract', () => {
  test.each(responses)('says all of %s %s, and nothing else', (_name, _status, response) => {
    expectFaithful(response, 60)
  })

  test.each([
    [
      'nullable',
      z.object({
        a: z.string().nullable(),
        b: z.int().nullable(),
        c: z.boolean().nullable(),
        d: z.array(z.string()).nullable(),
      }),
    ],
    ['nullable enum', z.object({ a: z.enum(['x', 'y']).nullable(), b: z.literal('only').nullable() })],
    [
      'nullable object',
      z.object({ a: z.object({ b: z.object({ c: z.string().nullable() }).nullable() }).nullable() }),
    ],
    ['optional', z.object({ a: z.string().optional(), b: z.object({ c: z.int().optional() }).optional() })],
    [
      'optional and nullable',
      z.object({ a: z.string().nullable().optional(), b: z.array(z.int()).nullish() }),
    ],
    ['literal', z.object({ a: z.literal('Bearer'), b: z.literal(7), c: z.literal(true) })],
    ['literals', z.object({ a: z.literal([1, 2, 3]), b: z.literal(['x', null]) })],
    ['union of scalars', z.object({ a: z.union([z.string(), z.int(), z.boolean(), z.null()]) })],
    ['nullable union', z.object({ a: z.union([z.int(), z.boolean()]).nullable() })],
    [
      'union of objects',
      z.object({
        a: z.union([
          z.object({ kind: z.literal('a'), x: z.int() }),
          z.object({ kind: z.literal('b'), y: z.string() }),
        ]),
      }),
    ],
    [
      'discriminated union',
      z.object({
        a: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('a'), x: z.int() }),
          z.object({ kind: z.literal('b'), y: z.string().nullable() }),
        ]),
      }),
    ],
    [
      'tuple',
      z.object({
        a: z.tuple([z.string(), z.int().nullable()]),
        b: z.array(z.tuple([z.enum(['x', 'y']), z.boolean()])),
      }),
    ],
    [
      'record',
      z.object({
        a: z.record(z.string(), z.int()),
        b: z.record(z.string(), z.object({ c: z.string().nullable() })),
      }),
    ],
    ['record of an enum', z.object({ a: z.partialRecord(z.enum(['x', 'y']), z.string().nullable()) })],
    ['any JSON', z.object({ a: z.json(), b: z.record(z.string(), z.json()) })],
    ['money and shares', z.object({ a: z.int(), b: z.number().min(0).max(1) })],
    ['extended', z.object({ a: z.string() }).extend({ b: z.array(z.object({ c: z.string() })) })],
    ['array at the top', z.array(z.object({ a: z.string().nullable() }))],
    ['intersection', z.object({ a: z.intersection(z.object({ b: z.string() }), z.object({ c: z.int() })) })],
  ])('is faithful to %s', (name, schema) => {
    if (name === 'intersection') {
      expect(JSON.parse(writerOf(schema)({ a: { b: 'x', c: 1, passwordHash: SECRET } }))).toEqual({
        a: { b: 'x', c: 1 },
      })
      return
    }
    expectFaithful(schema, 100)
  })

  test('refuses to leave out what the contract promises', () => {
    expect(() => writerOf(z.object({ a: z.string() }))({})).toThrow(/required/)
  })
})
