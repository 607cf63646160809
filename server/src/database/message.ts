import { createRequire } from 'node:module'
import pg from 'pg'
import type { NamedStatement } from './connect.ts'

/** A statement without values, or a named one that the server plans once per connection. */
export type Part = string | NamedStatement

type Wire = {
  stream: { cork(): void; uncork(): void }
  close(message: { type: 'S'; name: string }): void
  parse(message: { text: string; name: string; types: number[] }): void
  bind(message: { portal: string; statement: string; values: unknown[] }): void
  describe(message: { type: 'P'; name: string }): void
  execute(message: { portal: string }): void
  sync(): void
}
/** How `pg` writes a JavaScript value; not among its published types. */
export const { prepareValue } = createRequire(import.meta.url)('pg/lib/utils') as {
  prepareValue(this: void, value: unknown): unknown
}

type Callback = (error: Error | null, results: pg.QueryResult[]) => void

/** The parts of a pg query that send its messages; they are not in its published types. */
const Query = pg.Query as unknown as new (
  config: { text: string },
  values: undefined,
  callback: Callback,
) => { submit(wire: Wire): Error | null }

const knownTo = new WeakMap<pg.PoolClient, Set<string>>()

function knownStatements(client: pg.PoolClient): Set<string> {
  let known = knownTo.get(client)
  if (!known) knownTo.set(client, (known = new Set()))
  return known
}

/** Several statements before one Sync: the server answers once, and skips all after the one that fails. */
class Message extends Query {
  private readonly parts: readonly Part[]
  private readonly known: ReadonlySet<string>

  constructor(parts: readonly Part[], known: ReadonlySet<string>, callback: Callback) {
    super({ text: 'several' }, undefined, callback)
    this.parts = parts
    this.known = known
  }

  override submit(wire: Wire): null {
    wire.stream.cork()
    try {
      for (const part of this.parts) this.send(wire, part)
    } finally {
      wire.sync()
      wire.stream.uncork()
    }
    return null
  }

  private send(wire: Wire, part: Part): void {
    if (typeof part === 'string') {
      wire.parse({ text: part, name: '', types: [] })
      wire.bind({ portal: '', statement: '', values: [] })
      wire.execute({ portal: '' })
      return
    }
    const name = nameOf(part)
    if (!this.known.has(name)) {
      // A message that failed may have left it with the server; closing what is not there is no error.
      wire.close({ type: 'S', name })
      wire.parse({ text: part.text, name, types: [] })
    }
    wire.bind({ portal: '', statement: name, values: part.values })
    wire.describe({ type: 'P', name: '' })
    wire.execute({ portal: '' })
  }
}

/** Names of their own: `pg` keeps a list of the statements that it has sent itself. */
const nameOf = ({ name }: NamedStatement) => `message_${name}`

/** Sends the parts together and answers the result of each. */
export async function sendTogether(
  client: pg.PoolClient,
  parts: readonly Part[],
): Promise<pg.QueryResult<Record<string, unknown>>[]> {
  const known = knownStatements(client)
  // A value that cannot be written must fail before the first byte has left.
  const written = parts.map((part) =>
    typeof part === 'string' ? part : { ...part, values: part.values.map((value) => prepareValue(value)) },
  )
  return await new Promise((resolve, reject) => {
    const message = new Message(written, known, (error, results) => {
      if (error) return reject(error)
      for (const part of parts) if (typeof part !== 'string') known.add(nameOf(part))
      resolve(results)
    })
    client.query(message as unknown as pg.Submittable)
  })
}
