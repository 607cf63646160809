import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../e2e/browser.ts'
import { openInstallation } from '../e2e/installation.ts'

const PASSWORD = 'youyu-demo-2026'
const USERNAME = 'demo-county-population'

type Script = { name: string; bytes: number }
type View = { path: string; isSignedIn: boolean; language: 'zh-CN' | 'en' }

/** JavaScript that a page fetches on a cold cache, each file compressed by gzip as a plain proxy would. */
export async function scriptsOf(
  browser: Browser,
  url: string,
  { path, isSignedIn, language }: View,
): Promise<Script[]> {
  const context = await browser.newContext({
    baseURL: url,
    locale: language,
    viewport: { width: 1440, height: 900 },
  })
  await context.addInitScript((chosen) => {
    localStorage.setItem('youyu.appearance', JSON.stringify({ language: chosen }))
  }, language)
  const page = await context.newPage()
  if (isSignedIn) await enter(page)
  const asked = new Set<string>()
  page.on('request', (request) => {
    if (request.resourceType() === 'script') asked.add(request.url())
  })
  const cold = await page.context().newCDPSession(page)
  await cold.send('Network.setCacheDisabled', { cacheDisabled: true })
  await page.goto(path, { waitUntil: 'networkidle' })
  await context.close()
  const scripts = await Promise.all([...asked].map(sizeOf))
  return scripts.sort((one, other) => other.bytes - one.bytes)
}

async function sizeOf(url: string): Promise<Script> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}; are the pages built? npm run build`)
  const body = await answer.arrayBuffer()
  return { name: new URL(url).pathname, bytes: gzipSync(body).length }
}

/** Signed in before, in whichever language: the session is a cookie. */
async function enter(page: Page): Promise<void> {
  await page.goto('/api/v1/sign-in-options')
  await page.evaluate(
    async (body) => {
      const headers = { 'content-type': 'application/json' }
      await fetch('/api/v1/sessions', { method: 'POST', headers, body })
      localStorage.setItem('youyu.signed-in', '1')
    },
    JSON.stringify({ username: USERNAME, password: PASSWORD }),
  )
}

/** Design §6: what each first view may cost, in KB, in either language. */
export const budgets = (['zh-CN', 'en'] as const).flatMap((language) => {
  const suffix = language === 'zh-CN' ? '' : `-${language}`
  return [
    { name: `bytes-sign-in${suffix}`, path: '/sign-in', isSignedIn: false, language, budget: 80 },
    { name: `bytes-home${suffix}`, path: '/', isSignedIn: true, language, budget: 150 },
    { name: `bytes-list${suffix}`, path: '/persons', isSignedIn: true, language, budget: 220 },
  ]
})

type Result = {
  name: string
  ratio: number
  better: 'lower'
  ours: number
  base: number
  n: number
  goal: number
  unit: string
}

export async function client(): Promise<Result[]> {
  const installation = await openInstallation()
  const browser = await openBrowser()
  const results: Result[] = []
  try {
    for (const { name, budget, ...view } of budgets) {
      const scripts = await scriptsOf(browser, installation.url, view)
      const ours = scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1000
      results.push({
        name,
        ratio: ours / budget,
        better: 'lower',
        ours,
        base: budget,
        n: 1,
        goal: 1,
        unit: 'KB',
      })
      for (const script of scripts.slice(0, 5))
        console.log(`  ${(script.bytes / 1000).toFixed(1).padStart(7)} KB  ${script.name}`)
    }
  } finally {
    await browser.close()
    await installation.stop()
  }
  return results
}
