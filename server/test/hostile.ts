import fc from 'fast-check'
import { z } from 'zod'
import { naughtyTexts } from './naughty-texts.ts'

const naughtyValues: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  0.5,
  1,
  2,
  127,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53 - 1,
  2 ** 53,
  2 ** 63,
  1e21,
  1e308,
  5e-324,
  [],
  {},
  [[]],
  [null],
  [{}],
  { length: -1 },
  { toString: 1 },
  { then: 1 },
  { $ref: '#' },
  [1, 'a', null],
]

const naughtyText = fc.constantFrom(...naughtyTexts)
const anyText = fc.oneof(
  { weight: 4, arbitrary: naughtyText },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
)
const anyValue = fc.oneof(
  { weight: 3, arbitrary: anyText },
  { weight: 3, arbitrary: fc.constantFrom(...naughtyValues) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
)

/** Identifiers and codes that exist, so that the input reaches what stands behind the door. */
export type Known = {
  ids: readonly string[]
  codes: readonly string[]
  texts: Record<string, readonly string[]>
}

/** Values of a schema: wholly such as it takes, with a wrong one here and there, or mostly wrong. */
export function valuesOf(schema: z.ZodType, known: Known): fc.Arbitrary<unknown> {
  const root = z.toJSONSchema(schema, { target: 'draft-7', io: 'output', unrepresentable: 'any' }) as Node
  const withWrongs = (share: number) => part(root, { ...known, share, key: '' })
  return fc.oneof(
    { weight: 5, arbitrary: withWrongs(0) },
    { weight: 3, arbitrary: withWrongs(1) },
    { weight: 2, arbitrary: withWrongs(8) },
  )
}

type Node = {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Node[]
  oneOf?: Node[]
  items?: Node
  properties?: Record<string, Node>
  required?: string[]
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  minItems?: number
  minLength?: number
  $ref?: string
}
type Making = Known & { share: number; key: string }

function part(node: Node, making: Making): fc.Arbitrary<unknown> {
  const fit = fitting(node, making)
  return making.share === 0
    ? fit
    : fc.oneof({ weight: 12, arbitrary: fit }, { weight: making.share, arbitrary: anyValue })
}

function fitting(node: Node, making: Making): fc.Arbitrary<unknown> {
  const honest = making.texts[making.key]
  if (honest) return fc.constantFrom(...honest)
  if (node.$ref) return anyValue
  if ('const' in node) return fc.constant(node.const)
  if (node.enum) return fc.constantFrom(...node.enum)
  const options = node.anyOf ?? node.oneOf
  if (options) return fc.oneof(...options.map((option) => fitting(option, making)))
  if (Array.isArray(node.type))
    return fc.oneof(...node.type.map((type) => fitting({ ...node, type }, making)))
  switch (node.type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
    case 'number':
      return fc.oneof(
        fc.integer({
          min: Math.ceil(Math.max(node.minimum ?? -5, -1e6)),
          max: Math.floor(Math.min(node.maximum ?? 1000, 1e6)),
        }),
        fc.constantFrom(
          ...[node.minimum ?? 0, node.maximum ?? 2 ** 31].map((limit) => Math.min(limit, 2 ** 53 - 1)),
        ),
      )
    case 'string':
      return textFor(node, making)
    case 'array':
      return fc.array(part(node.items ?? {}, making), {
        minLength: node.minItems ?? 0,
        maxLength: (node.minItems ?? 0) + 3,
      })
    case 'object':
      return recordOf(node, making)
    default:
      return anyValue
  }
}

/** A made-up cursor is nearly always refused, and nothing behind it is reached: most do without. */
function recordOf({ properties = {}, required = [] }: Node, making: Making): fc.Arbitrary<unknown> {
  const { cursor, ...others } = properties
  const made = Object.entries(others).map(([key, each]) => [key, part(each, { ...making, key })])
  const record = fc.record(Object.fromEntries(made), { requiredKeys: required as never[] })
  if (!cursor) return record
  const withCursor = fc
    .tuple(record, part(cursor, { ...making, key: 'cursor' }))
    .map(([rest, text]) => ({ ...rest, cursor: text }))
  return fc.oneof({ weight: 4, arbitrary: record }, { weight: 1, arbitrary: withCursor })
}

function textFor({ format, pattern }: Node, { ids, codes }: Making): fc.Arbitrary<unknown> {
  if (format === 'uuid') return fc.constantFrom(...ids)
  if (format === 'date')
    return fc.constantFrom('1990-01-01', '2020-02-29', '2026-01-01', '0001-01-01', '9999-12-31')
  if (format === 'date-time')
    return fc.constantFrom(
      '2026-01-01T00:00:00Z',
      '0001-01-01T00:00:00Z',
      '9999-12-31T23:59:59Z',
      '2026-01-01T00:00:00+08:00',
    )
  if (pattern === '^\\d{12}$') return fc.constantFrom(...codes)
  if (pattern === undefined) return naughtyText
  const takes = new RegExp(pattern)
  const taken = naughtyTexts.filter((text) => takes.test(text) && text.trim() !== '' && text.length < 50)
  return fc.oneof(
    ...(taken.length > 0 ? [fc.constantFrom(...taken)] : []),
    fc.stringMatching(/\(\?/.test(pattern) ? /^[a-z]{3}$/ : takes, {
      maxLength: /\{64\}/.test(pattern) ? 64 : 12,
    }),
  )
}

/** A query string or a path part, escaped now and then and now and then not. */
export function written(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return encodeURIComponent(text.toWellFormed())
}
