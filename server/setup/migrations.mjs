import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './install.mjs'
import { onNode24, tool } from './processes.mjs'

const migrations = join(root, 'migrations')

/** Writes the migration the tables ask for. */
export async function generateMigrations(args = []) {
  return (await generateInto(migrations, args, false)).code
}

/** Generates into a copy and wants no difference. */
export async function checkMigrations() {
  const copy = mkdtempSync(join(root, 'node_modules', '.migrations-'))
  try {
    if (existsSync(migrations)) cpSync(migrations, copy, { recursive: true })
    const before = filesOf(copy)
    const { code, output } = await generateInto(copy, ['--name', 'difference'], true)
    const added = filesOf(copy).filter((file) => !before.includes(file))
    if (code === 0 && added.length === 0 && !output.includes('Error')) return { code: 0, output }
    return { code: 1, output: `${output}\nTables and migrations differ: npm run db:generate\n` }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

function generateInto(directory, args, capture) {
  return onNode24([tool('drizzle-kit'), 'generate', ...args], {
    capture,
    cwd: join(root, 'server'),
    env: { MIGRATIONS_DIR: directory },
  })
}

function filesOf(directory) {
  return readdirSync(directory, { recursive: true }).map(String)
}
