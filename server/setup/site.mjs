import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { exclusively, root } from './install.mjs'
import { onNode24, tool } from './processes.mjs'

const dist = join(root, 'client', 'dist')
const cache = join(root, 'node_modules', '.cache', 'youyu')
const stamp = join(cache, 'site.sha256')

/** Builds the SPA when its sources differ from those of the last build. */
export async function buildSite({ force = false } = {}) {
  if (!force && isFresh(sources())) return
  await exclusively(async () => {
    const wanted = sources()
    if (!force && isFresh(wanted)) return
    const draft = `${dist}-${process.pid}`
    const started = Date.now()
    const flags = ['--outDir', draft, '--emptyOutDir', '--logLevel', 'warn']
    const { code } = await onNode24([tool('vite'), 'build', join(root, 'client'), ...flags], {
      env: { NODE_ENV: 'production' },
    })
    if (code !== 0) {
      rmSync(draft, { recursive: true, force: true })
      throw new Error(`the pages could not be built (${code}); see above`)
    }
    rmSync(dist, { recursive: true, force: true })
    renameSync(draft, dist)
    mkdirSync(cache, { recursive: true })
    writeFileSync(stamp, wanted)
    console.log(`Pages built in ${((Date.now() - started) / 1000).toFixed(1)} s`)
  })
}

function isFresh(wanted) {
  return existsSync(join(dist, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
}

function sources() {
  const hash = createHash('sha256')
  const files = ['client/src', 'client/public', 'shared/src'].flatMap(filesBelow)
  const single = [
    'client/index.html',
    'client/vite.config.ts',
    'client/texts.config.ts',
    'client/package.json',
    'package-lock.json',
  ]
  for (const file of [...files, ...single].sort()) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesBelow(folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
}
