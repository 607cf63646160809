import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export type Visitor = {
  page: Page
  /** What the browser complained about: script errors, refused resources, violations of the content policy. */
  complaints: string[]
  close(): Promise<void>
}

/** The pages that are open now. */
export const openPages = new Set<Page>()

/** Somebody at a browser of her own. */
export async function openVisitor(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'zh-CN',
    viewport: { width: 1440, height: 900 },
    // A drawer that is still coming in is paler than it will be, and axe would say so.
    reducedMotion: 'reduce',
    ...options,
  })
  const page = await context.newPage()
  openPages.add(page)
  page.on('close', () => openPages.delete(page))
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    const isAnswer = /Failed to load resource/.test(message.text())
    if (message.type() === 'error' && !isAnswer) complaints.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url()))
      complaints.push(`asked another origin: ${request.url()}`)
  })
  return { page, complaints, close: () => context.close() }
}

export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel(/^密码/).fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
}

type Axe = { run(options: { resultTypes: string[] }): Promise<{ violations: Violation[] }> }
type Violation = { id: string; nodes: { html: string; failureSummary?: string }[] }

/** What was opened is in place two frames later: nothing moves for a visitor who asked for stillness. */
async function stillness(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
}

/** What axe-core finds on the page as it is now. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  await stillness(page)
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource)
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe }
    return (await axe.run({ resultTypes: ['violations'] })).violations
  })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
  )
}

/** The page says what it is, and nothing on it is still being fetched. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const heading = document.querySelector('h1')?.textContent.trim()
    const isBusy = document.querySelector('[aria-busy="true"], .waiting') !== null
    return Boolean(heading) && !isBusy && !document.body.innerText.includes('正在加载')
  })
}

/** By how many pixels the page scrolls sideways. */
export async function widthBeyond(page: Page): Promise<number> {
  await stillness(page)
  return await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
}
