import { spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { node24, root } from './install.mjs'

const running = new Set()

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (running.size === 0) process.exit(128 + { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }[signal])
    for (const child of running) child.kill(signal)
  })
}

// Whoever kills npm outright does not mean to leave a server behind.
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) stopAll()
}, 500).unref()

/** Runs a program of this repository on Node 24 and answers with its exit code and, if captured, its output. */
export function onNode24(args, { capture = false, env = {}, cwd = root } = {}) {
  const path = `${join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`
  const child = spawn(node24, args, {
    cwd,
    env: { ...process.env, PATH: path, ...env },
    stdio: capture ? ['ignore', 'pipe', 'pipe'] : 'inherit',
  })
  running.add(child)
  const output = []
  child.stdout?.on('data', (part) => output.push(part))
  child.stderr?.on('data', (part) => output.push(part))
  return new Promise((done, failed) => {
    child.once('error', failed)
    child.once('close', (code, signal) => {
      running.delete(child)
      const number =
        signal === null ? code : 128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 0)
      done({ code: number, output: Buffer.concat(output).toString() })
    })
  })
}

/** The script behind a command of node_modules/.bin. */
export function tool(name) {
  return realpathSync(join(root, 'node_modules', '.bin', name))
}

export function stopAll() {
  for (const child of running) child.kill('SIGTERM')
}
