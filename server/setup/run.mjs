import { ensureInstalled, root } from './install.mjs'
import { checkAll, runChecks, runJourneys, runTests, typeChecks } from './check.mjs'
import { checkMigrations, generateMigrations } from './migrations.mjs'
import { onNode24, stopAll, tool } from './processes.mjs'
import { buildSite } from './site.mjs'

// Plain JavaScript for Node 20 and without packages: this runs before anything is installed.

const tasks = {
  async start(args) {
    await buildSite()
    return node('server/src/main.ts', ...args)
  },
  dev,
  test: checkAll,
  async types() {
    return (await runChecks(typeChecks)).length === 0 ? 0 : 1
  },
  async unit(args) {
    return summed(await runTests('unit', ['shared', 'server', 'client'], args))
  },
  async journeys(args) {
    return summed(await runJourneys(args))
  },
  async register(args) {
    await buildSite()
    return node('client/e2e/register-run.ts', ...args)
  },
  async migrations(args) {
    if (!args.includes('--check')) return generateMigrations(args)
    const { code, output } = await checkMigrations()
    console.log(output)
    return code
  },
  async build() {
    await buildSite({ force: true })
    return 0
  },
  tool: ([name, ...args]) => node(tool(name), ...args),
  node: (args) => node(...args),
}

async function dev() {
  const server = node('--watch', '--watch-preserve-output', 'server/src/main.ts')
  const pages = node(tool('vite'), 'client')
  const code = await Promise.race([server, pages])
  stopAll()
  await Promise.all([server, pages])
  return code
}

async function node(...args) {
  return (await onNode24(args)).code
}

function summed({ passed, failed }) {
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

try {
  const [name, ...args] = process.argv.slice(2)
  const task = tasks[name]
  if (!task) throw new Error(`no such task: ${name}; one of ${Object.keys(tasks).join(', ')}`)
  process.chdir(root)
  await ensureInstalled()
  process.exitCode = await task(args)
} catch (err) {
  console.error(`Set-up failed: ${err.message}`)
  process.exitCode = 1
}
