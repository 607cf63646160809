/** Types of elements by their numbers in PostgreSQL's catalogue. */
const numbers = { boolean: 16, bytea: 17, integer: 23, text: 25, date: 1082, uuid: 2950 } as const
type ElementType = keyof typeof numbers
export type Shape = Readonly<Record<string, ElementType>>

const HEAD = 20
const DAY = 86_400_000
/** Days are counted from 2000-01-01. */
const FIRST_DAY = Date.UTC(2000, 0, 1) / DAY

/** At least as many bytes as the value takes. */
function roomOf(type: ElementType, value: unknown): number {
  if (type === 'text') return (value as string).length * 3
  if (type === 'bytea') return (value as Buffer).length
  return type === 'uuid' ? 16 : 4
}

function dayOf(date: string): number {
  const moment = Date.parse(date)
  const day = moment / DAY - FIRST_DAY
  // The 30th of February is read as a day of March.
  if (!Number.isInteger(day) || new Date(moment).getUTCDate() !== Number(date.slice(8)))
    throw new RangeError('Not a day')
  return day
}

/** Writes a value and answers how many bytes it took. */
function write(into: Buffer, at: number, type: ElementType, value: unknown): number {
  switch (type) {
    case 'text':
      return into.write(value as string, at)
    case 'bytea':
      return (value as Buffer).copy(into, at)
    case 'uuid':
      return into.write((value as string).replaceAll('-', ''), at, 'hex')
    case 'boolean':
      return into.writeUInt8(value ? 1 : 0, at) - at
    case 'date':
      return into.writeInt32BE(dayOf(value as string), at) - at
    case 'integer':
      return into.writeInt32BE(value as number, at) - at
  }
}

/** An array as the wire carries it: neither side has to write or to read it as text. */
export function arrayOf(type: ElementType, values: readonly unknown[]): Buffer {
  let room = HEAD
  for (const value of values) room += 4 + (value === null || value === undefined ? 0 : roomOf(type, value))
  const buffer = Buffer.allocUnsafe(room)
  let hasNull = 0
  let at = HEAD
  for (const value of values) {
    if (value === null || value === undefined) {
      hasNull = 1
      at = buffer.writeInt32BE(-1, at)
      continue
    }
    const length = write(buffer, at + 4, type, value)
    buffer.writeInt32BE(length, at)
    at += 4 + length
  }
  const head = [values.length === 0 ? 0 : 1, hasNull, numbers[type], values.length, 1]
  for (const [index, word] of head.entries()) buffer.writeInt32BE(word, index * 4)
  return buffer.subarray(0, values.length === 0 ? 12 : at)
}

/** Many rows as a relation of a statement: an array for each column, whose name is that of the field. */
export function relationOf(shape: Shape, first: number): string {
  const fields = Object.entries(shape)
  const arrays = fields.map(([, type], index) => `$${first + index}::${type}[]`)
  const names = fields.map(([field]) => `"${field}"`)
  return `unnest(${arrays.join(', ')}) with ordinality as n (${names.join(', ')}, nth)`
}

/** The parameters of such a relation. */
export function columnsOf(shape: Shape, rows: readonly object[]): Buffer[] {
  return Object.entries(shape).map(([field, type]) =>
    arrayOf(
      type,
      rows.map((row) => (row as Record<string, unknown>)[field]),
    ),
  )
}
