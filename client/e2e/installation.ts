import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const main = resolve(import.meta.dirname, '../../server/src/main.ts')

export type Installation = { url: string; directory: string; stop(): Promise<void> }

/** The real thing, as `npm start` runs it, on a folder of its own. */
export async function openInstallation(environment: Record<string, string> = {}): Promise<Installation> {
  const directory = mkdtempSync(join(tmpdir(), 'youyu-journey-'))
  const port = await freePort()
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      NODE_ENV: 'test',
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: join(directory, 'data'),
      LOG_LEVEL: 'error',
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
  return {
    url,
    directory,
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGTERM')
        await new Promise((resolve) => child.once('exit', resolve))
      }
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  for (let port = 22_000 + (process.pid % 8000); ; port += 1) {
    const server = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (isFree) {
      await new Promise((resolve) => server.close(resolve))
      return port
    }
  }
}
