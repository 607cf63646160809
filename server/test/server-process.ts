import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export type ServerProcess = {
  child: ChildProcess
  /** Everything it printed so far. */
  output: () => string
  /** Where it answers, or null when it ended before it was ready. */
  address: Promise<string | null>
  ended: Promise<number | null>
}

/** The real `main.ts`, or another entry, in a process of its own. */
export function startServer(environment: Record<string, string>, entry = '../src/main.ts'): ServerProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, entry)], {
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PORT: '0',
      DEMO: 'off',
      REQUESTS_PER_MINUTE: '1000000',
      MAX_EVENT_LOOP_DELAY: '600000',
      COOKIE_SECURE: 'off',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const ready = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (bytes: Buffer) => {
        output += bytes.toString()
        const address = /Youyu 优育: (http:\S+)/.exec(output)?.[1]
        if (address) resolve(address)
      })
    }
  })
  return { child, output: () => output, ended, address: Promise.race([ready, ended.then(() => null)]) }
}
