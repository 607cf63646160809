import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { expectAccessible, expectFits, settled } from './visitor.ts'

const CHILD = '周小禾'

let demo: Demo

type Person = { id: string; name: string; hukou: { code: string } }

/** A young woman of the demo's township whose name nobody shares and who is paid nothing yet. */
async function mother(): Promise<Person> {
  const { items } = await demo.ask<{ items: Person[] }>(
    'demo-township-worker',
    '/persons?limit=100&sex=2&ageFrom=24&ageTo=34&status=ACTIVE&residenceStatus=1',
  )
  const fit = items.filter(
    ({ name, hukou }) =>
      hukou.code.startsWith('371121') && items.filter((other) => other.name === name).length === 1,
  )
  for (const person of fit) if (!(await hasAccount(person.id))) return person
  throw new Error('every young woman of the demo has an account already')
}

async function hasAccount(id: string): Promise<boolean> {
  return (await demo.respond('demo-township-worker', `/payees/${id}/account`)).ok
}

/** What the bank answers: every payment of the file is made. */
function returned(file: string): string {
  const [head = '', ...rows] = file.trim().split(/\r?\n/)
  const columns = head.split(',')
  const at = (row: string, name: string) => row.split(',')[columns.indexOf(name)]!
  const lines = rows
    .filter((row) => row.startsWith(at(rows[0]!, 'batch_no')))
    .map((row) =>
      [
        ...[at(row, 'batch_no'), at(row, 'seq'), at(row, 'account_no'), at(row, 'amount_fen')],
        ...['00', '', `R${at(row, 'seq')}`, '2026-11-20'],
      ].join(','),
    )
  return `${['batch_no,seq,account_no,amount_fen,code,message,bank_ref,value_date', ...lines].join('\n')}\n`
}

beforeAll(async () => {
  demo = await openDemo()
})
afterAll(() => demo.close())

