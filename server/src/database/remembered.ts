import type { Database } from './connect.ts'

/** What the database looked like to a statement, and a text that changes with the rows of an answer; null where nothing has. */
export type Look = { snapshot: string; stamp: string | null }
type Kept = { snapshot: string; stamp: string; answer: Buffer }

const LIMIT = 500

const keptFor = new WeakMap<Database, Map<string, Kept>>()

/**
 * An answer as it was written the last time, while the rows that it was made from are the same by their stamp; where no
 * transaction at all has ended since, nobody asks for the stamp. The key names all else that it depends on, the reader's
 * area too; the rows are looked at before they are read, so that the look is never the younger.
 */
export async function remembered(
  db: Database,
  key: string,
  look: (seen: string) => Promise<Look>,
  make: () => Promise<Buffer>,
): Promise<Buffer> {
  const kept = keptFor.get(db) ?? new Map<string, Kept>()
  keptFor.set(db, kept)
  const known = kept.get(key)
  const { snapshot, stamp } = await look(known?.snapshot ?? '')
  if (known && (stamp === null || stamp === known.stamp)) {
    known.snapshot = snapshot
    return known.answer
  }
  const answer = await make()
  kept.delete(key)
  kept.set(key, { snapshot, stamp: stamp!, answer })
  const [oldest] = kept.keys()
  if (kept.size > LIMIT && oldest !== undefined) kept.delete(oldest)
  return answer
}
