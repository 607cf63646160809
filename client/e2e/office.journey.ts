import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { expectFits, openVisitor, settled, signIn, type Visitor } from './visitor.ts'

const generator = resolve(import.meta.dirname, '../../server/src/generator/main.ts')

let demo: Demo
let officer: Visitor

type Listed = { id: string; name: string }

/** People whom this account finds by the API, in the order of its list. */
async function peopleFor(username: string, query = ''): Promise<Listed[]> {
  const path = `/persons?limit=100${query}`
  return (await demo.ask<{ items: Listed[] }>(username, path)).items
}

function initialsOf(name: string): string {
  const read = createRequire(resolve(import.meta.dirname, '../../server/package.json'))
  const readings = read('pinyin-pro') as { pinyin(text: string, options: object): string }
  return readings.pinyin(name, { pattern: 'first', toneType: 'none', surname: 'head' }).replaceAll(' ', '')
}

async function countPeople(): Promise<string> {
  const { page } = officer
  await page.goto('/persons')
  await page.getByRole('button', { name: '统计人数' }).click()
  return page.getByText(/^共 [\d,]+ 人$/).innerText()
}

beforeAll(async () => {
  demo = await openDemo()
  officer = await demo.visitorAs('demo-county-population')
})
afterAll(() => demo.close())

describe('a new colleague', () => {
  test('gets an account, changes its first password, works, and is signed out when her sessions are ended', async () => {
    const administrator = await demo.visitorAs('demo-sys-admin')
    const { page: desk } = administrator
    await desk.goto('/users/new')
    await desk.getByLabel(/^姓名/).fill('周敏')
    await desk.getByLabel(/^用户名/).fill('zhou.min')
    await desk.getByLabel(/^岗位/).selectOption('county_population')
    await desk.getByLabel(/^负责区域/).click()
    await desk.getByLabel(/^负责区域/).fill('五莲县')
    await desk.getByRole('treeitem', { name: /五莲县/ }).click()
    await desk.getByRole('button', { name: '新建账号' }).click()
    const secret = desk.getByRole('dialog')
    const first = (await secret.locator('code').innerText()).trim()
    await secret.getByLabel('我已经保存好了').check()
    await secret.getByRole('button', { name: '关闭' }).last().click()
    await desk.getByText('未改初始密码').first().waitFor()
    expect(await desk.locator('body').innerText()).not.toContain(first)

    const colleague = await openVisitor(demo.browser, demo.url)
    const { page } = colleague
    await signIn(page, 'zhou.min', first)
    await page.getByRole('heading', { name: '请先修改初始密码' }).waitFor()
    await page.goto('/persons')
    await page.getByRole('heading', { name: '请先修改初始密码' }).waitFor()
    await page.getByLabel(/^当前密码/).fill(first)
    await page.getByLabel(/^新密码/).fill('orchard window thimble')
    await page.getByLabel(/^再次输入新密码/).fill('orchard window thimble')
    await page.getByRole('button', { name: '修改密码' }).click()
    await page.getByRole('heading', { name: '人员', exact: true }).waitFor()
    await settled(page)
    expect(await page.getByRole('row').count()).toBeGreaterThan(10)

    await desk.reload()
    await desk.getByRole('button', { name: '退出所有登录' }).click()
    await desk.getByRole('dialog').getByRole('button', { name: '退出所有登录' }).click()
    await desk.getByText('已退出所有登录').waitFor()
    await page.getByRole('link', { name: '家庭户' }).first().click()
    await page.waitForURL(/\/sign-in/)

    expect([...administrator.complaints, ...colleague.complaints]).toEqual([])
    await administrator.close()
    await colleague.close()
  })
})

describe('a village worker with a phone', () => {
  test('finds a person of her village by initials, corrects her address after a preview, and finds nobody else', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
    const worker = await demo.visitorAs('demo-village-worker', phone)
    const { page } = worker
    await page.goto('/persons')
    await settled(page)
    const own = await peopleFor('demo-village-worker', '&residenceStatus=1')
    const { id, name } = own[0]!
    await page.getByLabel('查找人员', { exact: false }).first().fill(initialsOf(name))
    await page.getByRole('button', { name: '查询', exact: true }).tap()
    await page.waitForURL(/q=/)
    await settled(page)
    await page.getByText(name, { exact: true }).first().tap()
    await page.waitForURL(/\/persons\/[0-9a-f-]{36}/)
    await page.goto(`/persons/${id}`)
    await settled(page)

    await page.getByRole('button', { name: '更正', exact: true }).tap()
    await page.getByLabel(/^更正哪一项/).selectOption('address')
    await page.getByLabel(/^住址/).fill('幸福路 18 号')
    await page.getByLabel(/^理由/).fill('入户走访核对门牌')
    await page.getByRole('button', { name: '预览变更' }).tap()
    const preview = page.getByRole('dialog', { name: '请核对变更' })
    await preview.getByText('幸福路 18 号').waitFor()
    await expectFits(page)
    await preview.getByRole('button', { name: '确认提交' }).tap()

    await page.getByText('理由：入户走访核对门牌').waitFor()
    await page.reload()
    await page.getByText('理由：入户走访核对门牌').waitFor()
    await page.getByText('幸福路 18 号').first().waitFor()

    const inCounty = await peopleFor('demo-county-population', '&division=371121102206')
    const elsewhere = inCounty.find((person) => !own.some((other) => other.name === person.name))!
    await page.goto(`/persons?q=${encodeURIComponent(elsewhere.name)}`)
    await settled(page)
    expect(await page.getByRole('main').getByText(elsewhere.name, { exact: true }).count()).toBe(0)
    await page.goto(`/persons/${elsewhere.id}`)
    await page.getByText('打不开这条记录').waitFor()
    expect(worker.complaints).toEqual([])
    await worker.close()
  })
})

