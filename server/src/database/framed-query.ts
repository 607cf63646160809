import { createRequire } from 'node:module'
import pg from 'pg'
import { confirm, type Lines, type Standing } from '../access/standing.ts'
import type { NamedStatement } from './connect.ts'

/** How `pg` writes a JavaScript value; not among its published types. */
const { prepareValue } = createRequire(import.meta.url)('pg/lib/utils') as {
  prepareValue(this: void, value: unknown): unknown
}

type Field = { name: string; dataTypeID: number }

/** The parts of a pg connection that send messages; they are not in its published types. */
type Wire = {
  stream: { write(bytes: Buffer): unknown }
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

const Query = pg.Query as unknown as new (text: string) => { _result: { _types: object }; callback: Settle }
const Result = (pg as unknown as { Result: new (rowMode: undefined, types: object) => Shape }).Result
const Encoder = pg.Connection as unknown as new (config: object) => Wire

type Settle = (error: Error | null, rows?: unknown[][]) => void

/** Statements that travel together, with their area and what the access stands on. */
export type Frame = {
  /** Of the transaction that begins with this frame; null where it goes on with it. */
  readonly settings: readonly string[] | null
  readonly standing: Standing | undefined
  readonly statements: readonly NamedStatement[]
  /** Whether the transaction goes on after it. */
  readonly staysOpen?: boolean
}

const chunks: Buffer[] = []
const on = () => undefined
const encoder = new Encoder({
  stream: { writable: true, on, once: on, write: (chunk: Buffer) => chunks.push(chunk) },
})

/** Messages as one piece: a socket takes it at once, where it would go through many pieces one by one. */
function encoded(write: (wire: Wire) => void): Buffer {
  chunks.length = 0
  write(encoder)
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

const pausing = encoded((wire) => wire.sync())

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
 * Named statements of a transaction before one Sync: `begin`, the settings, what the access stands on, the statements
 * and `commit` are one message to the server and one answer from it. When a part fails the server skips the rest, and
 * the transaction is left to be rolled back.
 */
class FramedQuery extends Query {
  private readonly frame: Frame
  private readonly standingPart: number
  private readonly firstPart: number
  private readonly lines: Lines[number][] = []
  private readonly found: unknown[][]
  private readonly fresh: NamedStatement[] = []
  private failure: Error | null = null
  private part = 0
  private shapes: Map<string, Shape> = new Map()
  private wire: Wire | undefined

  constructor(frame: Frame, settle: Settle) {
    super('framed')
    this.callback = settle
    const { settings, standing, statements } = frame
    this.frame = frame
    this.found = statements.map(() => [])
    const opening = settings ? settings.length + 1 : 0
    this.standingPart = standing ? opening : -1
    this.firstPart = opening + (standing ? 1 : 0)
  }

  submit(wire: Wire): Error | null {
    const { settings, standing, statements, staysOpen } = this.frame
    this.wire = wire
    this.shapes = shapesOf.get(wire) ?? new Map<string, Shape>()
    shapesOf.set(wire, this.shapes)
    const values = statements.map((statement) => statement.values.map(written))
    const opening = settings && openingOf(settings)
    wire.stream.write(
      encoded(({ stream }) => {
        if (opening) stream.write(opening)
        if (standing) this.send(wire, standing.question, standing.question.values, true)
        statements.forEach((statement, index) =>
          this.send(wire, statement, values[index]!, this.shapes.has(statement.name)),
        )
        stream.write(staysOpen ? pausing : closing)
      }),
    )
    return null
  }

  private send(
    wire: Wire,
    statement: { readonly name: string; readonly text: string },
    values: readonly unknown[],
    isDescribed: boolean,
  ): void {
    const { name, text } = statement
    if (wire.parsedStatements[name] !== text && !this.fresh.some((sent) => sent.name === name)) {
      encoder.parse({ text, name })
      this.fresh.push({ name, text, values: [] })
    }
    encoder.bind({ statement: name, values })
    if (!isDescribed) encoder.describe({ type: 'P' })
    encoder.execute({})
  }

  private get answered(): string | undefined {
    return this.frame.statements[this.part - this.firstPart]?.name
  }

  handleRowDescription({ fields }: { fields: Field[] }): void {
    const shape = new Result(undefined, this._result._types)
    shape.addFields(fields)
    if (this.answered !== undefined) this.shapes.set(this.answered, shape)
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    if (this.part === this.standingPart) return void this.lines.push(fields)
    const shape = this.answered === undefined ? undefined : this.shapes.get(this.answered)
    if (shape && !this.failure) this.read(shape, fields)
  }

  private read(shape: Shape, cells: (string | null)[]): void {
    try {
      this.found[this.part - this.firstPart]!.push(shape.parseRow(cells))
    } catch (error) {
      this.failure = error as Error
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.part += 1
    if (text === 'ROLLBACK') this.failure ??= new Error('A frame was not committed, and nobody said so')
  }

  handleReadyForQuery(wire: Wire): void {
    for (const { name, text } of this.fresh) wire.parsedStatements[name] = text
    this.callback(this.failure ?? this.outdated(), this.found)
  }

  /** Nobody knows which of the statements sent for the first time the server has kept. */
  handleError(error: Error): void {
    for (const { name } of this.fresh.splice(0)) {
      this.wire?.close({ type: 'S', name })
      this.shapes.delete(name)
    }
    this.callback(error)
  }

  private outdated(): Error | null {
    try {
      if (this.frame.standing) confirm(this.frame.standing, this.lines)
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
  if (Array.isArray(value)) return prepareValue(value) as string
  throw new TypeError('A framed statement takes plain values')
}

/** Whether the server has planned everything in a frame before, so that others may be sent behind it at once. */
export function isPlanned(client: pg.PoolClient, { standing, statements }: Frame): boolean {
  const { parsedStatements } = (client as unknown as { connection: Wire }).connection
  const asked = standing ? [standing.question, ...statements] : statements
  return asked.every(({ name, text }) => parsedStatements[name] === text)
}

/** Answers the rows of each statement of a frame. */
export async function askFramed(client: pg.PoolClient, frame: Frame): Promise<unknown[][]> {
  return await new Promise((resolve, reject) => {
    const query = new FramedQuery(frame, (error, rows = []) => {
      if (error) reject(error)
      else resolve(rows)
    })
    client.query(query as unknown as pg.Submittable)
  })
}
