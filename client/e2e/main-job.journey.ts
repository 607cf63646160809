import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
import {
  correctAgain,
  correctedRows,
  fetchRejected,
  findByName,
  importFile,
  linesOf,
  openAccount,
  writeRegister,
  type RegisterFiles,
} from './county-register.ts'
import { openInstallation, type Installation } from './installation.ts'
import { expectAccessible, expectFits, openVisitor, settled, signIn, type Visitor } from './visitor.ts'

const PASSWORD = 'harbour lantern bicycle'

let installation: Installation
let browser: Browser
let officer: Visitor
let files: RegisterFiles

beforeAll(async () => {
  installation = await openInstallation({ DEMO: 'off', ADMIN_PASSWORD: 'the first administrator' })
  const account = { role: 'county_population', divisions: ['371121'] }
  await openAccount(installation.directory, { username: 'li.na', password: PASSWORD, ...account })
  const wanted = { county: '371121', persons: 1500, seed: 7, errors: 0.03 }
  files = await writeRegister(installation.directory, wanted)
  browser = await openBrowser()
  officer = await openVisitor(browser, installation.url)
})
afterAll(async () => {
  await browser.close()
  await installation.stop()
})

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

    await importFile(page, files.divisions)

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
    await page.locator('input[type=file]').setInputFiles(files.persons)
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
    const [header, ...rejected] = await fetchRejected(page, join(installation.directory, 'rejected.csv'))
    const corrected = correctedRows(files)
    writeFileSync(join(installation.directory, 'corrected.csv'), corrected.join('\r\n'))

    await correctAgain(page)
    await importFile(page, join(installation.directory, 'corrected.csv'))

    expect(header).toContain('name')
    expect(corrected.length - 1).toBe(rejected.length)
    await page.getByText(`导入完成：${rejected.length} 行全部通过`).waitFor()
  })

  test('finds a person from anywhere with the keyboard, and opens her record', async () => {
    const { page } = officer
    const [name = ''] = (linesOf(files.clean)[1] ?? '').split(',')
    await page.goto('/')
    await page.getByText('常住人口').first().waitFor()

    await findByName(page, name)
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

describe('a colleague of two counties', () => {
  test('is told in which one she works, and sees of the other nothing until she goes there', async () => {
    const { directory, url } = installation
    const account = { role: 'county_population', divisions: ['371121', '370321'] }
    await openAccount(directory, { username: 'wang.fang', password: PASSWORD, ...account })
    const colleague = await openVisitor(browser, url)
    const { page } = colleague
    await signIn(page, 'wang.fang', PASSWORD)
    const own = page.getByRole('button', { name: '我的账号' })
    const record = officer.page.url()
    await own.getByText('五莲县').waitFor()
    await page.goto(record)
    await settled(page)
    expect(await page.getByText('打不开这条记录').count()).toBe(0)
    const second = await page.context().newPage()
    await second.goto('/persons')
    await second.getByText('数据范围：五莲县').waitFor()

    await own.click()
    await expectAccessible(page)
    await page.getByRole('button', { name: '370321000000' }).click()

    await own.getByText('370321000000').waitFor()
    await second.getByText('数据范围：370321000000').waitFor()
    await page.goto(record)
    await page.getByText('打不开这条记录').waitFor()
    await own.click()
    await page.getByRole('button', { name: '五莲县' }).click()
    await own.getByText('五莲县').waitFor()
    await page.goto(record)
    await settled(page)
    expect(await page.getByText('打不开这条记录').count()).toBe(0)
    expect(colleague.complaints).toEqual([])
    await colleague.close()
  })
})