describe('an export of more than 500 rows', () => {
  test('waits for the manager, and is then downloaded masked', async () => {
    const { page } = officer
    await page.goto('/persons')
    await page.getByRole('button', { name: '导出' }).click()
    const wish = page.getByRole('dialog')
    await wish.getByLabel(/^使用目的/).selectOption('REGISTER')
    await wish.getByLabel(/^用途说明/).fill('核对全县花名册')
    await wish.getByLabel(/^CSV/).check()
    await wish.getByRole('button', { name: '生成文件' }).click()
    await wish.getByText(/申请已提交/).waitFor()

    const manager = await demo.visitorAs('demo-county-manager')
    await manager.page.goto('/exports')
    await manager.page.getByText('核对全县花名册').first().click()
    await manager.page.waitForURL(/\/exports\/[0-9a-f-]{36}/)
    await manager.page.getByLabel('同意', { exact: true }).check()
    await manager.page.getByLabel(/^审批意见/).fill('同意，用毕删除')
    await manager.page.getByRole('button', { name: '提交审批' }).click()
    await manager.page.getByText('已批准').first().waitFor()
    const address = manager.page.url()
    await manager.close()

    await page.goto(address)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '下载文件' }).click()
    const path = join(demo.directory, 'export.csv')
    await (await download).saveAs(path)

    const text = readFileSync(path, 'utf8')
    expect(text.split('\n').length).toBeGreaterThan(500)
    expect(text).toMatch(/99\d{4}\*{8}/)
    expect(text).not.toMatch(/99\d{15}[\dX]/)
  })
})

describe('a change of a division', () => {
  test('is tried first, and the new name is then everywhere', async () => {
    const { page } = officer
    await page.goto('/divisions/changes/new?from=371121001011')
    await page.getByLabel(/^新名称/).fill('小西岭社区居民委员会')
    await page.getByLabel(/^依据文件/).fill('莲政字〔2026〕9 号')
    await page.getByRole('button', { name: '试算：看会变动什么' }).click()
    const trial = page.getByRole('dialog', { name: '试算结果' })
    await trial.getByText('小西岭社区居民委员会').waitFor()
    await trial.getByRole('button', { name: '确认变更' }).click()

    await page.waitForURL(/\/divisions\/changes$/)
    await page.getByText('莲政字〔2026〕9 号').first().waitFor()
    await page.goto('/persons?division=371121001011')
    await page.getByText('小西岭社区居民委员会').first().waitFor()
  })
})

describe('how the pages look and speak', () => {
  test('English and back; dark and large stay over a reload', async () => {
    const { page } = officer
    await page.goto('/persons')
    await page.getByRole('button', { name: '显示设置' }).click()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'People', exact: true }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await page.getByRole('button', { name: '中文' }).click()
    await page.getByRole('heading', { name: '人员', exact: true }).waitFor()
    await page.getByRole('button', { name: '深色' }).click()
    await page.getByRole('button', { name: '大字' }).click()

    await page.reload()
    await settled(page)

    const root = page.locator('html')
    expect(await root.getAttribute('data-theme')).toBe('dark')
    expect(await root.getAttribute('data-type')).toBe('large')
    await page.getByRole('button', { name: '显示设置' }).click()
    await page.getByRole('button', { name: '浅色' }).click()
    await page.getByRole('button', { name: '标准' }).click()
  })
})

describe('work that was left half done', () => {
  test('an import that is stopped leaves the register as it was', async () => {
    const { page } = officer
    const before = await countPeople()
    const files = join(demo.directory, 'large')
    execFileSync(
      process.execPath,
      [generator, '--county', '371121', '--persons', '60000', '--seed', '77', '--out', files],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    )

    await page.goto('/imports/new?kind=persons')
    await page.locator('input[type=file]').setInputFiles(join(files, 'persons.csv'))
    await page.getByRole('button', { name: '下一步：确认选项' }).click()
    await page.getByRole('button', { name: '开始导入' }).click()
    await page.waitForURL(/\/imports\/[0-9a-f-]{36}/)
    await page.getByText(/已读 [1-9]/).waitFor()
    await page.getByRole('button', { name: '停止' }).click()

    await page.getByText('导入已停止，没有改动任何数据').waitFor()
    expect(await countPeople()).toBe(before)
  })

  test('a person not yet registered survives a reload, her identity number does not', async () => {
    const { page } = officer
    await page.goto('/persons/new')
    await page.getByLabel(/^姓名/).fill('田雨桐')
    await page.getByLabel(/^证件号码/).fill('990101199003070017')
    await page.waitForFunction(() => Object.keys(sessionStorage).some((key) => key.endsWith('person-new')))
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain(
      '田雨桐',
    )

    await page.reload()

    await page.getByText('已恢复上次没有提交的内容').waitFor()
    expect(await page.getByLabel(/^姓名/).inputValue()).toBe('田雨桐')
    expect(await page.getByLabel(/^证件号码/).inputValue()).toBe('')
    expect(officer.complaints).toEqual([])
  })
})
