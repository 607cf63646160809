import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const main = resolve(import.meta.dirname, '../../server/src/main.ts')
const compiled = resolve(import.meta.dirname, '../../node_modules/.cache/youyu/compiled')

export type Installation = {
  url: string
  directory: string
  /** Ends the server and leaves its data. */
  leave(): Promise<void>
  stop(): Promise<void>
}

/** The real thing, as `npm start` runs it, on a folder of its own. */
export async function openInstallation(
  environment: Record<string, string> = {},
  directory = newDirectory(),
): Promise<Installation> {
  const port = await freePort()
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      NODE_ENV: 'test',
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: join(directory, 'data'),
      LOG_LEVEL: 'error',
      // A machine with other work to do is no reason to turn a visitor away.
      MAX_EVENT_LOOP_DELAY: '600000',
      SIGN_INS_PER_MINUTE: '600',
      // Every journey starts the same sources.
      NODE_COMPILE_CACHE: compiled,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.on('data', (text: Buffer) => (printed += text.toString()))
  const url = `http://127.0.0.1:${port}`
  for (let waited = 0; !printed.includes('Youyu 优育:'); waited += 100) {
    if (child.exitCode !== null || waited > 120_000) throw new Error(`The server did not start:\n${printed}`)
    await sleep(100)
  }
  const leave = async () => {
    if (child.exitCode !== null) return
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
  }
  return {
    url,
    directory,
    leave,
    async stop() {
      await leave()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL, which under root runs as somebody else, must be able to pass through. */
export function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'youyu-journey-'))
  chmodSync(directory, 0o711)
  return directory
}

/** Below the ports that the system gives to clients, and rarely the same for two journeys that start at once. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(22_000, 32_000)
    const server = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!isFree) continue
    await new Promise((resolve) => server.close(resolve))
    return port
  }
}
