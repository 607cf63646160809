import pg from 'pg'
import { confirm, type Lines, type Standing } from '../access/standing.ts'
import type { NamedStatement } from './connect.ts'

type Field = { name: string; dataTypeID: number }

/** The parts of a pg connection that send messages; they are not in its published types. */
type Wire = {
  stream: { write(bytes: Buffer): unknown; cork(): void; uncork(): void }
  parsedStatements: Record<string, string>
  parse(message: { text: string; name: string }): void
  bind(message: { statement: string; values: readonly unknown[] }): void
  describe(message: { type: 'P' }): void
  execute(message: object): void
  close(message: { type: 'S'; name: string }): void
  sync(): void
}

/** Reads the cells of a row; made from its description, which a named statement keeps as long as its connection. */
type Shape = { addFields(fields: Field[]): void; parseRow(cells: (string | null)[]): unknown }

const Query = pg.Query as unknown as new (config: object) => { _result: Shape; callback: Settle }
const Encoder = pg.Connection as unknown as new (config: object) => Wire

type Settle = (error: Error | null, rows?: unknown[]) => void

/** Messages whose bytes are always the same. */
function encoded(write: (wire: Wire) => void): Buffer {
  const chunks: Buffer[] = []
  const on = () => undefined
  write(
    new Encoder({ stream: { writable: true, on, once: on, write: (chunk: Buffer) => chunks.push(chunk) } }),
  )
  return Buffer.concat(chunks)
}

function command(wire: Wire, text: string): void {
  wire.parse({ text, name: '' })
  wire.bind({ statement: '', values: [] })
  wire.execute({})
}

const closing = encoded((wire) => {
  command(wire, 'commit')
  wire.sync()
})

const OPENINGS_KEPT = 500
const openings = new Map<string, Buffer>()

function openingOf(settings: readonly string[]): Buffer {
  const key = settings.join(';')
  let opening = openings.get(key)
  if (!opening) {
    opening = encoded((wire) => {
      for (const text of ['begin', ...settings]) command(wire, text)
    })
    if (openings.size >= OPENINGS_KEPT) openings.clear()
    openings.set(key, opening)
  }
  return opening
}

const shapesOf = new WeakMap<Wire, Map<string, Shape>>()

/**
 * A named statement inside a transaction of its own, all of it before one Sync: `begin`, the settings, what the access
 * stands on, the statement and `commit` are one message to the server and one answer from it. When a part fails the
 * server skips the rest, and the transaction is left to be rolled back.
 */
class FramedQuery extends Query {
  private readonly settings: readonly string[]
  private readonly standing: Standing | undefined
  private readonly statement: NamedStatement
  private readonly standingPart: number
  private readonly statementPart: number
  private readonly lines: Lines[number][] = []
  private readonly found: unknown[] = []
  private readonly fresh: NamedStatement[] = []
  private failure: Error | null = null
  private part = 0
  private shapes: Map<string, Shape> = new Map()
  private shape: Shape | undefined
  private wire: Wire | undefined

  constructor(
    settings: readonly string[],
    standing: Standing | undefined,
    statement: NamedStatement,
    settle: Settle,
  ) {
    super({ text: statement.text, callback: settle })
    this.settings = settings
    this.standing = standing
    this.statement = statement
    this.standingPart = standing ? settings.length + 1 : -1
    this.statementPart = settings.length + (standing ? 2 : 1)
  }

  submit(wire: Wire): Error | null {
    this.wire = wire
    this.shapes = shapesOf.get(wire) ?? new Map<string, Shape>()
    shapesOf.set(wire, this.shapes)
    this.shape = this.shapes.get(this.statement.name)
    const values = this.statement.values.map(written)
    wire.stream.cork()
    try {
      wire.stream.write(openingOf(this.settings))
      if (this.standing) this.send(wire, this.standing.question, this.standing.question.values, true)
      this.send(wire, this.statement, values, this.shape !== undefined)
      wire.stream.write(closing)
    } finally {
      wire.stream.uncork()
    }
    return null
  }

  private send(
    wire: Wire,
    statement: { readonly name: string; readonly text: string },
    values: readonly unknown[],
    isDescribed: boolean,
  ): void {
    const { name, text } = statement
    if (wire.parsedStatements[name] !== text) {
      wire.parse({ text, name })
      this.fresh.push({ name, text, values: [] })
    }
    wire.bind({ statement: name, values })
    if (!isDescribed) wire.describe({ type: 'P' })
    wire.execute({})
  }

  handleRowDescription({ fields }: { fields: Field[] }): void {
    this.shape = this._result
    this.shape.addFields(fields)
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    if (this.part === this.standingPart) this.lines.push(fields)
    else if (this.part === this.statementPart && this.shape && !this.failure) this.read(this.shape, fields)
  }

  private read(shape: Shape, cells: (string | null)[]): void {
    try {
      this.found.push(shape.parseRow(cells))
    } catch (error) {
      this.failure = error as Error
    }
  }

  handleCommandComplete(): void {
    this.part += 1
  }

  handleReadyForQuery(wire: Wire): void {
    for (const { name, text } of this.fresh) wire.parsedStatements[name] = text
    if (this.shape) this.shapes.set(this.statement.name, this.shape)
    this.callback(this.failure ?? this.outdated(), this.found)
  }

  /** Nobody knows which of the statements sent for the first time the server has kept. */
  handleError(error: Error): void {
    for (const { name } of this.fresh.splice(0)) this.wire?.close({ type: 'S', name })
    this.callback(error)
  }

  private outdated(): Error | null {
    try {
      if (this.standing) confirm(this.standing, this.lines)
      return null
    } catch (error) {
      return error as Error
    }
  }
}

function written(value: unknown): string | Buffer | null {
  if (typeof value === 'string' || Buffer.isBuffer(value)) return value
  if (value === null || value === undefined) return null
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value instanceof Date) return value.toISOString()
  throw new TypeError('A framed statement takes plain values')
}

/** Answers the rows of the statement between the settings and the commit. */
export async function askFramed(
  client: pg.PoolClient,
  settings: readonly string[],
  standing: Standing | undefined,
  statement: NamedStatement,
): Promise<{ rows: unknown[] }> {
  return await new Promise((resolve, reject) => {
    const query = new FramedQuery(settings, standing, statement, (error, rows = []) => {
      if (error) reject(error)
      else resolve({ rows })
    })
    client.query(query as unknown as pg.Submittable)
  })
}
