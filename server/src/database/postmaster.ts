import { readFileSync, realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import pg from 'pg'

export interface Postmaster {
  pid: number
  port: number
  sockets: string
}

export function readPostmaster(cluster: string): Postmaster | undefined {
  try {
    const [pid, , , port, sockets] = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(pid), port: Number(port), sockets: sockets ?? '' }
  } catch {
    return undefined
  }
}

/**
 * A connection to the running PostgreSQL of this cluster; `absent` when none answers, `busy` while one is starting
 * up, recovering or shutting down.
 */
export async function findPostmaster(
  cluster: string,
  credentials: { user: string; password: string },
): Promise<pg.Client | 'absent' | 'busy'> {
  const postmaster = readPostmaster(cluster)
  if (!postmaster || !postmaster.sockets) return 'absent'
  const client = new pg.Client({
    ...credentials,
    host: postmaster.sockets,
    port: postmaster.port,
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ directory: string }>(
      `select setting as directory from pg_settings where name = 'data_directory'`,
    )
    if (rows[0] && realpathSync(rows[0].directory) === realpathSync(cluster)) return client
    await client.end()
    return 'absent'
  } catch (err) {
    await client.end().catch(() => undefined)
    const code = (err as { code?: string }).code ?? ''
    return ['ENOENT', 'ECONNREFUSED', '28P01'].includes(code) ? 'absent' : 'busy'
  }
}

/** True when the process certainly exists and certainly is not PostgreSQL (known on Linux only). */
export function isOtherProgram(pid: number): boolean {
  try {
    return basename(readFileSync(`/proc/${String(pid)}/comm`, 'utf8').trim()) !== 'postgres'
  } catch {
    return false
  }
}
