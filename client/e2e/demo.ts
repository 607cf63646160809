import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { inject } from 'vitest'
import { openBrowser } from './browser.ts'
import { newDirectory, openInstallation } from './installation.ts'
import { openVisitor, type Visitor } from './visitor.ts'

export const PASSWORD = 'youyu-demo-2026'

type Asked = { method?: string; version?: number }

/** The demo county with a browser in front of it. */
export type Demo = {
  url: string
  directory: string
  browser: Browser
  /** What the browsers of all visitors complained about. */
  complaints(): string[]
  /** Somebody who has signed in, at a browser of her own and on no page yet. */
  visitorAs(username: string, options?: BrowserContextOptions): Promise<Visitor>
  /** Asks the API beside the browser; with a body it posts. */
  ask<Answer>(username: string, path: string, body?: object, asked?: Asked): Promise<Answer>
  /** The same, refusals included. */
  respond(username: string, path: string, body?: object, asked?: Asked): Promise<Response>
  close(): Promise<void>
}

/** An installation of its own with the demo county, as `npm start` shows it on an empty folder. */
export async function openDemo(): Promise<Demo> {
  const directory = newDirectory()
  execFileSync('cp', ['-a', '--reflink=auto', inject('demoData'), join(directory, 'data')])
  const [installation, browser] = await Promise.all([openInstallation({}, directory), openBrowser()])
  const { url } = installation
  const visitors: Visitor[] = []
  const tokens = new Map<string, string>()

  async function tokenOf(username: string): Promise<string> {
    const known = tokens.get(username)
    if (known !== undefined) return known
    const answer = await fetch(`${url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password: PASSWORD }),
    })
    if (!answer.ok) throw new Error(`${username} could not sign in: ${await answer.text()}`)
    const { accessToken } = (await answer.json()) as { accessToken: string }
    tokens.set(username, accessToken)
    return accessToken
  }

  async function respond(
    username: string,
    path: string,
    body?: object,
    { method = body ? 'POST' : 'GET', version }: Asked = {},
  ): Promise<Response> {
    return await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await tokenOf(username)}`,
        'idempotency-key': crypto.randomUUID(),
        ...(body && { 'content-type': 'application/json' }),
        ...(version !== undefined && { 'if-match': `"${version}"` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
  }

  return {
    url,
    directory,
    browser,
    complaints: () => visitors.flatMap(({ complaints }) => complaints),
    async visitorAs(username, options) {
      const visitor = await openVisitor(browser, url, options)
      visitors.push(visitor)
      await enter(visitor, username)
      return visitor
    },
    async ask<Answer>(username: string, path: string, body?: object, asked?: Asked) {
      const answer = await respond(username, path, body, asked)
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
      return (await answer.json()) as Answer
    },
    respond,
    async close() {
      await browser.close()
      await installation.stop()
    },
  }
}

/** As after a reload: a browser that signed in before. Signing in by hand is a journey of its own. */
async function enter({ page }: Visitor, username: string): Promise<void> {
  await page.goto('/api/v1/sign-in-options')
  const status = await page.evaluate(
    async (body) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch('/api/v1/sessions', { method: 'POST', headers, body })
      localStorage.setItem('youyu.signed-in', '1')
      return answer.status
    },
    JSON.stringify({ username, password: PASSWORD }),
  )
  if (status !== 201) throw new Error(`${username} could not sign in: ${status}`)
}
