import { mkdtempSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterEach, expect } from 'vitest'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export type Visitor = {
  page: Page
  /** What the browser complained about: script errors, refused resources, violations of the content policy. */
  complaints: string[]
  close(): Promise<void>
}

const open = new Set<Page>()

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  const folder = mkdtempSync(join(tmpdir(), 'youyu-journey-failed-'))
  for (const [index, page] of [...open].entries()) {
    const path = join(folder, `${index + 1}.png`)
    const isKept = await page.screenshot({ path }).then(
      () => true,
      () => false,
    )
    if (isKept) console.error(`${task.name}: ${page.url()} as it was: ${path}`)
  }
})

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
  open.add(page)
  page.on('close', () => open.delete(page))
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
async function accessibilityFindings(page: Page): Promise<string[]> {
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

export async function expectAccessible(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor({ state: 'attached' })
  expect(await accessibilityFindings(page)).toEqual([])
}

/** No page scrolls sideways. */
export async function expectFits(page: Page): Promise<void> {
  await stillness(page)
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(beyond).toBeLessThanOrEqual(0)
}
