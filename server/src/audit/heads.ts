import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export type Head = { sequence: number; root: string }

/** The newest seal of each county, kept outside the database: a chain cut off at its end is noticed too. */
export type Heads = Record<string, Head>

export function readHeads(file: string): Heads {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Heads
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}

export function keepHeads(file: string, heads: Heads): void {
  if (Object.keys(heads).length === 0) return
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, JSON.stringify({ ...readHeads(file), ...heads }), { mode: 0o600 })
  renameSync(draft, file)
}
