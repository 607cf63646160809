import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { openInstallation, type Installation } from './installation.ts'
import { expectAccessible, expectFits, openVisitor, signIn, type Visitor } from './visitor.ts'

const server = resolve(import.meta.dirname, '../../server/src')
const PASSWORD = 'harbour lantern bicycle'

let installation: Installation
let browser: Browser
let officer: Visitor
let files: string

function run(script: string, args: readonly string[], environment: Record<string, string> = {}): void {
  execFileSync(process.execPath, [join(server, script), ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

beforeAll(async () => {
  installation = await openInstallation({ DEMO: 'off', ADMIN_PASSWORD: 'the first administrator' })
  run(
    'account.ts',
    ['--username', 'li.na', '--password', PASSWORD, '--role', 'county_population', '--division', '371121'],
    {
      DATA_DIR: join(installation.directory, 'data'),
    },
  )
  files = join(installation.directory, 'county')
  run('generator/main.ts', [
    '--county',
    '371121',
    '--persons',
    '1500',
    '--seed',
    '7',
    '--errors',
    '0.03',
    '--out',
    files,
  ])
  run('generator/main.ts', [
    '--county',
    '371121',
    '--persons',
    '1500',
    '--seed',
    '7',
    '--out',
    `${files}-clean`,
  ])
  browser = await openBrowser()
  officer = await openVisitor(browser, installation.url)
})
afterAll(async () => {
  await browser.close()
  await installation.stop()
})

const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '')

async function importFile(path: string): Promise<void> {
  const { page } = officer
  await page.locator('input[type=file]').setInputFiles(path)
  await page.getByRole('button', { name: '下一步：确认选项' }).click()
  await page.getByRole('button', { name: '开始导入' }).click()
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/)
  await page.getByText(/^导入完成/).waitFor({ timeout: 60_000 })
}

describe('the first administrator', () => {
  test('opens an account in a county whose divisions nobody has loaded yet', async () => {
    const administrator = await openVisitor(browser, installation.url)
    const { page } = administrator
    await signIn(page, 'admin', 'the first administrator')
    await page.goto('/users/new')
    await page.getByLabel(/^姓名/).fill('高洁')
    await page.getByLabel(/^用户名/).fill('gao.jie')
    await page.getByLabel(/^岗位/).selectOption('county_manager')
    await page.getByText('还没有导入行政区划').waitFor()
    await page.getByLabel(/^负责区域/).fill('371121')
    await expectAccessible(page)

    await page.getByRole('button', { name: '新建账号' }).click()

    await page.getByRole('dialog', { name: '高洁的账号已建好' }).waitFor()
    expect(administrator.complaints).toEqual([])
    await administrator.close()
  })
})

describe('a population officer', () => {
  test('signs in and is told where to begin', async () => {
    const { page } = officer

    await signIn(page, 'li.na', PASSWORD)

    await page.getByText('导入行政区划').waitFor()
    await expectAccessible(page)
  })

  test('loads the divisions of her county', async () => {
    const { page } = officer
    await page.goto('/imports/new?kind=divisions')

    await importFile(join(files, 'divisions.csv'))

    await page.getByText(/行全部通过/).waitFor()
    await page.goto('/divisions')
    await page
      .getByRole('treeitem', { name: /五莲县/ })
      .first()
      .waitFor()
    await expectAccessible(page)
  })

  test('loads the people, sees every step accessible, and is told which rows were sent back', async () => {
    const { page } = officer
    await page.goto('/imports/new?kind=persons')
    await expectAccessible(page)
    await page.locator('input[type=file]').setInputFiles(join(files, 'persons.csv'))
    await page.getByRole('button', { name: '下一步：确认选项' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: '下一步：确认选项' }).click()
    await page.getByRole('button', { name: '开始导入' }).waitFor()
    await expectAccessible(page)

    await page.getByRole('button', { name: '开始导入' }).click()
    await page.waitForURL(/\/imports\/[0-9a-f-]{36}/)
    await page.reload()
    await page.getByText(/^导入完成：.*行退回/).waitFor({ timeout: 60_000 })

    await page.getByText('退回原因').first().waitFor()
    await expectAccessible(page)
  })

  test('corrects the rows that were sent back and loads them again', async () => {
    const { page } = officer
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '下载退回的行' }).first().click()
    const rejected = join(installation.directory, 'rejected.csv')
    await (await download).saveAs(rejected)
    const [header, ...rows] = linesOf(rejected)
    const corrected = correctedRows(rows.length)
    writeFileSync(
      join(installation.directory, 'corrected.csv'),
      [linesOf(join(`${files}-clean`, 'persons.csv'))[0], ...corrected].join('\r\n'),
    )

    await page
      .getByRole('button', { name: '修正后重新上传' })
      .or(page.getByRole('link', { name: '修正后重新上传' }))
      .first()
      .click()
    await importFile(join(installation.directory, 'corrected.csv'))

    expect(header).toContain('name')
    expect(corrected.length).toBe(rows.length)
    await page.getByText(`导入完成：${corrected.length} 行全部通过`).waitFor()
  })

  test('finds a person from anywhere with the keyboard, and opens her record', async () => {
    const { page } = officer
    const [name = ''] = (linesOf(join(`${files}-clean`, 'persons.csv'))[1] ?? '').split(',')
    await page.goto('/')
    await page.getByText('常住人口').first().waitFor()

    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: '搜索人员和页面' }).waitFor()
    await page.keyboard.type(name)
    await page
      .getByRole('option', { name: new RegExp(name) })
      .first()
      .waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Enter')

    await page.waitForURL(/\/persons\/[0-9a-f-]{36}/)
    await page
      .getByRole('heading', { name: new RegExp(name) })
      .first()
      .waitFor()
    await expectAccessible(page)
  })

  test('sees the whole number only after saying why, and that is on record', async () => {
    const { page } = officer
    const masked = page.getByText(/^99\d{4}\*{8}\d{3}[\dX]$/).first()
    await masked.waitFor()

    await page.getByRole('button', { name: '更多操作' }).click()
    await page.getByRole('button', { name: '查看完整信息' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(/^用途/).selectOption('REGISTER')
    await dialog.getByLabel(/^事由/).fill('核对落户材料')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: '查看', exact: true }).click()

    await page
      .getByText(/^99\d{15}[\dX]$/)
      .first()
      .waitFor()
    await page.reload()
    await masked.waitFor()
    await page.getByText('核对落户材料').first().waitFor()
  })

  test('finds no script error, no foreign request and no breach of the content policy on her way', async () => {
    await expectFits(officer.page)

    expect(officer.complaints).toEqual([])
  })
})

/** The rows as they should have been: what the generator writes without defects, in the order they were sent back. */
function correctedRows(count: number): string[] {
  const spoilt = linesOf(join(files, 'persons.csv'))
  const clean = linesOf(join(`${files}-clean`, 'persons.csv'))
  const expected = JSON.parse(readFileSync(join(files, 'errors-expected.json'), 'utf8')) as {
    row: number
    outcome: string
  }[]
  const rows = expected.filter(({ outcome }) => outcome === 'rejected').map(({ row }) => row)
  expect(spoilt.length).toBe(clean.length)
  return rows.slice(0, count).map((row) => clean[row] as string)
}
