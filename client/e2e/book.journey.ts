import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemo, type Demo } from './demo.ts'
import { expectAccessible, expectFits, settled, type Visitor } from './visitor.ts'

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const

let demo: Demo
let county: Visitor

/** The last full month in the county, as the address bar writes it. */
const month = lastMonth()
const inWords = `${Number(month.slice(0, 4))}年${Number(month.slice(5))}月`

function lastMonth(): string {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
  const at = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 2
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
}

type Part = { division: { code: string; name: string }; figures: { closing: number } }
type Moved = { id: string; name: string; from: Part['division']; to: Part['division'] }

/** Somebody of the first township moves inside it on a day of the last full month, recorded only now. */
async function recordMove(township: string, day: string): Promise<Moved> {
  const clerk = 'demo-county-population'
  const book = `/population-book?division=${township}&month=${month}-01`
  const { parts } = await demo.ask<{ parts: Part[] }>(clerk, book)
  const [from, to] = parts.filter(({ figures }) => figures.closing > 0).map(({ division }) => division)
  if (!from || !to) throw new Error('a move needs two villages with people')
  const list = `/persons?division=${from.code}&residenceStatus=1&limit=100`
  const { items } = await demo.ask<{ items: { id: string }[] }>(clerk, list)
  for (const { id } of items) {
    const person = await demo.ask<{ name: string; version: number }>(clerk, `/persons/${id}`)
    const move = { divisionCode: to.code, from: `${month}-${day}`, status: '1' }
    const { ok } = await demo.respond(clerk, `/persons/${id}/residence-episodes`, move, {
      version: person.version,
    })
    if (ok) return { id, name: person.name, from, to }
  }
  throw new Error('nobody could be moved')
}

let township: string
let moved: Moved

beforeAll(async () => {
  demo = await openDemo()
  const worker = await demo.ask<{ division: { code: string } }>('demo-township-worker', '/me')
  township = worker.division.code
  moved = await recordMove(township, '12')
  county = await demo.visitorAs('demo-county-population')
})
afterAll(() => demo.close())

describe('the county home', () => {
  test('leads from last month’s moves to the records behind them, and from there to the person', async () => {
    const { page } = county
    await page.goto('/')
    await settled(page)
    await expectAccessible(page)
    await expectFits(page)

    const figure = page
      .locator('dl > div', { hasText: `${inWords}迁入` })
      .getByRole('link')
      .first()
    const count = Number((await figure.innerText()).replaceAll(',', ''))
    await figure.click()
    await page.waitForURL(/\/population-book\/postings\?.*kind=IN/)
    await settled(page)

    expect(count).toBeGreaterThan(0)
    await page.getByText(`增减合计 +${count}`).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: moved.name, exact: true }).first().click()
    await page.waitForURL(/\/persons\/[0-9a-f-]{36}/)
  })

  test('leads from the people of now to a list of as many', async () => {
    const { page } = county
    await page.goto('/')
    await settled(page)
    const figure = page.locator('dl > div.now').first().getByRole('link').first()
    const people = (await figure.innerText()).trim()

    await figure.click()
    await page.waitForURL(/\/persons\?/)
    await page.getByRole('button', { name: '统计人数' }).click()

    await page.getByText(`共 ${people} 人`, { exact: true }).waitFor()
  })

  test('keeps the choice of hukou in the address and takes it along into a township', async () => {
    const { page } = county
    await page.goto('/')
    await settled(page)
    await page.getByRole('button', { name: '户籍', exact: true }).click()
    await page.waitForURL(/population=hukou/)
    await page.getByText('户籍人口').first().waitFor()
    await page.reload()
    await settled(page)
    expect(await page.getByRole('button', { name: '户籍', exact: true }).getAttribute('aria-pressed')).toBe(
      'true',
    )

    const parts = page.getByRole('tabpanel')
    await page.mouse.wheel(0, 4000)
    await parts.waitFor()
    await parts.getByRole('link').first().click()

    await page.waitForURL(/division=371121\d{6}.*population=hukou|population=hukou.*division=371121\d{6}/)
    await settled(page)
    await expectAccessible(page)
  })
})

