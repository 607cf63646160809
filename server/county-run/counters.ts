import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { CivilDate } from '@youyu/shared/values'
import { startServer, type ServerProcess } from '../test/server-process.ts'
import type { Asked, Desk, Said } from './desk.ts'
import { password } from './loading.ts'

const PATIENCE = 5 * 60_000

/** No answer, or the same deed is still under way in a transaction whose server is dead. */
const isInterrupted = ({ status, text }: Said) =>
  status === 0 || status === 401 || status >= 500 || text.includes('idempotency-in-flight')

type Opening = {
  environment: Record<string, string>
  superuser: Desk['superuser']
  bank: Desk['bank']
  /** Somebody was killed, and whether in the middle of something. */
  told: (what: string) => void
}

/** The county at a real server, which may be killed at any moment and is started again when it is asked next. */
export function openCounters({
  environment,
  superuser,
  bank,
  told,
}: Opening): Desk & { close(): Promise<void> } {
  let running: ServerProcess | null = null
  let starting: Promise<string> | null = null
  let away = 0
  const tokens = new Map<string, string>()

  async function start(): Promise<string> {
    for (;;) {
      const server = startServer({ ...environment, CLOCK_AWAY: String(away) }, '../county-run/server.ts')
      running = server
      const address = await server.address
      if (address) return address
      if (running !== server) continue
      throw new Error(`The server did not start: ${server.output()}`)
    }
  }

  async function stop(): Promise<void> {
    const server = running
    running = starting = null
    tokens.clear()
    server?.child.kill('SIGTERM')
    await server?.ended
  }

  async function kill(): Promise<void> {
    const server = running
    running = starting = null
    if (!server || server.child.exitCode !== null) return
    server.child.kill('SIGKILL')
    await server.ended
  }

  async function tokenOf(address: string, who: string): Promise<string> {
    const known = tokens.get(who)
    if (known) return known
    const answer = await fetch(`${address}/api/v1/sessions`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ username: who, password }),
    })
    const { accessToken } = (await answer.json()) as { accessToken?: string }
    if (!accessToken) throw new Error(`${who} could not sign in: ${answer.status}`)
    tokens.set(who, accessToken)
    return accessToken
  }

  async function askOnce(
    who: string,
    method: string,
    path: string,
    { body, version, key }: Asked,
  ): Promise<Said> {
    const address = await (starting ??= start())
    const answer = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await tokenOf(address, who)}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(version !== undefined && { 'if-match': `"${version}"` }),
        ...(key && { 'idempotency-key': key.replaceAll(' ', '/') }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (answer.status === 401) tokens.delete(who)
    const text = await answer.text()
    const isJson = /json/.test(answer.headers.get('content-type') ?? '')
    return { status: answer.status, body: isJson ? JSON.parse(text) : null, text }
  }

  /** Strikes as soon as the server is in the middle of a transaction. */
  async function strike(what: string, statement: string, isDone: () => boolean): Promise<void> {
    while (!isDone()) {
      const { rows } = await superuser.query<{ n: number }>(
        `select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name in ('youyu', 'youyu streams') and state <> 'idle'
           and xact_start is not null and query ~ $1`,
        [statement],
      )
      if (rows[0]!.n > 0) break
      await pause(2)
    }
    const wasDone = isDone()
    await kill()
    told(`the server was killed during ${what}${wasDone ? ', when it was over' : ''}`)
  }

  return {
    ...{ superuser, bank },
    async ask(who, method, path, asked = {}) {
      for (const until = Date.now() + PATIENCE; ;) {
        const said = await askOnce(who, method, path, asked).catch(() => ({
          status: 0,
          body: null,
          text: '',
        }))
        if (!isInterrupted(said) || Date.now() > until) return said
        await pause(200)
      }
    },
    async moveTo(day: CivilDate) {
      await stop()
      away = Date.parse(`${day}T10:00:00+08:00`) - Date.now()
    },
    async struck(what, statement, work) {
      let isDone = false
      const working = work().finally(() => (isDone = true))
      await Promise.all([working, strike(what, statement, () => isDone)])
      return await working
    },
    work: () => pause(200),
    seal: stop,
    async verify() {
      const program = join(import.meta.dirname, '../src/ledger-verify.ts')
      const env = { ...process.env, ...environment }
      return await promisify(execFile)(process.execPath, [program], { env }).then(
        ({ stdout }) => ({ isWhole: true, text: stdout }),
        (error: { stdout?: string; message: string }) => ({
          isWhole: false,
          text: error.stdout || error.message,
        }),
      )
    },
    close: stop,
  }
}
