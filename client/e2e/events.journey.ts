import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { choosePerson, tabTo, typeDate } from './keyboard.ts'
import { expectAccessible, expectFits, settled, type Visitor } from './visitor.ts'

let demo: Demo
let officer: Visitor

type Listed = { id: string; name: string }

async function peopleFor(username: string, query: string): Promise<Listed[]> {
  return (await demo.ask<{ items: Listed[] }>(username, `/persons?limit=50${query}`)).items
}

/** Women of the county about thirty whose names nobody shares. */
async function mothers(username: string): Promise<Listed[]> {
  const women = await peopleFor(username, '&sex=2&ageFrom=24&ageTo=34&status=ACTIVE&residenceStatus=1')
  return women.filter(({ name }) => women.filter((other) => other.name === name).length === 1)
}

/** A month before the present one in the county, as the address bar writes it. */
function monthsAgo(count: number): string {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
  const at = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 - count
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
}

beforeAll(async () => {
  demo = await openDemo()
  officer = await demo.visitorAs('demo-county-population')
})
afterAll(() => demo.close())

describe('a birth', () => {
  const child = '周小满'
  let mother: Listed

  test('is recorded with the keyboard alone, after a look at what it does', async () => {
    const { page } = officer
    mother = (await mothers('demo-county-population'))[0]!
    await page.goto('/births/new')
    await settled(page)

    await tabTo(page, /^母亲/)
    await choosePerson(page, mother.name)
    await tabTo(page, /^出生日期/)
    await typeDate(page, '2026-10-02')
    await tabTo(page, /^出生性别/)
    await page.keyboard.press('ArrowRight')
    await tabTo(page, /^孩子姓名/)
    await page.keyboard.type(child)
    await page.keyboard.press('Enter')

    const preview = page.getByRole('dialog', { name: '请核对变更' })
    await preview.getByText('对人口账的影响').waitFor()
    await preview.getByText('出生', { exact: true }).first().waitFor()
    await expectAccessible(page)
    await tabTo(page, /^确认提交$/)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '已登记出生' }).waitFor()
    await expectAccessible(page)
  })

  test('stands in the list and on the mother’s page', async () => {
    const { page } = officer
    await page.getByRole('link', { name: '在列表中查看' }).click()
    const detail = page.getByRole('dialog', { name: '出生登记' })
    await detail.getByText(child).first().waitFor()
    await detail.getByRole('button', { name: '关闭' }).first().click()
    await page.getByRole('row').filter({ hasText: child }).first().waitFor()

    await page.goto(`/persons/${mother.id}`)
    await settled(page)
    await page.getByText(`生育：${child}`).first().waitFor()
    await expectAccessible(page)
  })

  test('is corrected with a reason, and voided', async () => {
    const { page } = officer
    await page.goto('/events')
    await settled(page)
    await page.getByRole('row').filter({ hasText: child }).getByRole('button').first().click()
    const detail = page.getByRole('dialog', { name: '出生登记' })
    await detail.getByRole('button', { name: '更正' }).click()
    const drawer = page.getByRole('dialog', { name: '更正登记' })
    await drawer.getByLabel(/^出生日期/).click()
    await typeDate(page, '2026-09-28')
    await drawer.getByLabel(/^更正理由/).fill('与出生医学证明核对')
    await drawer.getByRole('button', { name: '预览' }).click()
    const preview = page.getByRole('dialog', { name: '请核对变更' })
    await preview.getByText('2026-09', { exact: true }).first().waitFor()
    await preview.getByRole('button', { name: '确认提交' }).click()
    await page.getByRole('button', { name: '查看更正前' }).waitFor()
    await page.getByText('2026-09-28').first().waitFor()

    await page.getByRole('button', { name: '撤销' }).click()
    const why = page.getByRole('dialog', { name: '撤销这条登记' })
    await why.getByLabel(/^理由/).fill('重复登记')
    await why.getByLabel(/^同时注销/).check()
    await why.getByRole('button', { name: '预览变更' }).click()
    await page.getByRole('dialog', { name: '请核对变更' }).getByRole('button', { name: '确认提交' }).click()
    await page.getByRole('dialog', { name: '出生登记' }).waitFor({ state: 'detached' })

    await page.goto(`/persons/${mother.id}`)
    await settled(page)
    await page.getByText('撤销理由：重复登记').waitFor()
  })
})

