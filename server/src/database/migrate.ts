import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

const folder = join(import.meta.dirname, '../../../migrations')
const LOCK = 0x796f7579

type Journal = { entries: { tag: string }[] }

/**
 * Applies what is missing of `migrations/`, each in its transaction, one server at a time. An applied migration
 * whose text was changed afterwards is a refusal.
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'youyu migrations',
  })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query(
      'create table if not exists schema_migrations (tag text primary key, sha256 text not null, applied_at timestamptz not null default now())',
    )
    const { rows } = await client.query<{ tag: string; sha256: string }>(
      'select tag, sha256 from schema_migrations',
    )
    const applied = new Map(rows.map((row) => [row.tag, row.sha256]))
    const { entries } = JSON.parse(await readFile(join(folder, 'meta/_journal.json'), 'utf8')) as Journal
    const done: string[] = []
    for (const { tag } of entries) {
      const text = await readFile(join(folder, `${tag}.sql`), 'utf8')
      const sha256 = createHash('sha256').update(text).digest('hex')
      const earlier = applied.get(tag)
      if (earlier === sha256) continue
      if (earlier)
        throw new Error(`Migration ${tag} was changed after it had been applied; write a new one instead`)
      await apply(client, tag, text, sha256)
      done.push(tag)
    }
    return done
  } finally {
    await client.end()
  }
}

async function apply(client: pg.Client, tag: string, text: string, sha256: string): Promise<void> {
  await client.query('begin')
  try {
    for (const statement of text.split('--> statement-breakpoint')) {
      if (statement.trim()) await client.query(statement)
    }
    await client.query('insert into schema_migrations (tag, sha256) values ($1, $2)', [tag, sha256])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`Migration ${tag} failed: ${(error as Error).message}`, { cause: error })
  }
}