describe('the childcare subsidy of a newborn', () => {
  let her: Person
  let childId: string
  let application: string

  test('begins with the birth', async () => {
    her = await mother()
    const { page } = await demo.visitorAs('demo-county-population')
    await page.goto('/births/new')
    await settled(page)
    await page.getByRole('combobox', { name: /^母亲(?!居)/ }).fill(her.name)
    await page.getByRole('option', { name: her.name }).click()
    await page.getByLabel(/^出生日期/).fill('2026-10-02')
    await page.keyboard.press('Enter')
    await page.getByLabel('男', { exact: true }).check()
    await page.getByLabel(/^孩子姓名/).fill(CHILD)
    await page.getByRole('button', { name: '预览' }).click()
    await page.getByRole('dialog', { name: '请核对变更' }).getByRole('button', { name: '确认提交' }).click()
    await page.getByRole('heading', { name: '已登记出生' }).waitFor()
    const { items } = await demo.ask<{ items: { child: Person | null }[] }>(
      'demo-county-population',
      '/births?from=2026-10-02&to=2026-10-02&limit=50',
    )
    childId = items.find(({ child }) => child?.name === CHILD)!.child!.id
  })

  test('is applied for at the counter, which says at once what is missing', async () => {
    const { page } = await demo.visitorAs('demo-township-worker')
    await page.goto(`/applications/new?programme=P04&subject=${childId}`)
    await settled(page)
    await page.getByRole('checkbox', { name: /身份证/ }).check()
    await expectAccessible(page)
    await page.getByRole('button', { name: '登记账户' }).click()
    const account = page.getByRole('dialog', { name: '登记账户' })
    await account.getByLabel(/^户名/).fill(her.name)
    await account.getByLabel(/^开户银行/).fill('农村商业银行')
    await account.getByLabel(/^账号/).fill('6217001234567890123')
    await account.getByRole('button', { name: '登记', exact: true }).click()
    await account.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: '提交申请' }).click()
    await page.waitForURL(/\/applications\/[0-9a-f-]{36}$/)
    await settled(page)
    application = new URL(page.url()).pathname
    await expectAccessible(page)
    await page.getByRole('button', { name: /^受理/ }).click()
    await page.getByText('已受理').first().waitFor()
  })

  test('is reviewed by another, and confirmed by the county', async () => {
    const { page: reviewer } = await demo.visitorAs('demo-township-reviewer')
    await reviewer.goto(application)
    await settled(reviewer)
    await reviewer.getByRole('button', { name: '核验通过' }).click()
    await reviewer.getByText('账户已核验').first().waitFor()
    await reviewer.getByRole('button', { name: /^通过/ }).click()
    await reviewer.getByText('已通过').first().waitFor()

    const { page: manager } = await demo.visitorAs('demo-county-manager')
    await manager.goto('/application-queue')
    await settled(manager)
    await expectAccessible(manager)
    await manager.goto(application)
    await settled(manager)
    await manager.getByRole('button', { name: /^通过/ }).click()
    await manager.getByText('享受中').first().waitFor()
  })

  test('is paid by two officers and the bank, and the batch closes', async () => {
    const { page: maker } = await demo.visitorAs('demo-county-subsidy')
    await maker.goto('/payment-batches')
    await settled(maker)
    await maker.getByRole('button', { name: '新建批次' }).click()
    const dialog = maker.getByRole('dialog', { name: '新建批次' })
    await dialog.getByLabel(/^项目/).selectOption('P04')
    await dialog.getByLabel(/^计划发放日/).fill('2026-12-10')
    await maker.keyboard.press('Enter')
    await dialog.getByRole('button', { name: '新建批次' }).click()
    await maker.waitForURL(/\/payment-batches\/[0-9a-f-]{36}/)
    await settled(maker)
    await expectAccessible(maker)
    const batch = new URL(maker.url()).pathname
    await maker.getByRole('button', { name: '锁定名册' }).click()
    await maker.getByRole('dialog').getByRole('button', { name: '锁定名册' }).click()
    await maker.getByText('等待财务审批').waitFor()

    const { page: checker } = await demo.visitorAs('demo-county-finance')
    await checker.goto(batch)
    await settled(checker)
    await checker.getByRole('button', { name: '审批通过' }).click()
    await checker.getByRole('dialog').getByRole('button', { name: '审批通过' }).click()
    await checker.getByRole('dialog').waitFor({ state: 'hidden' })

    await maker.reload()
    await settled(maker)
    await maker.getByRole('button', { name: '送银行' }).click()
    await maker.getByRole('dialog').getByRole('button', { name: '送银行' }).click()
    await maker.getByRole('dialog').waitFor({ state: 'hidden' })
    await expect
      .poll(
        async () => {
          await maker.goto(batch)
          await settled(maker)
          return await maker.getByRole('button', { name: '下载银行文件' }).count()
        },
        { timeout: 30_000, interval: 1000 },
      )
      .toBe(1)
    const [taken] = await Promise.all([
      maker.waitForEvent('download'),
      maker.getByRole('button', { name: '下载银行文件' }).click(),
    ])
    const answer = returned(await readFile(await taken.path(), 'utf8'))
    await maker.getByRole('tab', { name: '银行文件与回盘' }).click()
    await maker.getByLabel('上传回盘文件').setInputFiles({
      name: 'return.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(answer),
    })
    await maker.getByText('回盘已入账').waitFor()
    await expectAccessible(maker)

    await checker.reload()
    await settled(checker)
    await checker.getByRole('button', { name: '结清批次' }).click()
    await checker.getByText('批次已结清').waitFor()
  })

  test('stands on the child’s page with the reason', async () => {
    const { page: worker } = await demo.visitorAs('demo-township-worker')
    await worker.goto(`/persons/${childId}`)
    await settled(worker)
    await worker.getByRole('heading', { name: '享受的扶助' }).waitFor()
    await worker.getByRole('link', { name: '育儿补贴' }).click()
    await settled(worker)
    await worker.getByText('已发放').first().waitFor()
    await expectAccessible(worker)
    await worker.setViewportSize({ width: 390, height: 844 })
    await expectFits(worker)
    expect(demo.complaints()).toEqual([])
  })
})