describe('a birth of three months ago', () => {
  const month = monthsAgo(3)

  test('changes its own month, though that is closed, as an amendment, and the book still closes', async () => {
    const { page } = officer
    const clerk = 'demo-county-population'
    const { division } = await demo.ask<{ division: { code: string } }>(clerk, '/me')
    const closing = { division: division.code, month: `${month}-01`, whole: true }
    const { left } = await demo.ask<{ left: unknown[] }>(clerk, '/population-book/signatures/below', closing)
    expect(left).toEqual([])

    await page.goto('/births/new')
    await settled(page)
    await tabTo(page, /^母亲/)
    await choosePerson(page, (await mothers(clerk))[1]!.name)
    await tabTo(page, /^出生日期/)
    await typeDate(page, `${month}-15`)
    await tabTo(page, /^出生性别/)
    await page.keyboard.press('ArrowRight')
    await tabTo(page, /^孩子姓名/)
    await page.keyboard.type('周晚秋')
    await page.keyboard.press('Enter')
    const preview = page.getByRole('dialog', { name: '请核对变更' })
    await preview.getByText('已结账月份 → 更正').first().waitFor()
    await preview.getByRole('button', { name: '确认提交' }).click()
    await page.getByRole('heading', { name: '已登记出生' }).waitFor()

    await page.goto(`/population-book?month=${month}`)
    await settled(page)
    const amended = page.getByRole('table', { name: '签认后的更正' })
    await amended.getByRole('row', { name: /^出生/ }).waitFor()
    await page.getByText('账实相符').first().waitFor()
    await page.getByRole('button', { name: '周晚秋', exact: true }).first().waitFor()
    await expectAccessible(page)
  })
})

describe('a death', () => {
  test('is recorded from the page of the person', async () => {
    const { page } = officer
    const [old] = await peopleFor('demo-county-population', '&ageFrom=80&status=ACTIVE&residenceStatus=1')
    await page.goto(`/persons/${old!.id}`)
    await settled(page)
    await page.getByRole('button', { name: '记录事件' }).click()
    await page.getByRole('link', { name: '登记死亡' }).click()
    await page.getByRole('heading', { name: '登记死亡' }).waitFor()
    await page.getByRole('button', { name: '预览', exact: true }).click()
    const preview = page.getByRole('dialog', { name: '请核对变更' })
    await preview.getByText('对人口账的影响').waitFor()
    await preview.getByRole('button', { name: '确认提交' }).click()

    await page.getByRole('heading', { name: '已登记死亡' }).waitFor()
    await page.getByRole('link', { name: new RegExp(`查看人员${old!.name}`) }).click()
    await page.getByText('死亡', { exact: true }).first().waitFor()
    expect(officer.complaints).toEqual([])
  })
})

describe('a village worker', () => {
  test('files a birth registration, which stands at once and offers services', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
    const worker = await demo.visitorAs('demo-village-worker', phone)
    const { page } = worker
    const [woman] = await mothers('demo-village-worker')
    await page.goto(`/birth-registrations/new?person=${woman!.id}`)
    await settled(page)
    await expectFits(page)
    await page.getByLabel(/^登记事项/).selectOption('PREGNANT')
    await page.getByLabel(/^预产期/).click()
    await typeDate(page, '2027-04-20')
    await page.getByLabel(/^本人授权方式/).fill('当面口头委托')
    await page.getByLabel(/^授权日期/).click()
    await typeDate(page, '2026-11-01')
    await page.getByRole('button', { name: '提交登记' }).tap()

    await page.getByRole('heading', { name: '已登记' }).waitFor()
    await page.getByText(/^登记编号/).waitFor()
    await page.getByText('可以享受的服务').waitFor()
    await expectFits(page)
    await expectAccessible(page)
    expect(worker.complaints).toEqual([])
    await worker.close()
  })
})