describe('a month of the book', () => {
  test('is refused to the county while villages are open, and says which parts are', async () => {
    const { page } = county
    await page.goto(`/population-book?month=${month}`)
    await settled(page)

    await page.getByText('下级单位还没有签认').waitFor()
    expect(await page.getByRole('button', { name: '县级月结' }).isDisabled()).toBe(true)
    await expectAccessible(page)
  })

  test('is confirmed by a village worker on her phone', async () => {
    const worker = await demo.visitorAs('demo-village-worker', phone)
    const { page } = worker
    await page.goto(`/population-book?month=${month}`)
    await settled(page)
    await expectFits(page)
    await page.getByRole('button', { name: '确认本村账簿' }).tap()
    const dialog = page.getByRole('dialog', { name: '确认本村账簿' })
    await expectAccessible(page)
    await dialog.getByRole('button', { name: '确认本村账簿' }).tap()

    await page.getByText(/^村级确认：演示/).waitFor()
    expect(worker.complaints).toEqual([])
    await worker.close()
  })

  test('is taken back by her with a reason, and confirmed again', async () => {
    const worker = await demo.visitorAs('demo-village-worker')
    const { page } = worker
    await page.goto(`/population-book?month=${month}`)
    await settled(page)
    await page.getByRole('button', { name: '撤回签认' }).click()
    const dialog = page.getByRole('dialog', { name: '撤回签认' })
    await dialog.getByLabel(/^理由/).fill('还有一户没有核对')
    await dialog.getByRole('button', { name: '撤回签认' }).click()
    await page.getByText(/还有一户没有核对/).waitFor()

    await page.getByRole('button', { name: '确认本村账簿' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '确认本村账簿' }).click()

    await page.getByText(/^村级确认：演示/).waitFor()
    await worker.close()
  })

  test('is signed by the township once all its villages are confirmed', async () => {
    const worker = await demo.visitorAs('demo-township-worker')
    const { page } = worker
    await page.goto(`/population-book?month=${month}`)
    await settled(page)
    await page.getByRole('button', { name: '村级全部确认' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '村级全部确认' }).click()
    await page.getByText(/已确认 \d+ 个村（居）/).waitFor()

    await page.getByRole('button', { name: '签认本乡镇账簿' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '签认本乡镇账簿' }).click()

    await page.getByText(/^乡镇签认：演示/).waitFor()
    expect(worker.complaints).toEqual([])
    await worker.close()
  })

  test('is closed by the county, in three steps from the bottom up', async () => {
    const { page } = county
    await page.goto(`/population-book?month=${month}`)
    await settled(page)
    for (const deed of ['村级全部确认', '乡镇全部签认', '县级月结']) {
      await page.getByRole('button', { name: deed }).click()
      await page.getByRole('dialog').getByRole('button', { name: deed }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await settled(page)
    }

    await page.getByText(/^县级月结：演示/).waitFor()
    await expectAccessible(page)
    await page.goto('/')
    await page.getByText(`账簿月结至 ${inWords}`).waitFor()
  })

  test('shows what is recorded late as an amendment, still closes, and can be seen as it was signed', async () => {
    const late = await recordMove(township, '20')
    const { page } = county
    await page.goto(`/population-book?month=${month}`)
    await settled(page)

    await page.getByRole('heading', { name: '签认后的更正' }).waitFor()
    const changed = page.getByRole('table', { name: '签认后的更正' })
    await changed.getByRole('row', { name: /^迁入/ }).waitFor()
    await page.getByText('账实相符').first().waitFor()
    await page.getByRole('button', { name: late.name, exact: true }).first().waitFor()
    await expectAccessible(page)
    const now = await page.locator('.equation').innerText()

    await page.getByRole('link', { name: '查看签认时的账簿' }).click()
    await page.getByText(/^这是截至/).waitFor()
    await settled(page)
    expect(await page.locator('.equation').innerText()).not.toBe(now)
    await expectAccessible(page)
  })

  test('needs no script error, no foreign request and no breach of the content policy on the way', () => {
    expect(county.complaints).toEqual([])
  })
})
