import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'

const server = resolve(import.meta.dirname, '../../server/src')

async function run(
  script: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<void> {
  await promisify(execFile)(process.execPath, [join(server, script), ...args], {
    env: { ...process.env, ...environment },
  })
}

type Account = { username: string; password: string; role: string; divisions: readonly string[] }

/** An account from the shell, at the installation whose data lies in the directory. */
export async function openAccount(
  directory: string,
  { username, password, role, divisions }: Account,
): Promise<void> {
  const account = ['--username', username, '--password', password, '--role', role]
  const areas = divisions.flatMap((division) => ['--division', division])
  await run('account.ts', [...account, ...areas], { DATA_DIR: join(directory, 'data') })
}

export type RegisterFiles = { divisions: string; persons: string; clean: string; expected: string }
type Wanted = { county: string; persons: number; seed: number; errors: number }

/** A county's real divisions and invented people, with spoilt rows and without. */
export async function writeRegister(
  directory: string,
  { county, persons, seed, errors }: Wanted,
): Promise<RegisterFiles> {
  const [spoilt, clean] = [join(directory, 'county'), join(directory, 'county-clean')]
  const wanted = ['--county', county, '--persons', String(persons), '--seed', String(seed)]
  await run('generator/main.ts', [...wanted, '--errors', String(errors), '--out', spoilt])
  await run('generator/main.ts', [...wanted, '--out', clean])
  return {
    divisions: join(spoilt, 'divisions.csv'),
    persons: join(spoilt, 'persons.csv'),
    clean: join(clean, 'persons.csv'),
    expected: join(spoilt, 'errors-expected.json'),
  }
}

export const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '')

/** The spoilt rows as they should have been, below their header, in the order in which they are sent back. */
export function correctedRows({ persons, clean, expected }: RegisterFiles): string[] {
  const right = linesOf(clean)
  if (linesOf(persons).length !== right.length) throw new Error('A spoilt row is missing or doubled')
  const faults = JSON.parse(readFileSync(expected, 'utf8')) as { row: number; outcome: string }[]
  const rejected = faults.filter(({ outcome }) => outcome === 'rejected')
  return [right[0] as string, ...rejected.map(({ row }) => right[row] as string)]
}

/** From the file to the page on which its import goes on. */
export async function sendFile(page: Page, path: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(path)
  await page.getByRole('button', { name: '下一步：确认选项' }).click()
  await page.getByRole('button', { name: '开始导入' }).click()
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/, { timeout: 120_000 })
}

export async function importFile(page: Page, path: string, patience = 60_000): Promise<void> {
  await sendFile(page, path)
  await page.getByText(/^导入完成/).waitFor({ timeout: patience })
}

/** The rows that were sent back, as a file beside the others. */
export async function fetchRejected(page: Page, path: string): Promise<string[]> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载退回的行' }).first().click()
  await (await download).saveAs(path)
  return linesOf(path)
}

/** Back to the wizard, which keeps what was chosen. */
export async function correctAgain(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: '修正后重新上传' })
    .or(page.getByRole('link', { name: '修正后重新上传' }))
    .first()
    .click()
}

/** From anywhere with the keyboard to the record of somebody of this name. */
export async function findByName(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: '搜索人员和页面' }).waitFor()
  await page.keyboard.type(name)
  await page
    .getByRole('option', { name: new RegExp(name) })
    .first()
    .waitFor()
}
