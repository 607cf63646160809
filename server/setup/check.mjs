import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { root } from './install.mjs'
import { checkMigrations } from './migrations.mjs'
import { onNode24, tool } from './processes.mjs'
import { buildSite } from './site.mjs'

const results = join(root, 'node_modules', '.cache', 'youyu', 'results')
const capture = { capture: true }
const projects = [
  ['client', 'vue-tsc', 'client/tsconfig.json'],
  ['server', 'tsc', 'server/tsconfig.json'],
  ['shared', 'tsc', 'shared/tsconfig.json'],
  ['journeys', 'tsc', 'client/tsconfig.node.json'],
]

export const typeChecks = projects.map(([name, compiler, config]) => ({
  name: `types ${name}`,
  run: () => onNode24([tool(compiler), '-p', config, '--noEmit'], capture),
}))

const lint = (...args) => onNode24([tool('eslint'), ...args, '--max-warnings', '0'], capture)

/** The longest first, and lint in two: a core that is done waits for the other. */
const staticChecks = [
  { name: 'lint all but pages', run: () => lint('.', '--ignore-pattern', 'client') },
  { name: 'lint pages', run: () => lint('client') },
  { name: 'format', run: () => onNode24([tool('prettier'), '--check', '--log-level', 'warn', '.'], capture) },
  ...typeChecks,
  { name: 'architecture', run: () => onNode24(architecture(), capture) },
  { name: 'unused', run: () => onNode24([tool('knip'), '--no-progress'], capture) },
  { name: 'migrations', run: checkMigrations },
]

function architecture() {
  return [tool('depcruise'), '--config', '.dependency-cruiser.cjs', 'shared/src', 'server/src', 'client/src']
}

/** Tests of what takes its time leave a core idle: a database that is gone, a server that drains, a page that loads. */
const thirdWorker = ['--maxWorkers=3']

/** Everything a change must pass; ends with the line the CI reads. */
export async function checkAll() {
  const failedChecks = await runChecks(staticChecks)
  const unit = await runTests('unit', ['shared', 'server', 'client'], thirdWorker)
  const journeys = await runJourneys(thirdWorker)
  const passed = unit.passed + journeys.passed
  const failed = unit.failed + journeys.failed + failedChecks.length
  for (const name of failedChecks) console.log(`FAILED ${name}`)
  if (unit.failed) console.log(`FAILED ${unit.failed} unit tests`)
  if (journeys.failed) console.log(`FAILED ${journeys.failed} journeys`)
  for (const failure of [...unit.failures, ...journeys.failures]) console.log(failure)
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

/** Two at a time, for two cores; the output of a check is shown only when it fails. */
export async function runChecks(checks) {
  const waiting = [...checks]
  const failed = []
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const started = Date.now()
      const { code, output } = await check.run()
      const seconds = ((Date.now() - started) / 1000).toFixed(1)
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.name} (${seconds} s)`)
      if (code === 0) continue
      console.log(output)
      failed.push(check.name)
    }
  }
  await Promise.all([work(), work()])
  return failed
}

export async function runJourneys(args = []) {
  await buildSite()
  return runTests('journeys', ['journeys'], args)
}

/** A file that does not load, a test left out and a runner that crashed all count as failures. */
export async function runTests(name, vitestProjects, args = []) {
  const report = join(results, `${name}.json`)
  mkdirSync(results, { recursive: true })
  rmSync(report, { force: true })
  const flags = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const chosen = vitestProjects.flatMap((project) => ['--project', project])
  const { code } = await onNode24([tool('vitest'), 'run', ...chosen, ...flags, ...args], {
    env: { NODE_ENV: 'test' },
  })
  const { passed, failed, failures } = countsOf(report)
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, failures }
}

function countsOf(report) {
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'))
    const unloaded = result.testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.length,
    )
    const left = result.numPendingTests + result.numTodoTests
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + unloaded.length + left,
      failures: result.testResults.flatMap(failuresOf),
    }
  } catch {
    return { passed: 0, failed: 1, failures: [] }
  }
}

/** Said once more at the very end, in short: of a long log people keep the end. */
function failuresOf({ name, status, message, assertionResults }) {
  const file = relative(root, name)
  const said = (text) =>
    stripVTControlCharacters(text ?? '')
      .split('\n')
      .filter((line) => !/^ +at .*(node_modules|new Promise)/.test(line))
      .join('\n')
      .slice(0, 600)
  const failed = assertionResults.filter((test) => test.status === 'failed')
  if (failed.length === 0) return status === 'failed' ? [`  ${file}: ${said(message)}`] : []
  return failed.map((test) => `  ${file} > ${test.fullName}: ${said(test.failureMessages[0])}`)
}
