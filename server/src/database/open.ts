import { join } from 'node:path'
import type { Config } from '../config.ts'
import { startEmbedded, type EmbeddedLog } from './embedded.ts'

/** The PostgreSQL to work on: the one of DATABASE_URL, or the embedded one of the data directory. */
export async function openPostgres(
  config: Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>,
  log: EmbeddedLog,
): Promise<{ url: string; stop(): Promise<void> }> {
  if (config.DATABASE_URL) return { url: config.DATABASE_URL, stop: () => Promise.resolve() }
  return await startEmbedded({ dataDir: join(config.DATA_DIR, 'postgres'), log })
}
