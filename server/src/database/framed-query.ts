import pg from 'pg'

type Wire = {
  parse(message: { text: string; name: string; types: number[] }): void
  bind(message: { portal: string; statement: string; values: unknown[] }): void
  execute(message: { portal: string; rows?: number }): void
  sync(): void
}

/** The parts of a pg query that send its messages; they are not in its published types. */
const Query = pg.Query as unknown as new (
  config: pg.QueryConfig,
  values: undefined,
  callback: (error: Error | null, results: pg.QueryResult[]) => void,
) => { prepare(wire: Wire): void; portal: string }

/**
 * A named statement inside a transaction of its own, all of it before one Sync: `begin`, the settings, the statement
 * and `commit` are one message to the server and one answer from it. When a part fails the server skips the rest, and
 * the transaction is left to be rolled back.
 */
class FramedQuery extends Query {
  private readonly settings: readonly string[]

  constructor(
    settings: readonly string[],
    statement: pg.QueryConfig,
    callback: (error: Error | null, results: pg.QueryResult[]) => void,
  ) {
    super(statement, undefined, callback)
    this.settings = settings
  }

  override prepare(wire: Wire): void {
    for (const text of ['begin', ...this.settings]) send(wire, text)
    super.prepare(wire)
  }

  _getRows(wire: Wire): void {
    wire.execute({ portal: this.portal })
    send(wire, 'commit')
    wire.sync()
  }
}

function send(wire: Wire, text: string): void {
  wire.parse({ text, name: '', types: [] })
  wire.bind({ portal: '', statement: '', values: [] })
  wire.execute({ portal: '' })
}

/** Answers the rows of the statement between the settings and the commit. */
export async function askFramed<Row>(
  client: pg.PoolClient,
  settings: readonly string[],
  statement: pg.QueryConfig,
): Promise<{ rows: Row[] }> {
  return await new Promise((resolve, reject) => {
    const query = new FramedQuery(settings, statement, (error, results) => {
      if (error) reject(error)
      else resolve(results[settings.length + 1] as unknown as { rows: Row[] })
    })
    client.query(query as unknown as pg.Submittable)
  })
}
