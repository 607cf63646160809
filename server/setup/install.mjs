import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export const root = join(fileURLToPath(new URL('../..', import.meta.url)))
export const node24 = join(root, 'node_modules', 'node', 'bin', 'node')

const lock = join(root, '.setup.lock')
const lockfile = join(root, 'package-lock.json')
const stamp = join(root, 'node_modules', '.youyu-installed')

/** Installs what is missing; any number of launchers may ask at once. */
export async function ensureInstalled() {
  if (isInstalled()) return
  await exclusively(async () => {
    if (isInstalled()) return
    console.log('Installing packages (npm ci), once; this takes a minute or two …')
    await npm(['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'])
    if (!existsSync(node24)) await npm(['rebuild', '--ignore-scripts=false', 'node'])
    if (!existsSync(node24)) throw new Error(`npm did not deliver Node 24 (${node24})`)
    writeFileSync(stamp, fingerprint())
  })
}

function isInstalled() {
  const listing = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(node24) || !existsSync(listing)) return false
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint()) return true
  return statSync(listing).mtimeMs >= statSync(lockfile).mtimeMs
}

function fingerprint() {
  return createHash('sha256').update(readFileSync(lockfile)).digest('hex')
}

/** Runs the npm that started us, or the one on the path. */
async function npm(args) {
  const outer = process.env.npm_execpath
  const [command, ...first] =
    outer && existsSync(outer) ? [process.env.npm_node_execpath ?? process.execPath, outer] : ['npm']
  const env = { ...process.env }
  delete env.NODE_ENV
  const child = spawn(command, [...first, ...args], { cwd: root, env, stdio: 'inherit' })
  const code = await new Promise((done, failed) => child.once('error', failed).once('exit', done))
  if (code !== 0) throw new Error(`npm ${args[0]} failed (${code}); see above`)
}

/** One set-up step at a time; a lock not refreshed for 15 seconds belonged to a launcher that died. */
export async function exclusively(step) {
  while (!take()) await sleep(250)
  const refresh = setInterval(() => utimesSync(lock, new Date(), new Date()), 2_000)
  try {
    return await step()
  } finally {
    clearInterval(refresh)
    rmSync(lock, { recursive: true, force: true })
  }
}

function take() {
  try {
    mkdirSync(lock)
    return true
  } catch (err) {
    if (err.code !== 'EEXIST') throw err
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > 15_000) rmSync(lock, { recursive: true, force: true })
    return false
  }
}
