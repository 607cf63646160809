import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../src/database/embedded.ts'
import { migrate } from '../src/database/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
  }
}

const silent = { info: () => undefined, warn: () => undefined }

/** One PostgreSQL for the whole run, with one migrated template that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'youyu-test-'))
  const postgres = await startEmbedded({ dataDir, disposable: true, database: 'youyu_template', log: silent })
  await migrate(postgres.url)
  const client = new pg.Client(postgres.url)
  await client.connect()
  await client.query('alter database youyu_template is_template true')
  await client.end()
  project.provide('postgresUrl', postgres.url)
  return async () => {
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
