import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { EmbeddedPostgres } from '../src/database/embedded.ts'
import type { Office } from '../src/office.ts'

const LONGEST_RECOVERY = 120_000

const postmasterOf = async ({ directory }: EmbeddedPostgres): Promise<number> =>
  Number.parseInt(await readFile(join(directory, 'cluster/postmaster.pid'), 'utf8').catch(() => '0'), 10)

/** Its children, where the system tells them. */
async function childrenOf(pid: number): Promise<number[]> {
  const told = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return told.split(' ').filter(Boolean).map(Number)
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It was faster.
  }
}

export async function untilItAnswers({ db }: Office): Promise<void> {
  const until = Date.now() + LONGEST_RECOVERY
  for (;;) {
    try {
      for (const pool of [db.owner, db.streams, db.pool]) await pool.query('select 1')
      return
    } catch (error) {
      if (Date.now() > until) throw error
      await pause(50)
    }
  }
}

/**
 * Kills PostgreSQL: all of it at once, or its postmaster, or one of its processes that takes the others with it. Its
 * supervisor starts it again. Answers whether anything was there to be killed.
 */
export async function killPostgres(
  postgres: EmbeddedPostgres,
  office: Office,
  how: 'all' | 'postmaster' | 'one',
): Promise<boolean> {
  const postmaster = await postmasterOf(postgres)
  if (!(postmaster > 0)) return false
  const children = await childrenOf(postmaster)
  const { rows } = await office.db.owner
    .query<{ pid: number }>(
      `select pid from pg_stat_activity where application_name = 'youyu streams' limit 1`,
    )
    .catch(() => ({ rows: [] }))
  const one = rows[0]?.pid ?? children.at(-1)
  if (how === 'one' && one !== undefined) end(one)
  else for (const pid of how === 'all' ? [postmaster, ...children] : [postmaster]) end(pid)
  // A postmaster that is gone leaves its number until the next one writes its own.
  while (how !== 'one' && (await postmasterOf(postgres)) === postmaster) await pause(20)
  if (how === 'one') await pause(100)
  await untilItAnswers(office)
  return true
}
